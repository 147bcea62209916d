"""What the verification desk looks at first, and why (J3, J20).

Every completion that waits for a person, for its own acceptance, for its mending or under appeal has reasons of
urgency; the gravest gives its rank. Of one rank what has to be done earliest comes first, so that pages are stable:
what depends on the hour (accepts itself soon, a month that is over) is told beside it and moves no row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from services.orders.domain.order import Order, Visit

Urgency = Literal[
    "emergency", "appeal", "undone", "drawn", "mending_late", "love_order", "red", "mended_again", "aid",
    "accepts_itself", "to_mend",
]  # fmt: skip
RANK: Final[dict[Urgency, int]] = {
    "emergency": 0, "appeal": 1, "undone": 2, "drawn": 3, "mending_late": 4, "love_order": 5, "red": 6,
    "mended_again": 7, "aid": 8, "accepts_itself": 9, "to_mend": 10,
}  # fmt: skip
"""From the most urgent down: nobody else cares for the person; somebody waits for an answer; money is void until it is
judged; an inspector was drawn; and what accepts itself comes last but for what the server has in hand."""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A completion on the desk: its reasons of urgency, the gravest first, and by when it should be dealt with."""

    visit: Visit
    urgencies: tuple[Urgency, ...]
    act_by: datetime

    @property
    def rank(self) -> int:
        """Smaller is more urgent."""
        return RANK[self.urgencies[0]]


def on_the_desk(state: Order) -> tuple[Waiting, ...]:
    """The completions of an order that somebody has to look at, the most urgent first."""
    found = [
        Waiting(visit=visit, urgencies=urgencies, act_by=_act_by(visit, state))
        for visit in state.visits
        if (urgencies := _urgencies(visit, state))
    ]
    return tuple(sorted(found, key=lambda one: (one.rank, one.act_by, str(one.visit.visit_id))))


def _urgencies(visit: Visit, state: Order) -> tuple[Urgency, ...]:
    waits, returned = visit.verdict == "waiting", visit.verdict == "returned"
    holds: dict[Urgency, bool] = {
        "appeal": visit.appeal is not None,
        "undone": waits and visit.undone,
        "drawn": waits and visit.draw is not None,
        "mending_late": visit.mending_late,
        "love_order": waits and state.kind == "love",
        "red": waits and visit.red,
        "mended_again": waits and any(one.verdict == "returned" for one in visit.judgements),
        "aid": waits and state.kind == "aid",
        "accepts_itself": waits and visit.accepts_at is not None,
        "to_mend": returned and not visit.mending_late,
    }
    why = [urgency for urgency, holds_now in holds.items() if holds_now]
    if why and state.emergency and not returned:
        why.insert(0, "emergency")
    return tuple(sorted(why, key=lambda urgency: RANK[urgency]))


def _act_by(visit: Visit, state: Order) -> datetime:
    """When it accepts itself, or its mending is due; else since it was told: who waits longest comes first."""
    if visit.verdict == "returned":
        return visit.mend_by or visit.judgements[-1].at
    if visit.accepts_at is not None:
        return visit.accepts_at
    return visit.judgements[-1].at if visit.judgements else visit.told_at or state.opened_at
