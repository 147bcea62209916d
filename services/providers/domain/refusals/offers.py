"""Refusals about matching and offers: HTTP status, Chinese title, English title."""

from __future__ import annotations

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[int, str, str]] = {
    "offer.unknown": (404, "没有该订单的派单", "The order was not offered"),
    "offer.not_yours": (403, "该订单未派给本机构", "The order is offered to somebody else"),
    "offer.expired": (409, "接单时限已过", "The time to answer is over"),
    "offer.closed": (409, "该派单已结束", "The offer is closed"),
}
