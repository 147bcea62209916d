"""Refusals about visits: HTTP status, Chinese title, English title."""

from __future__ import annotations

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[int, str, str]] = {
    "visit.order_unknown": (404, "没有该订单", "There is no such order"),
    "visit.not_your_order": (403, "该订单不属于本机构", "The order is not this provider's"),
    "visit.reported_already": (409, "该订单已有服务记录", "A visit stands for the order already"),
    "visit.another_item": (422, "服务项目与订单不符", "The item is not the one ordered"),
    "visit.more_than_ordered": (422, "数量超过订单", "More units than ordered"),
    "visit.ended_before_it_began": (422, "结束时间早于开始时间", "The visit ended before it began"),
    "visit.in_the_future": (422, "服务时间晚于当前时间", "The visit lies in the future"),
    "visit.longer_than_a_day": (422, "服务时长超过一天", "The visit is longer than a day"),
    "visit.worker_unknown": (422, "服务人员不属于本机构", "The worker is not this provider's"),
    "visit.worker_left": (422, "服务人员已离职", "The worker had left by then"),
}
