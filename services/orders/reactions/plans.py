"""What follows from a plan: months open, orders are asked for and cancelled, months are counted again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from chassis.service import Due, Recorded, Step, WhenDue
from services.orders.domain import beneficiary, order, plan
from services.orders.domain.days import month_begins, month_of, next_month

OPEN_MONTH = "open_month"


def of_a_plan(recorded: Recorded, state: plan.Plan) -> Iterable[Due | Step]:
    """What a plan's event causes at once, and when its next month opens."""
    stream, event = recorded.originator_id, recorded.event
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
            yield count(stream, event.month, event.at)
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
            yield count(stream, told, at)


def count(stream: UUID, told: str, at: datetime) -> Step:
    """The step that tells the days of a month of a plan."""
    return Step(decider=plan.decider, stream=stream, command=plan.CountMonth(month=told, at=at))


def _opening(stream: UUID, opens: str) -> Due:
    return Due(at=month_begins(opens), reason=OPEN_MONTH, stream=stream, decider=plan.CATEGORY)


def open_month(_stream: UUID, state: plan.Plan, at: datetime) -> plan.OpenMonth | None:
    """The month that is next, once it has begun."""
    opens = state.next_opening
    return plan.OpenMonth(month=opens, at=at) if opens and month_begins(opens) <= at else None


WHEN_DUE: Mapping[str, WhenDue] = {OPEN_MONTH: open_month}
