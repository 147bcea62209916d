"""Refusals about donations, pledges, appeals and certificates: HTTP status, Chinese title, English title."""

from __future__ import annotations

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[int, str, str]] = {
    "charity.unknown": (404, "没有该慈善组织", "There is no such charity"),
    "fundraising.days_reversed": (422, "资格的止日早于起日", "The last day lies before the first"),
    "fundraising.not_qualified": (
        409, "该慈善组织在募捐期间没有公开募捐资格", "The charity may not raise funds in public then",
    ),
    "appeal.not_offered": (409, "本县政策未设募捐倡议", "The county's policy has no appeals"),
    "appeal.days_reversed": (422, "募捐的止日早于起日", "The last day of the appeal lies before the first"),
    "appeal.not_on_that_day": (409, "该日不在募捐期间", "The appeal does not run on that day"),
    "village_fund.not_offered": (409, "本县政策未设社区基金", "The county's policy has no village funds"),
    "pot.unknown": (404, "没有该募捐倡议或社区基金", "There is no such appeal or fund of the charity"),
    "pot.closed": (409, "该募捐倡议或基金已停止接收", "The appeal or fund takes nothing more"),
    "pot.of_another_charity": (409, "属于另一慈善组织", "It belongs to another charity"),
    "pot.is_of_one_order": (409, "定向捐赠只用于所定的订单", "What is given for one order is used for it alone"),
    "pot.is_of_no_donor": (409, "只有定向捐赠可由捐赠人另定余款去向", "Only a gift for one order has a donor's wish"),
    "pot.not_covered": (409, "不在该倡议或基金的用途之内", "The appeal or fund is not for that"),
    "pot.too_little": (409, "可用余额不足", "Less than that is left"),
    "support.order_closed": (409, "该爱心订单不再需要资助", "The love order takes no support any more"),
    "support.exceeds_price": (409, "超出该订单尚需的数额", "It is more than the order still needs"),
    "support.other_item": (409, "该订单不需要这种物品", "The order is not about that item"),
    "pledge.unknown": (404, "没有该认捐", "There is no such pledge"),
    "pledge.over": (409, "该认捐已结束", "The pledge is over"),
    "pledge.promised_less": (409, "与认捐的内容或余额不符", "It pledges something else, or less is left of it"),
    "donation.unknown": (404, "没有该捐赠", "There is no such donation"),
    "donation.receiver_unnamed": (422, "须指明捐给谁，且只能一处", "Name one receiver: a pot, an order or a pledge"),
    "donation.in_the_future": (422, "捐赠日期晚于今日", "The day of the donation lies in the future"),
    "donation.anonymity_not_allowed": (409, "本县政策不允许匿名捐赠", "The county's policy has no unnamed donors"),
    "donation.exceeds_the_order": (409, "超出订单所需，须指明余款去向", "It needs less: name where the rest goes"),
    "donation.set_aside_already": (409, "该笔捐赠已安排使用", "The donation is set aside for orders already"),
    "donation.bound_to_an_order": (409, "定向捐赠不能撤销登记", "A donation for one order or a pledge stays"),
    "certificate.days_wrong": (422, "起止日期有误或尚未过完", "The days are reversed or have not passed"),
    "certificate.nothing_to_certify": (409, "该期间没有已验收的志愿服务", "Nothing was verified in that period"),
}  # fmt: skip
