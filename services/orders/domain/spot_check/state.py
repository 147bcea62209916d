"""A batch's state.

ListClosed ─ committing ─ CommitmentsClosed ─ revealing ─ Drawn ─▶ inspected visit by visit
                 ▲─ Reopened: nobody committed
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from services.orders.domain.drawing import Closed, Line, Pick, Stratum
from services.orders.domain.spot_check.words import (
    CommitmentsClosed,
    Committed,
    Drawn,
    Event,
    ListClosed,
    Listed,
    Picked,
    Reopened,
    Revealed,
    Stratified,
)

Stage = Literal["committing", "revealing", "drawn"]


@dataclass(frozen=True, kw_only=True)
class Batch:
    """``head`` is what CommitmentsClosed told; ``seed`` is empty until the draw."""

    lines: tuple[Line, ...] = ()
    strata: tuple[Stratum, ...] = ()
    closed: ListClosed | None = None
    commit_until: datetime | None = None
    commitments: dict[str, str] = field(default_factory=dict)
    head: CommitmentsClosed | None = None
    numbers: dict[str, str] = field(default_factory=dict)
    picks: tuple[Pick, ...] = ()
    seed: str = ""
    withheld: tuple[str, ...] = ()

    @property
    def stage(self) -> Stage:
        """Where the batch stands."""
        if self.seed:
            return "drawn"
        return "revealing" if self.head else "committing"

    @property
    def list(self) -> Closed:
        """The closed list, on which the draw rests."""
        told = self.closed
        assert told is not None
        return Closed(
            county=told.county,
            year=told.year,
            number=told.number,
            strata_of=told.strata_of,
            surprise_percent=told.surprise_percent,
            inspectors_per=told.inspectors_per,
            strata=self.strata,
            lines=self.lines,
            inspectors=told.inspectors,
            hands=told.hands,
            parties=told.parties,
        )


def evolve(state: Batch | None, event: Event) -> Batch:
    """The batch after ``event``."""
    batch = state or Batch()
    match event:
        case Listed():
            return replace(batch, lines=(*batch.lines, *event.lines))
        case Stratified():
            return replace(batch, strata=(*batch.strata, *event.strata))
        case ListClosed():
            return replace(batch, closed=event, commit_until=event.commit_until)
        case Committed():
            return replace(batch, commitments={**batch.commitments, event.party: event.commitment})
        case CommitmentsClosed():
            return replace(batch, head=event)
        case Revealed():
            return replace(batch, numbers={**batch.numbers, event.party: event.number})
        case Reopened():
            return replace(batch, commit_until=event.commit_until, commitments={}, head=None)
        case Picked():
            return replace(batch, picks=(*batch.picks, *event.picks))
        case Drawn():
            return replace(batch, seed=event.seed, withheld=event.withheld)
