"""Refusals about charities, claimants, love orders and claims: HTTP status, Chinese title, English title."""

from __future__ import annotations

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[int, str, str]] = {
    "policy.none_in_force": (409, "当日没有生效的政策包", "No policy is in force on that day"),
    "policy.version_is_taken": (409, "该版本号已被另一政策包使用", "The version belongs to another pack"),
    "charity.credit_code_wrong": (422, "统一社会信用代码有误", "The unified social credit code is wrong"),
    "charity.registered_already": (409, "该信用代码已登记", "The credit code is registered already"),
    "claimant.unknown": (404, "请先登记为爱心人士或爱心企业", "There is no such claimant"),
    "claimant.registered_already": (409, "已登记", "The claimant is registered already"),
    "love_order.unknown": (404, "没有该爱心订单", "There is no such love order"),
    "love_order.closed": (409, "该爱心订单已结束", "The love order is over"),
    "claim.not_published": (409, "该爱心订单尚未发布", "The love order is not published"),
    "claim.quota_reached": (409, "同时认领的订单已达上限", "The claimant has as many open claims as allowed"),
    "claim.no_place_left": (409, "名额不足，可申请候补", "Not so many pieces are left; one may wait"),
    "claim.expired": (409, "认领期限已过", "The time to claim is over"),
    "claim.once_only": (409, "同一订单只能认领一次", "A claimant claims an order once"),
    "claim.unknown": (404, "没有该认领", "There is no such claim"),
    "claim.waiting": (409, "仍在候补中", "The claim waits for a place"),
    "claim.over": (409, "该认领已结束", "The claim is over"),
    "claim.hold_lapsed": (409, "保留期限已过", "The hold has run out"),
    "claim.fulfilled_already": (409, "该认领已完成", "The claim is fulfilled"),
    "fulfilment.claim_unnamed": (422, "须指明认领编号", "Name the claim that was fulfilled"),
    "fulfilment.in_the_future": (422, "完成时间晚于当前时间", "The fulfilment lies in the future"),
    "fulfilment.before_the_claim": (422, "完成日期早于认领日期", "The fulfilment lies before the claim"),
}
