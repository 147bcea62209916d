"""What the service tells others: our event to their public event. Ids, codes, days and regions, never personal data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal
from uuid import UUID

from chassis.policies import Adopted
from chassis.service import PublicEvent, Recorded
from contracts import orders as told
from contracts.events import Event
from contracts.facts import (
    AgreedFact,
    BundleDays,
    BundleMonthFact,
    GoodsFact,
    NeighbourServiceFact,
    SealFact,
    ServiceFact,
    VoidFact,
)
from services.orders.domain import complaint, counting, month, order, plan, referral, spot_check
from services.orders.domain.days import business_day, month_of
from services.orders.domain.segments import Segment


def outgoing(recorded: Recorded, state: Any) -> Iterable[PublicEvent]:
    """Policies, orders and their fate, plans' months, notices, seals."""
    stream, event = recorded.originator_id, recorded.event
    match event:
        case spot_check.ListClosed() | spot_check.Reopened() | spot_check.Drawn():
            for told_of in _of_a_batch(stream, event, state):
                yield PublicEvent(subject=stream, data=told_of)
        case plan.MonthCounted():
            for bundle in event.bundles:
                if bundle.payee in event.changed:
                    yield PublicEvent(subject=stream, data=_bundle_month(event, bundle, state))
        case _:
            for data in (_withdrawn(stream, event), _one(stream, event, state)):
                if data is not None:
                    yield PublicEvent(subject=stream, data=data)


def _withdrawn(stream: UUID, event: Any) -> Event | None:
    """Who was asked for the old days stands down, before the order is told with its new ones."""
    if not isinstance(event, order.WindowChanged):
        return None
    return told.OrderCancelled(at=event.at, order_id=stream, reason_code=event.reason_code)


def _one(stream: UUID, event: Any, state: Any) -> Event | None:
    """The public event of events that have at most one."""
    match event:
        case Adopted():
            return told.PolicyAdopted(at=event.at, version=event.version, sha256=event.sha256, document=event.document)
        case plan.Drawn() | plan.Widened() if event.urgent:
            return told.ReviewPending(
                at=event.at, person=state.person, plan_id=stream, need_id=event.need_id, village=state.village
            )
        case plan.NoticePosted():
            return told.NoticePosted(
                at=event.at,
                person=state.person,
                plan_id=stream,
                village=state.village,
                posted_on=event.posted_on,
                reviewed_by_role=event.role,
            )
        case complaint.Answered(outcome="upheld" | "partly_upheld" as outcome):
            return _complaint_upheld(stream, event, outcome, state)
        case spot_check.inspection.Resulted():
            return _inspected(stream, event, state)
        case spot_check.year.Closed():
            return _year_closed(event)
        case month.Sealed():
            fact = SealFact(month=event.month)
            return told.MonthSealed(at=event.at, month=event.month, waiting=event.waiting, fact=fact)
        case order.Opened() | order.FellBack() | order.SearchedAgain() | order.WindowChanged():
            return _order_opened(stream, event, state)
        case order.LoveFormed() | order.TurnedToLove() | order.ReferredElsewhere():
            return _love_order_formed(stream, event, state)
        case order.PurchaseAsked():
            return _purchase_considered(stream, event, state)
        case referral.Referred():
            return _people_referred(stream, event)
        case order.Matched():
            pieces = event.pieces if event.pieces > 1 else None
            return told.OrderMatched(
                at=event.at, order_id=stream, provider=event.provider, road=event.road, pieces=pieces
            )  # fmt: skip
        case order.Cancelled() if state.kind != "aid":
            return told.OrderCancelled(at=event.at, order_id=stream, reason_code=event.reason_code)
        case order.Undone():
            return _undone(stream, event, state)
        case order.Accepted() if state.kind == "aid":
            return _aid_verified(stream, event, state)
        case order.Accepted() | order.TurnedDown() | order.Returned() if state.kind != "aid":
            return _judged(stream, event, state)
    return None


