"""What the service does by itself: at once in the same transaction (steps), or when its time comes (dues)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from chassis.service import Due, Recorded, Step, WhenDue
from services.charity.reactions import giving, love_orders, referrals

WHEN_DUE: Mapping[str, WhenDue] = {**love_orders.WHEN_DUE, **giving.WHEN_DUE, **referrals.WHEN_DUE}


def reactions(recorded: Recorded, state: Any) -> Iterable[Due | Step]:
    """What each theme makes of it."""
    yield from love_orders.of_love_orders(recorded, state)
    yield from giving.of_giving(recorded, state)
    yield from referrals.of_referrals(recorded, state)
