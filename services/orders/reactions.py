"""What follows by itself: at once in the same transaction (steps), or when its time comes (dues)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.service import Due, Recorded, Step, WhenDue
from services.orders.domain import beneficiary, month, need, order, plan
from services.orders.domain.days import month_begins, month_of, next_month

OPEN_MONTH = "open_month"
ACCEPT_UNSAMPLED = "accept_unsampled"
SEAL_MONTH = "seal_month"


def reactions(recorded: Recorded, state: Any) -> Iterable[Due | Step]:
    """Needs become plans, plans become orders, what the register learns reaches the plan, seals are tried again."""
    stream, event = recorded.originator_id, recorded.event
    match event:
        case need.Approved() if event.plan_id is not None:
            person = state.registered.person_id
            grant = beneficiary.GrantPlan(plan_id=event.plan_id, need_id=stream, items=event.items, at=event.at)
            return [Step(decider=beneficiary.decider, stream=person, command=grant)]
        case order.Completed() if event.accepts_at is not None:
            return [Due(at=event.accepts_at, reason=ACCEPT_UNSAMPLED, stream=stream, decider=order.CATEGORY)]
        case order.Matched() if state.plan_id is not None and state.kind == "purchase":
            assign = plan.AssignProvider(provider=event.provider, at=event.at)
            return [Step(decider=plan.decider, stream=state.plan_id, command=assign)]
        case month.SealDelayed():
            return [Due(at=event.again_at, reason=SEAL_MONTH, stream=stream, decider=month.CATEGORY)]
        case month.SealBegun():
            counts = [_count(plan_id, event.month, event.at) for plan_id in event.plans]
            return [*counts, Step(decider=month.decider, stream=stream, command=month.FinishSeal(at=event.at))]
    if isinstance(state, beneficiary.Beneficiary):
        return _of_a_person(stream, event, state)
    if isinstance(state, plan.Plan):
        return _of_a_plan(stream, event, state)
    return []


def _of_a_person(stream: UUID, event: beneficiary.Event, state: beneficiary.Beneficiary) -> Iterable[Step]:
    match event:
        case beneficiary.PlanGranted():
            yield Step(decider=plan.decider, stream=event.plan_id, command=_draw(stream, event, state))
        case beneficiary.PlanWidened():
            widen = plan.Widen(need_id=event.need_id, items=event.items, at=event.at)
            yield Step(decider=plan.decider, stream=event.plan_id, command=widen)
        case beneficiary.StatusChanged() | beneficiary.StayNoted() | beneficiary.Died():
            if state.plan_id is not None:
                note = plan.NotePerson(statuses=state.statuses, stays=state.stays, died_on=state.died_on, at=event.at)
                yield Step(decider=plan.decider, stream=state.plan_id, command=note)


def _draw(stream: UUID, event: beneficiary.PlanGranted, state: beneficiary.Beneficiary) -> plan.Draw:
    return plan.Draw(
        plan_id=event.plan_id,
        person=stream,
        need_id=event.need_id,
        items=event.items,
        born=state.person.born,
        statuses=state.statuses,
        stays=state.stays,
        township=state.person.township,
        village=state.person.village,
        at=event.at,
    )


def _of_a_plan(stream: UUID, event: plan.Event, state: plan.Plan) -> Iterable[Due | Step]:
    match event:
        case plan.Started():
            first = month_of(event.from_day)
            if month_begins(first) <= event.at:
                yield Step(decider=plan.decider, stream=stream, command=plan.OpenMonth(month=first, at=event.at))
            else:
                yield _opening(stream, first)
        case plan.MonthOpened():
            yield _opening(stream, next_month(event.month))
            yield from _orders(event, state)
            yield _count(stream, event.month, event.at)
        case plan.ProviderAssigned():
            yield from _recount(stream, state, event.at, since=month_of(event.from_day))
        case plan.PersonNoted():
            if event.died_on is not None:
                yield from _cancel(state, "died", event.at)
            yield from _recount(stream, state, event.at)
        case plan.Stopped():
            ended = beneficiary.EndPlan(plan_id=stream, at=event.at)
            yield Step(decider=beneficiary.decider, stream=state.person, command=ended)
            yield from _cancel(state, event.reason_code, event.at)
            yield from _recount(stream, state, event.at, since=month_of(event.last_day))


def _orders(event: plan.MonthOpened, state: plan.Plan) -> Iterable[Step]:
    for opening in event.orders:
        command = order.Open(
            kind=opening.kind,
            person=state.person,
            plan_id=state.plan_id,
            item=opening.item,
            units=opening.units,
            township=state.township,
            village=state.village,
            window_from=opening.window_from,
            window_to=opening.window_to,
            provider=event.provider if opening.kind == "purchase" else None,
            remark_code="",
            at=event.at,
        )
        yield Step(decider=order.decider, stream=opening.order_id, command=command)


def _cancel(state: plan.Plan, reason_code: str, at: datetime) -> Iterable[Step]:
    """Orders of the last two months that nobody has completed; a visit done before and told later still counts."""
    for _, orders in state.open_orders:
        for order_id in orders:
            cancel = order.Cancel(reason_code=reason_code, at=at)
            yield Step(decider=order.decider, stream=order_id, command=cancel)


def _recount(stream: UUID, state: plan.Plan, at: datetime, since: str = "") -> Iterable[Step]:
    """Count the opened months again, from ``since`` on."""
    for told in sorted({*state.told, state.opened} - {""}):
        if told >= since:
            yield _count(stream, told, at)


def _count(stream: UUID, told: str, at: datetime) -> Step:
    return Step(decider=plan.decider, stream=stream, command=plan.CountMonth(month=told, at=at))


def _opening(stream: UUID, opens: str) -> Due:
    return Due(at=month_begins(opens), reason=OPEN_MONTH, stream=stream, decider=plan.CATEGORY)


def open_month(_stream: UUID, state: plan.Plan, at: datetime) -> plan.OpenMonth | None:
    """The month that is next, once it has begun."""
    opens = state.next_opening
    return plan.OpenMonth(month=opens, at=at) if opens and month_begins(opens) <= at else None


def accept_unsampled(_stream: UUID, _state: order.Order, at: datetime) -> order.AcceptUnsampled:
    """The order knows whether anything stands against it."""
    return order.AcceptUnsampled(at=at)


def seal_month(_stream: UUID, state: month.Month, at: datetime) -> month.Seal:
    """Try again; sealed meanwhile, it is a repetition."""
    return month.Seal(month=state.month, at=at)


WHEN_DUE: Mapping[str, WhenDue] = {
    OPEN_MONTH: open_month,
    ACCEPT_UNSAMPLED: accept_unsampled,
    SEAL_MONTH: seal_month,
}
