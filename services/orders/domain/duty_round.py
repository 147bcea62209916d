"""The county's round: who falls under a duty and has no stream for it yet, found page by page.

    Gone* : each page of people; after the last one again when the next month begins

What the register tells reaches a duty by itself. The round finds whom it does not tell of: people registered before
the county adopted the duty, and those who grew into the age it begins at.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from chassis.kernel import Decider, topics
from services.orders.domain.days import business_day, month_begins, month_of, next_month
from services.orders.domain.duty.words import Facts

NAMESPACE = UUID("8b0a5f7c-5d19-5c0e-9f43-2a61c8f0d7e2")
PAGE = 200
"""People of one page; each is a step of the same transaction."""
NEXT_PAGE = timedelta(seconds=1)


def stream_of(county: str) -> UUID:
    """The stream of a county's round."""
    return uuid5(NAMESPACE, county)


@dataclass(frozen=True, kw_only=True)
class Go:
    """Look at the next page."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Gone:
    """``found`` may be under a duty; the page ended at file number ``through``, 0 after the last page."""

    found: tuple[Facts, ...]
    through: int
    again_at: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Round:
    """How far the round has come, by file number."""

    through: int = 0


@dataclass(frozen=True, kw_only=True)
class Known:
    """Whether the policy has a duty at all; the page's people; the number it ends at, 0 where it is the last."""

    duty: bool
    found: tuple[Facts, ...] = ()
    through: int = 0


def decide(command: Go, _state: Round | None, known: Known) -> list[Gone]:
    """Without a duty the round rests until another policy is adopted."""
    if not known.duty:
        return []
    month = next_month(month_of(business_day(command.at)))
    again = command.at + NEXT_PAGE if known.through else month_begins(month)
    return [Gone(found=known.found, through=known.through, again_at=again, at=command.at)]


def evolve(_state: Round | None, event: Gone) -> Round:
    """The round after a page."""
    return Round(through=event.through)


CATEGORY = "orders.duty_round"
decider: Decider[Go, Round | None, Gone, Known] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, Gone)
)
