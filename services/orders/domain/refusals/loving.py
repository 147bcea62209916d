"""Refusals about love orders in depth: HTTP status, Chinese title, English title."""

from __future__ import annotations

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[int, str, str]] = {
    "order.need_not_declared": (409, "该需求未经村排查、乡镇申报", "The need was not screened and declared"),
    "order.content_is_the_charitys": (
        409, "本县由慈善组织决定服务内容，请转介名单", "Here charities decide what is given: refer a list",
    ),
    "order.duplicate": (409, "同一时段已有同一服务", "The person has this item in these days already"),
    "order.not_on_the_desk": (409, "该订单不待民政局处理", "The order does not wait for the bureau"),
    "order.not_purchasable": (409, "该项目不能政府购买", "The item cannot be bought"),
    "order.through_the_charity": (
        403, "未成年人的联系方式请向慈善组织了解", "How to reach a minor, the charity of the order says",
    ),
    "referral.unknown": (404, "没有该转介名单", "There is no such referral"),
    "referral.content_is_the_bureaus": (
        409, "本县由民政局决定服务内容，请形成爱心订单", "Here the bureau decides what is given: form love orders",
    ),
    "referral.not_yours": (403, "按本县政策须由其他部门转介", "Another body refers people to charities"),
    "referral.need_not_for_charity": (409, "名单中的需求未批准以慈善方式满足", "A need is not approved for charity"),
    "referral.need_not_declared": (
        409, "名单中的需求未经村排查、乡镇申报", "A need was not screened and declared",
    ),
    "referral.referred_already": (409, "名单中的需求已转介或已有爱心订单", "A need is referred or ordered already"),
    "referral.decide_by_wrong": (422, "决定期限须在今日之后一年内", "The last day lies in the past or too far ahead"),
}  # fmt: skip
