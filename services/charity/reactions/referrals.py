"""What follows from a list of people that was referred."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from chassis.service import Due, Recorded, Step, WhenDue


def of_referrals(_recorded: Recorded, _state: Any) -> Iterable[Due | Step]:
    """Nothing follows yet."""
    return ()


WHEN_DUE: Mapping[str, WhenDue] = {}
