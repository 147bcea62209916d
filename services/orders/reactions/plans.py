"""What follows from a plan: months open, orders are asked for and taken back, months are counted again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from chassis.service import Due, Recorded, Step, WhenDue
from services.orders.domain import beneficiary, order, plan
from services.orders.domain.days import ONE_DAY, begins, business_day, month_begins, month_of, next_month
from services.orders.domain.opening import Opening

OPEN_MONTH, FLAG_STALE, FINISH = "open_month", "flag_stale", "finish_plan"


def of_a_plan(recorded: Recorded, state: plan.Plan) -> Iterable[Due | Step]:
    """What a plan's event causes at once, when its next month opens, when somebody must have looked, when it ends."""
    stream, event = recorded.originator_id, recorded.event
    match event:
        case plan.Started():
            yield from _started(stream, event)
        case plan.Refreshed():
            yield _after(stream, event.due, FLAG_STALE)
        case plan.MonthOpened():
            yield _opening(stream, next_month(event.month))
            yield from _orders(event.orders, event.provider, state, event.at)
            yield count(stream, event.month, event.at)
        case plan.MonthChanged():
            yield from (_cancelled(order_id, event.reason_code, event.at) for order_id in event.taken_back)
            yield from _orders(event.opened, event.provider, state, event.at)
        case plan.ProviderAssigned() | plan.ProviderLost():
            yield from _recount(stream, state, event.at, since=month_of(event.from_day))
        case plan.PersonNoted():
            if event.died_on is not None:
                yield from _cancel(state, "died", event.at)
                yield _adjust(stream, "died", event.at)
            yield from _recount(stream, state, event.at)
        case plan.Stopped() | plan.PhasedOut():
            yield from _ending(stream, event, state)
        case plan.Finished():
            yield from _cancel(state, "plan_ended", event.at)
        case _:
            yield from _changed(stream, event, state)


def _started(stream: UUID, event: plan.Started) -> Iterable[Due | Step]:
    first = month_of(event.from_day)
    if month_begins(first) <= event.at:
        yield Step(decider=plan.decider, stream=stream, command=plan.OpenMonth(month=first, at=event.at))
    else:
        yield _opening(stream, first)
    if event.refresh_due is not None:
        yield _after(stream, event.refresh_due, FLAG_STALE)


def _changed(stream: UUID, event: plan.Event, state: plan.Plan) -> Iterable[Step]:
    """What changes which days ask for which orders: the orders follow, then the months are counted again."""
    match event:
        case plan.Changed():
            reason, since = event.reason_code, month_of(event.from_day)
        case plan.Suspended():
            reason, since = event.reason, month_of(event.from_day)
        case plan.Resumed():
            reason, since = "resumed", month_of(event.from_day)
        case plan.ProviderEnded():
            reason, since = event.reason_code, month_of(event.from_day)
        case plan.HomesNoted():
            reason, since = "moved", ""
        case plan.Arranged() | plan.ServicePlanAgreed():
            reason, since = "arranged", month_of(event.from_day)
        case plan.InstitutionDeclined() | plan.ReferredToHospital():
            reason, since = "institution_declined", month_of(business_day(event.at))
        case plan.NoticePosted():
            reason, since = "notice_posted", month_of(business_day(event.at))
        case plan.Widened() if event.urgent:
            reason, since = "urgent", month_of(business_day(event.at))
        case _:
            return
    yield _adjust(stream, reason, event.at)
    yield from _recount(stream, state, event.at, since=since)


def _ending(stream: UUID, event: plan.Stopped | plan.PhasedOut, state: plan.Plan) -> Iterable[Due | Step]:
    """A further need gets a plan of its own; what is not asked for any more is taken back now, the rest at the end."""
    ended = beneficiary.EndPlan(plan_id=stream, at=event.at)
    yield Step(decider=beneficiary.decider, stream=state.person, command=ended)
    if state.finished:
        yield from _cancel(state, event.reason_code, event.at)
    else:
        yield _after(stream, event.last_day, FINISH)
    yield _adjust(stream, event.reason_code, event.at)
    shrinks_from = event.first_month if isinstance(event, plan.PhasedOut) else month_of(event.last_day)
    yield from _recount(stream, state, event.at, since=shrinks_from)


def _orders(openings: Sequence[Opening], assigned: UUID | None, state: plan.Plan, at: datetime) -> Iterable[Step]:
    for opening in openings:
        command = order.Open(
            kind=opening.kind,
            person=state.person,
            plan_id=state.plan_id,
            item=opening.item,
            units=opening.units,
            township=opening.township or state.township,
            village=opening.village or state.village,
            window_from=opening.window_from,
            window_to=opening.window_to,
            provider=opening.provider or assigned if opening.kind == "purchase" else None,
            remark_code="",
            at=at,
            mode=opening.mode,
            helper=opening.helper,
        )
        yield Step(decider=order.decider, stream=opening.order_id, command=command)


def _cancel(state: plan.Plan, reason_code: str, at: datetime) -> Iterable[Step]:
    """Orders of the last two months that nobody has completed; a visit done before and told later still counts."""
    for order_id in state.open_orders:
        yield _cancelled(order_id, reason_code, at)


def _cancelled(order_id: UUID, reason_code: str, at: datetime) -> Step:
    return Step(decider=order.decider, stream=order_id, command=order.Cancel(reason_code=reason_code, at=at))


def _adjust(stream: UUID, reason_code: str, at: datetime) -> Step:
    return Step(decider=plan.decider, stream=stream, command=plan.Adjust(reason_code=reason_code, at=at))


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


def _after(stream: UUID, day: date, reason: str) -> Due:
    """When ``day`` is over."""
    return Due(at=begins(day + ONE_DAY), reason=reason, stream=stream, decider=plan.CATEGORY)


def open_month(_stream: UUID, state: plan.Plan, at: datetime) -> plan.OpenMonth | None:
    """The month that is next, once it has begun."""
    opens = state.next_opening
    return plan.OpenMonth(month=opens, at=at) if opens and month_begins(opens) <= at else None


def flag_stale(_stream: UUID, _state: plan.Plan, at: datetime) -> plan.FlagStale:
    """The plan knows whether somebody has looked."""
    return plan.FlagStale(at=at)


def finish_plan(_stream: UUID, _state: plan.Plan, at: datetime) -> plan.Finish:
    """The plan knows whether its last day has passed."""
    return plan.Finish(at=at)


WHEN_DUE: Mapping[str, WhenDue] = {OPEN_MONTH: open_month, FLAG_STALE: flag_stale, FINISH: finish_plan}
