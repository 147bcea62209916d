"""A completion of an order as it stands: what was told of it, what was noticed, and how it was judged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from services.orders.domain.cause import Cause
from services.orders.domain.order.attended import Report
from services.orders.domain.order.doubted import Cleared, Colours, Doubted, grey
from services.orders.domain.order.judged import Accepted, Returned, TurnedDown
from services.orders.domain.order.undone import Undone
from services.orders.domain.order.words import Completed

Verdict = Literal["waiting", "accepted", "turned_down", "returned"]


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What was judged of a completion, or taken back: ``by`` is empty where it was accepted by itself."""

    verdict: Literal["accepted", "turned_down", "returned", "undone"]
    reason_code: str
    by: str
    at: datetime
    cause: Cause | None = None


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A completion: by whom, of what, when, and what became of it; ``judged_by`` is empty where nobody judged.

    ``judgements`` are all that were made of it, those before it was mended too. ``mend_by`` is when a mending is due,
    ``appeal`` the one that is open against its rejection.
    ``exceptions`` are those that stand, with ``colours`` where they were told. Once ``grey`` it is always drawn.
    ``pieces`` of a love order at ``price_fen`` each; ``love``: done while it was one, whatever it is now. ``over``: it
    was turned down, and the order went on without it.
    """

    visit_id: UUID
    provider: UUID
    units: int
    day: date
    time: str
    red: bool
    reported_by: str
    accepts_at: datetime | None
    verdict: Verdict = "waiting"
    draw: UUID | None = None
    inspected: bool = False
    judged_by: str = ""
    judgements: tuple[Judgement, ...] = ()
    exceptions: tuple[str, ...] = ()
    colours: Colours = ()
    grey: bool = False
    told_at: datetime | None = None
    report: Report | None = None
    mend_by: datetime | None = None
    mending_late: bool = False
    appeal: UUID | None = None
    pieces: int = 1
    love: bool = False
    price_fen: int = 0
    rule: str = ""
    over: bool = False

    @property
    def undone(self) -> bool:
        """Whether a judgement on it was ever taken back: then a person judges it, always."""
        return any(one.verdict == "undone" for one in self.judgements)

    @property
    def cause(self) -> Cause | None:
        """The cause of the last judgement that was taken back."""
        return next((one.cause for one in reversed(self.judgements) if one.verdict == "undone"), None)


def completed(event: Completed, before: Visit | None, *, love: bool, price_fen: int, rule: str) -> Visit:
    """As it was told; done again (``before``) it keeps what was judged and drawn of it, and the terms of its turn.

    ``price_fen`` and ``rule`` are what was agreed; where the company's offer asked less, it is paid as it asked.
    """
    if before is not None:
        love, price_fen, rule = before.love, before.price_fen, before.rule
    elif event.low_price is not None:
        price_fen, rule = event.low_price.price_fen, event.low_price.rule or rule
    return Visit(
        visit_id=event.visit_id,
        provider=event.provider,
        units=event.units,
        day=event.day,
        time=event.time,
        red=event.red,
        reported_by=event.reported_by,
        accepts_at=event.accepts_at,
        draw=before.draw if before else None,
        inspected=before is not None and before.inspected,
        judgements=before.judgements if before else (),
        told_at=event.at,
        report=event.report,
        exceptions=event.exceptions,
        colours=event.colours,
        grey=event.grey,
        pieces=event.pieces,
        love=love,
        price_fen=price_fen,
        rule=rule,
    )


def noticed(visit: Visit, event: Doubted | Cleared) -> Visit:
    """What stands now; what was once the platform's fault stays in the sample."""
    return replace(
        visit,
        red=event.red if isinstance(event, Cleared) else True,
        accepts_at=event.accepts_at if isinstance(event, Cleared) else None,
        exceptions=event.exceptions,
        colours=event.colours,
        grey=visit.grey or grey(event.colours),
    )


def judged(visit: Visit, event: Accepted | TurnedDown | Returned) -> Visit:
    """With the verdict, and the day by which what was returned is to be mended."""
    verdict: Literal["accepted", "turned_down", "returned"]
    match event:
        case Accepted():
            verdict, reason_code, mend_by = "accepted", "", None
        case TurnedDown():
            verdict, reason_code, mend_by = "turned_down", event.reason_code, None
        case Returned():
            verdict, reason_code, mend_by = "returned", event.reason_code, event.mend_by
    one = Judgement(verdict=verdict, reason_code=reason_code, by=event.by, at=event.at)
    return replace(
        visit,
        verdict=verdict,
        judged_by=event.by,
        judgements=(*visit.judgements, one),
        mend_by=mend_by,
        mending_late=False,
    )


def undone(visit: Visit, event: Undone) -> Visit:
    """It waits again, for a person."""
    one = Judgement(verdict="undone", reason_code=event.reason_code, by=event.by, at=event.at, cause=event.cause)
    return replace(visit, verdict="waiting", judged_by="", accepts_at=None, judgements=(*visit.judgements, one))
