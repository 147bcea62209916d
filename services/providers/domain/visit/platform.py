"""What was the platform's fault: a report that could not arrive, a code that could not be asked for, a village without
a signal. Such an exception is grey: acknowledged by itself, and always in the sample (mission, step 7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Down = Literal["reporting", "codes", "all"]
"""What did not work: taking reports, one-time codes, or everything."""


@dataclass(frozen=True, kw_only=True)
class Outage:
    """From when to when it was down."""

    down: Down
    from_at: datetime
    to_at: datetime


@dataclass(frozen=True, kw_only=True)
class Told:
    """When a visit was, when it was told, and how much later it may be told."""

    started_at: datetime
    ended_at: datetime
    told_at: datetime
    within: timedelta


def excused(told: Told, outages: Iterable[Outage], *, weak_signal: bool) -> frozenset[str]:
    """The codes that stand against the platform. A report is late by itself only for the time in which it could have
    been told; a code is excused by an outage during any part of the visit."""
    known = tuple(outages)
    lost = _covered(told.ended_at, told.told_at, (one for one in known if one.down in ("reporting", "all")))
    asking = _covered(told.started_at, told.ended_at, (one for one in known if one.down in ("codes", "all")))
    codes = {
        "reported_late": bool(lost) and told.told_at - told.ended_at - lost <= told.within,
        "code_missing": bool(asking),
        "place_missing": weak_signal,
    }
    return frozenset(code for code, holds in codes.items() if holds)


def _covered(first: datetime, last: datetime, outages: Iterable[Outage]) -> timedelta:
    """How much of the time from ``first`` to ``last`` was down; what overlaps counts once."""
    covered, until = timedelta(), first
    for one in sorted(outages, key=lambda one: one.from_at):
        begins, ends = max(one.from_at, until), min(one.to_at, last)
        if ends > begins:
            covered, until = covered + (ends - begins), ends
    return covered
