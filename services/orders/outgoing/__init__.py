"""What the service tells others: our event to their public event. Ids, codes, days and regions, never personal data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal
from uuid import UUID

from chassis.policies import Adopted
from chassis.service import PublicEvent, Recorded
from contracts import orders as told
from contracts.events import Event
from contracts.facts import SealFact
from services.orders.domain import complaint, month, order, plan, referral, spot_check
from services.orders.domain.days import business_day, month_of
from services.orders.outgoing import checks, judgements, months, opened


def outgoing(recorded: Recorded, state: Any) -> Iterable[PublicEvent]:
    """Policies, orders and their fate, plans' months, notices, seals."""
    stream, event = recorded.originator_id, recorded.event
    match event:
        case spot_check.ListClosed() | spot_check.Reopened() | spot_check.Drawn():
            for told_of in checks.of_a_batch(stream, event, state):
                yield PublicEvent(subject=stream, data=told_of)
        case plan.MonthCounted():
            for bundle in event.bundles:
                if bundle.payee in event.changed:
                    yield PublicEvent(subject=stream, data=months.bundle_month(event, bundle, state))
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
            return checks.inspected(stream, event, state)
        case spot_check.year.Closed():
            return checks.year_closed(event)
        case month.Sealed():
            fact = SealFact(month=event.month)
            return told.MonthSealed(at=event.at, month=event.month, waiting=event.waiting, fact=fact)
        case order.Opened() | order.FellBack() | order.SearchedAgain() | order.WindowChanged():
            return opened.order_opened(stream, event, state)
        case order.LoveFormed() | order.TurnedToLove() | order.ReferredElsewhere():
            return opened.love_order_formed(stream, event, state)
        case order.PurchaseAsked():
            return opened.purchase_considered(stream, event, state)
        case referral.Referred():
            return opened.people_referred(stream, event)
        case order.Matched():
            pieces = event.pieces if event.pieces > 1 else None
            return told.OrderMatched(
                at=event.at, order_id=stream, provider=event.provider, road=event.road, pieces=pieces
            )  # fmt: skip
        case order.Cancelled() if state.kind != "aid":
            return told.OrderCancelled(at=event.at, order_id=stream, reason_code=event.reason_code)
        case order.Undone():
            return judgements.undone(stream, event, state)
        case order.Accepted() if state.kind == "aid":
            return judgements.aid_verified(stream, event, state)
        case order.Accepted() | order.TurnedDown() | order.Returned() if state.kind != "aid":
            return judgements.judged(stream, event, state)
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
