"""Refusals about matching and offers: HTTP status, Chinese title, English title."""

from __future__ import annotations

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[int, str, str]] = {
    "offer.unknown": (404, "没有该订单的派单", "The order was not offered"),
    "offer.not_yours": (403, "该订单未派给本机构", "The order is offered to somebody else"),
    "offer.expired": (409, "接单时限已过", "The time to answer is over"),
    "offer.closed": (409, "该派单已结束", "The offer is closed"),
    "offer.worker_unknown": (422, "服务人员不属于本机构", "The worker is not this provider's"),
    "offer.worker_left": (422, "服务人员届时已离职", "The worker has left by then"),
    "offer.worker_full": (409, "该服务人员当月接单已满", "The worker's month is full"),
    "matching.nothing_waits": (409, "没有等待统筹的订单", "No order waits to be decided"),
    "matching.proposal_wrong": (409, "统筹方案未通过核验", "The proposal does not hold against the conditions"),
    "travel.same_place": (422, "起点与终点相同", "A way leads from a place to itself"),
    "travel.told_twice": (422, "同一路程重复填报", "A way is named twice in one request"),
}
