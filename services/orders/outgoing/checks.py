"""How spot checks are told: never more than digests, counts and codes."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from contracts import orders as told
from contracts.events import Event
from services.orders.domain import spot_check


def of_a_batch(
    stream: UUID, event: spot_check.ListClosed | spot_check.Reopened | spot_check.Drawn, state: spot_check.Batch
) -> Iterable[Event]:
    """The digest before any number; then whom a number is asked of, again where nobody committed; then the draw."""
    closed = state.closed
    assert closed is not None
    match event:
        case spot_check.Drawn():
            assert state.head is not None
            yield told.SpotCheckDrawn(
                at=event.at,
                batch_id=stream,
                year=closed.year,
                number=closed.number,
                digest=closed.digest,
                head_position=state.head.head_position,
                head_hash=state.head.head_hash,
                seed=event.seed,
                drawn=event.picks,
                withheld=event.withheld,
            )
            return
        case spot_check.ListClosed():
            yield told.SpotCheckListed(
                at=event.at,
                batch_id=stream,
                year=closed.year,
                number=closed.number,
                digest=closed.digest,
                visits=closed.visits,
                strata=len(state.strata),
                commit_until=event.commit_until,
            )
    for party in closed.parties:
        if party != spot_check.BUREAU:
            yield told.SpotCheckNumberAsked(
                at=event.at, batch_id=stream, provider=UUID(party), commit_until=event.commit_until
            )


def inspected(
    stream: UUID, event: spot_check.inspection.Resulted, state: spot_check.inspection.State
) -> told.VisitInspected:
    return told.VisitInspected(
        at=event.at,
        order_id=state.facts.order,
        visit_id=stream,
        provider=state.facts.provider,
        township=state.facts.township,
        result=event.result,
        finding_codes=event.finding_codes,
        draw_id=state.batch,
    )


def year_closed(event: spot_check.year.Closed) -> told.SpotCheckYearClosed:
    return told.SpotCheckYearClosed(
        at=event.at,
        year=event.year,
        percent=event.percent,
        visits=event.population,
        drawn=event.picks,
        checked=event.checked,
        rejected=event.rejected,
        extra=event.extra,
    )
