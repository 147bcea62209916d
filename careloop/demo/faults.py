"""What goes wrong at the door, or is told late: to people with that part, item by item; to all others now and then."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Literal

Fault = Literal[
    "none", "too_short", "no_photo", "photo_reused", "missed", "code_wrong", "code_missing", "filed_late", "offline",
    "paper", "far_away", "no_place", "too_long", "place_doubtful", "photo_old", "outage", "no_line", "photo_alike",
    "gap",
]  # fmt: skip

BAD: Mapping[tuple[str, int], Fault] = {
    ("home_cleaning", 0): "too_short",
    ("home_cleaning", 1): "no_photo",
    ("home_cleaning", 2): "far_away",
    ("home_cleaning", 3): "no_place",
    ("errands", 0): "photo_reused",
    ("errands", 1): "missed",
    ("errands", 2): "photo_old",
    ("errands", 3): "outage",
    ("meal_help", 1): "code_wrong",
    ("meal_help", 2): "code_missing",
    ("daily_nursing", 0): "filed_late",
    ("daily_nursing", 1): "offline",
    ("daily_nursing", 2): "too_long",
    ("daily_nursing", 3): "place_doubtful",
    ("health_monitoring", 0): "paper",
    ("health_monitoring", 1): "no_line",
    ("rehabilitation", 0): "photo_alike",
    ("rehabilitation", 1): "photo_alike",
    ("rehabilitation", 2): "gap",
}
"""For the badly served: which of the month's orders of an item, counted by its first day, goes wrong in which way."""
REUSED_FROM = ("meal_help", 0)
"""Whose photo is told a second time."""
RETURNED = ("bathing_help", 0)
"""Which one the verifier sends back, to be mended."""
TOLD_AFTER: Mapping[Fault, timedelta] = {
    "offline": timedelta(hours=30), "outage": timedelta(hours=30), "gap": timedelta(hours=30),
    "filed_late": timedelta(days=9),
}  # fmt: skip
"""How long after its end a report comes; all others come on the same evening. The pack takes reports for seven days."""
UNSEEN: tuple[Fault, ...] = ("missed", "offline", "outage", "gap", "no_line")
"""Nobody tells the beginning of these."""
KEEP_THEIR_DAY: tuple[Fault, ...] = ("missed", "filed_late")
"""These keep their day, though it is past: a run that goes on tells them as the first would have."""
UNPLANNED: tuple[Fault, ...] = ("paper", "no_line", "filed_late")
"""Nobody enters an appointment for these."""
PERCENT: Mapping[Fault, range] = {"paper": range(5), "offline": range(5, 8), "too_short": range(8, 10)}
SHORT, LONG = timedelta(minutes=8), timedelta(hours=5)


def now_and_then(order_id: str) -> Fault:
    """What goes wrong with an order of somebody without that part; nothing with nine of ten."""
    percent = int.from_bytes(hashlib.sha256(f"fault {order_id}".encode()).digest()[:4], "big") % 100
    return next((fault for fault, share in PERCENT.items() if percent in share), "none")


def places(orders: list[dict[str, Any]]) -> dict[str, tuple[str, int]]:
    """The item of each order of one person and month, and which of its orders it is."""
    found: dict[str, tuple[str, int]] = {}
    counted: dict[str, int] = {}
    for order in sorted(orders, key=lambda order: (order["window_from"], order["id"])):
        number = counted.get(order["item"], 0)
        found[order["id"]] = (order["item"], number)
        counted[order["item"]] = number + 1
    return found
