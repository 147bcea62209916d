"""Refusals about orders, love orders and the month's seal: HTTP status, Chinese title, English title."""

from __future__ import annotations

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[int, str, str]] = {
    "order.unknown": (404, "没有该订单", "There is no such order"),
    "order.person_unknown": (404, "该救助对象未登记", "The person is not registered"),
    "order.region_wrong": (422, "村、乡镇、县代码不一致", "Village, township and county do not fit"),
    "order.window_wrong": (422, "服务时段不正确", "The window is wrong or over"),
    "order.need_not_approved": (409, "该项目没有已批准的需求", "No approved need of the person holds this item"),
    "order.need_not_posted": (
        409,
        "该需求尚未公示",
        "The notice about that need does not hang yet",
    ),
    "order.emergency_needs_urgent_need": (409, "应急照护须有紧急需求", "Emergency care needs an urgent need"),
    "order.emergency_too_long": (422, "超出应急照护期限", "Emergency care would last too long"),
    "order.verifier_handled_the_need": (403, "经办该需求者不得验收", "Who handled a need of the person may not verify"),
    "order.not_recorded_here": (409, "该订单由机构上报", "This order is reported by who serves it"),
    "order.recorded_in_the_future": (422, "服务日期在未来", "The help was given in the future"),
    "order.already_done": (409, "该订单已办结", "The order is done or over"),
    "order.somebody_was_found": (409, "该订单不在无人承接状态", "The order is not without a provider"),
    "order.not_this_way": (409, "本县政策不允许此办法", "The policy does not allow this way"),
    "order.taken_already": (409, "订单已被承接，请先撤销", "Somebody has taken the order: call it off instead"),
    "order.love_order_exists": (409, "该需求项目已有爱心订单", "This need and item have a love order already"),
    "order.not_yours_to_form": (403, "按本县政策须由其他部门形成爱心订单", "Another body forms love orders"),
    "order.need_not_for_charity": (409, "该需求未批准以慈善方式满足", "The need is not approved for charity"),
    "order.not_in_the_need": (422, "超出已批准的需求内容", "The need was not approved with this"),
    "order.price_not_approved": (422, "价格或规则超出批准范围", "The price or rule is not what was approved"),
    "order.expires_in_the_past": (422, "截止时间已过", "The love order would expire in the past"),
    "order.not_yours_to_verify": (403, "按本县政策须由其他部门验收", "The policy gives verification to another body"),
    "order.nothing_to_verify": (409, "没有待验收的服务", "Nothing waits for verification"),
    "order.already_verified": (409, "该服务已验收", "It was verified already, with another result"),
    "order.verifier_reported_it": (403, "验收人不得是上报人", "Who reported it may not verify it"),
    "order.verification_needs_a_reason": (422, "拒绝或退回须说明原因", "A rejection or return needs a reason code"),
    "month.seal_not_begun": (409, "该月尚未开始封账", "The seal of the month has not begun"),
}