def _complaint_upheld(
    stream: UUID, event: complaint.Answered, outcome: Literal["upheld", "partly_upheld"], state: complaint.Complaint
) -> Event | None:
    """Only where a provider was complained of; who complained and of what is told to nobody."""
    about = state.received.about
    if about.whom not in ("provider", "worker") or about.owner is None:
        return None
    received = month_of(business_day(state.received.at))
    return told.ComplaintUpheld(at=event.at, ticket_id=stream, provider=about.owner, month=received, outcome=outcome)


def _order_opened(
    stream: UUID, event: order.Opened | order.FellBack | order.SearchedAgain | order.WindowChanged, state: order.Order
) -> told.OrderOpened | None:
    """Nobody searches for who helps without a tariff: the plan names them."""
    if state.kind == "aid":
        return None
    return told.OrderOpened(
        at=event.at,
        order_id=stream,
        kind=state.kind,
        person=state.person,
        plan_id=state.plan_id,
        item=state.item,
        units=state.units,
        township=state.township,
        village=state.village,
        window_from=state.window_from,
        window_to=state.window_to,
        provider=state.provider,
        policy=state.policy,
    )


def _love_order_formed(
    stream: UUID, event: order.LoveFormed | order.TurnedToLove | order.ReferredElsewhere, state: order.Order
) -> told.LoveOrderFormed:
    """Referred again it is about what is left."""
    who: Any = {"form": state.form or None, "claimants": state.claimants or None}
    return told.LoveOrderFormed(
        at=event.at,
        order_id=stream,
        item=state.item,
        units=state.units,
        township=state.township,
        village=state.village,
        charity_id=event.charity_id,
        places=event.places if isinstance(event, order.ReferredElsewhere) else state.places,
        expires_at=event.expires_at,
        price_fen=state.price_fen,
        policy=state.policy,
        min_age=state.min_age,
        skills=state.skills or None,
        referral_id=state.referral_id,
        **who,
    )


def _purchase_considered(stream: UUID, event: order.PurchaseAsked, state: order.Order) -> told.PurchaseConsidered:
    return told.PurchaseConsidered(
        at=event.at,
        order_id=stream,
        item=state.item,
        units=event.units,
        day=event.day,
        township=state.township,
        policy=event.policy,
        agreed_fen=event.agreed_fen or None,
        rule=event.rule or None,
    )


def _people_referred(stream: UUID, event: referral.Referred) -> told.PeopleReferred:
    people = tuple(
        told.ReferredPerson(
            need_id=one.need_id,
            person=one.person,
            township=one.township,
            village=one.village,
            items=tuple(item for item, _ in one.items),
            units=dict(one.items),
        )
        for one in event.people
    )
    return told.PeopleReferred(
        at=event.at,
        referral_id=stream,
        charity_id=event.charity_id,
        decide_by=event.decide_by,
        people=people,
        policy=event.policy,
    )


def _aid_verified(stream: UUID, event: order.Accepted, state: order.Order) -> told.AidVerified:
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


def _judged(stream: UUID, event: order.Accepted | order.TurnedDown | order.Returned, state: order.Order) -> Event:
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


def _undone(stream: UUID, event: order.Undone, state: order.Order) -> told.VerificationUndone:
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


def _bundle_month(event: plan.MonthCounted, bundle: counting.Bundle, state: plan.Plan) -> told.BundleMonth:
    fact = BundleMonthFact(
        month=event.month,
        payee=str(bundle.payee),
        purchaser=event.purchaser,
        township=bundle.township or state.homes[0].township,
        person=str(state.person),
        days=tuple(_days(segment) for segment in bundle.days),
        required=dict(bundle.required) or None,
    )
    return told.BundleMonth(at=event.at, plan_id=state.plan_id, fact=fact)


def _days(segment: Segment) -> BundleDays:
    return BundleDays(
        from_day=segment.first,
        to_day=segment.last,
        tier=segment.tier,
        categories=segment.categories,
        age=segment.age,
        assigned=segment.assigned,
        hospital=True if segment.hospital else None,
    )


def _of_a_batch(
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


def _inspected(
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


def _year_closed(event: spot_check.year.Closed) -> told.SpotCheckYearClosed:
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
