"""``[orders.ledgers]``: within how many days each step is done, and which programmes exclude each other.

A pack without the section leaves it to the defaults here; all days are calendar days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class LedgerRules:
    """``exclusive``: of each set of programmes a person has at most one at a time.

    Paper 004, part 2 (4) item 1: time nodes for entry, review and update; how long each takes the county says.
    """

    follow_up_days: int = 30
    decide_days: int = 30
    notice_days: int = 10
    start_days: int = 30
    serve_days: int = 0
    exclusive: tuple[frozenset[str], ...] = ()


def read_ledgers(entry: Mapping[str, Any] | None) -> LedgerRules:
    """The section, or the defaults."""
    if entry is None:
        return LedgerRules()
    return LedgerRules(
        follow_up_days=entry["follow_up_days"],
        decide_days=entry["decide_days"],
        notice_days=entry["notice_days"],
        start_days=entry["start_days"],
        serve_days=entry.get("serve_days", 0),
        exclusive=tuple(frozenset(together) for together in entry.get("exclusive", ())),
    )
