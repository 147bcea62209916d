"""How judgements on completions are told, with the settlement fact that rests on them."""

from __future__ import annotations

from uuid import UUID

from contracts import orders as told
from contracts.events import Event
from contracts.facts import AgreedFact, GoodsFact, NeighbourServiceFact, ServiceFact, VoidFact
from services.orders.domain import order


def aid_verified(stream: UUID, event: order.Accepted, state: order.Order) -> told.AidVerified:
    """Neighbours are paid a subsidy by number of services, yearly (paper 001, part (4) item 6); nobody else is."""
    visit = state.visit(event.visit_id)
    assert visit is not None
    fact = None
    if state.mode == "neighbour_mutual_aid":
        fact = NeighbourServiceFact(
            day=visit.day,
            payee=str(visit.provider),
            purchaser=state.purchaser,
            township=state.township,
            units=visit.units,
            cause=visit.cause,
        )
    return told.AidVerified(
        at=event.at,
        order_id=stream,
        visit_id=visit.visit_id,
        person=state.person,
        mode=state.mode,
        helper=visit.provider,
        item=state.item,
        units=visit.units,
        township=state.township,
        day=visit.day,
        fact=fact,
    )


def judged(stream: UUID, event: order.Accepted | order.TurnedDown | order.Returned, state: order.Order) -> Event:
    visit = state.visit(event.visit_id)
    assert visit is not None
    match event:
        case order.Accepted():
            return told.OrderVerified(
                at=event.at,
                order_id=stream,
                visit_id=visit.visit_id,
                provider=visit.provider,
                person=state.person,
                how=event.how,
                fact=_fact(state, visit),
            )
        case order.TurnedDown():
            kind: type[told.OrderTurnedDown] | type[told.OrderReturned] = told.OrderTurnedDown
        case order.Returned():
            kind = told.OrderReturned
    return kind(
        at=event.at,
        order_id=stream,
        visit_id=visit.visit_id,
        provider=visit.provider,
        reason_code=event.reason_code,
    )


def undone(stream: UUID, event: order.Undone, state: order.Order) -> told.VerificationUndone:
    """What the acceptance told is void, with the cause that a correction of a closed month names (S11)."""
    visit = state.visit(event.visit_id)
    assert visit is not None
    return told.VerificationUndone(
        at=event.at,
        order_id=stream,
        visit_id=visit.visit_id,
        provider=visit.provider,
        was="accepted" if event.was == "accepted" else "rejected",
        cause=event.cause,
        reason_code=event.reason_code,
        fact=VoidFact(month=event.month, fact=event.fact, cause=event.cause) if event.fact else None,
    )


def _fact(state: order.Order, visit: order.Visit) -> told.VerifiedFact | None:
    """A gift makes no fact; a love order with a price is paid as agreed, to the claimant (S6's ``agreed``).

    Accepted after a judgement was taken back, it carries the cause of that.
    """
    if visit.love or visit.rule:
        if not visit.price_fen:
            return None
        return AgreedFact(
            day=visit.day,
            payee=str(visit.provider),
            purchaser=state.purchaser,
            township=state.township,
            person=str(state.person),
            rule=visit.rule,
            amount_fen=visit.price_fen * visit.pieces,
            cause=visit.cause,
        )
    kind: type[GoodsFact] | type[ServiceFact] = GoodsFact if state.kind == "goods" else ServiceFact
    return kind(
        day=visit.day,
        time=visit.time,
        payee=str(visit.provider),
        purchaser=state.purchaser,
        township=state.township,
        person=str(state.person),
        item=state.item,
        units=visit.units,
        cause=visit.cause,
    )
