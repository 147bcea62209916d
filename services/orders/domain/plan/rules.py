"""A care plan: one person, one plan. It opens its orders month by month and tells what each month's days were.

    Drawn ─ NoticePosted ─ Started ─ (MonthOpened ─ ProviderAssigned* ─ MonthCounted*)* ─▶ Stopped

Whatever touches a month that was opened already (status, stay, death, assignment, stop) counts it again at once, so
that a seal finds every month told; told after the seal it is a late fact, and settlement corrects (S11).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from chassis.kernel import Decider, Rejected, topics
from services.orders.domain.counting import Bundle, bundles
from services.orders.domain.days import business_day, last_day, month_of, months_before, next_month
from services.orders.domain.opening import openings
from services.orders.domain.plan.words import (
    AssignProvider,
    Command,
    CountMonth,
    Draw,
    Drawn,
    Event,
    MonthCounted,
    MonthOpened,
    NotePerson,
    NoticePosted,
    OpenMonth,
    PersonNoted,
    PostNotice,
    ProviderAssigned,
    Start,
    Started,
    Stop,
    Stopped,
    Widen,
    Widened,
)
from services.orders.domain.planned import Planned
from services.orders.domain.policy import Policy, in_force
from services.orders.domain.segments import Assigned, Life

START_MONTHS_MAX = 12
"""A plan starts at most this many months before or after the day it is started on."""
MOVED_AWAY = "moved_away"
"""The one stop, death apart, that needs no hearing (art. 48)."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A drawn plan. ``opened`` is the last month with orders, ``open_orders`` those of it and of the month before."""

    plan_id: UUID
    person: UUID
    needs: frozenset[UUID]
    items: tuple[Planned, ...]
    life: Life
    township: str
    village: str
    started: bool = False
    stopped: bool = False
    notice_on: date | None = None
    drawn_on: date = date.min
    opened: str = ""
    open_orders: tuple[tuple[str, tuple[UUID, ...]], ...] = ()
    told: Mapping[str, tuple[Bundle, ...]] = field(default_factory=dict)

    @property
    def provider(self) -> UUID | None:
        """Who is assigned now."""
        return self.life.assigned[-1].provider if self.life.assigned else None

    @property
    def next_opening(self) -> str:
        """The month whose orders are opened next; empty before the start."""
        if not self.started:
            return ""
        return next_month(self.opened) if self.opened else month_of(self.life.begins_on)

    @property
    def running(self) -> bool:
        """Whether there are or will be days of service."""
        return self.started and not self.stopped and self.life.died_on is None


def decide(command: Command, state: Plan | None, known: tuple[Policy, ...]) -> list[Event]:
    """``known`` are the county's policies. Steps that other decisions cause repeat quietly and never refuse."""
    if isinstance(command, Draw):
        return [] if state is not None else [_drawn(command)]
    if state is None:
        raise Rejected("plan.unknown")
    match command:
        case Widen():
            widened = Widened(need_id=command.need_id, items=command.items, at=command.at)
            return [] if command.need_id in state.needs else [widened]
        case PostNotice():
            return _post_notice(command, state)
        case Start():
            return _start(command, state)
        case OpenMonth():
            return _open(command, state, known)
        case AssignProvider():
            return _assign(command, state)
        case NotePerson():
            return _note(command, state)
        case Stop():
            return _stop(command, state)
        case CountMonth():
            return _count(command, state, known)


def evolve(state: Plan | None, event: Event) -> Plan:
    """The plan after ``event``."""
    if isinstance(event, Drawn):
        return _begun(event)
    assert state is not None
    life = state.life
    match event:
        case Widened():
            return replace(state, items=(*state.items, *event.items), needs=state.needs | {event.need_id})
        case NoticePosted():
            return replace(state, notice_on=event.posted_on)
        case Started():
            return replace(state, started=True, life=replace(life, begins_on=event.from_day))
        case MonthOpened():
            orders = tuple(order.order_id for order in event.orders)
            return replace(state, opened=event.month, open_orders=(*state.open_orders[-1:], (event.month, orders)))
        case ProviderAssigned():
            spell = Assigned(provider=event.provider, from_day=event.from_day)
            return replace(state, life=replace(life, assigned=(*life.assigned, spell)))
        case PersonNoted():
            noted = replace(life, statuses=event.statuses, stays=event.stays, died_on=event.died_on)
            return replace(state, life=noted)
        case Stopped():
            return replace(state, stopped=True, life=replace(life, ends_on=event.last_day))
        case MonthCounted():
            return replace(state, told={**state.told, event.month: event.bundles})


def _begun(event: Drawn) -> Plan:
    life = Life(
        born=event.born,
        statuses=event.statuses,
        stays=event.stays,
        died_on=None,
        begins_on=date.max,
        ends_on=None,
        assigned=(),
    )
    return Plan(
        plan_id=event.plan_id,
        person=event.person,
        needs=frozenset({event.need_id}),
        items=event.items,
        life=life,
        township=event.township,
        village=event.village,
        drawn_on=business_day(event.at),
    )


def _drawn(command: Draw) -> Drawn:
    return Drawn(
        plan_id=command.plan_id,
        person=command.person,
        need_id=command.need_id,
        items=command.items,
        born=command.born,
        statuses=command.statuses,
        stays=command.stays,
        township=command.township,
        village=command.village,
        at=command.at,
    )


def _post_notice(command: PostNotice, state: Plan) -> list[Event]:
    if state.notice_on is not None:
        return []
    if command.posted_on > business_day(command.at):
        raise Rejected("plan.notice_in_the_future")
    return [NoticePosted(posted_on=command.posted_on, role=command.role, at=command.at)]


def _start(command: Start, state: Plan) -> list[Event]:
    if state.started:
        if state.life.begins_on == command.from_day:
            return []
        raise Rejected("plan.already_started", from_day=state.life.begins_on.isoformat())
    if state.stopped or (state.life.died_on is not None and state.life.died_on < command.from_day):
        raise Rejected("plan.ended")
    today = month_of(business_day(command.at))
    earliest, latest = months_before(today, START_MONTHS_MAX), months_before(today, -START_MONTHS_MAX)
    if not earliest <= month_of(command.from_day) <= latest:
        raise Rejected("plan.starts_too_far_away", earliest_month=earliest, latest_month=latest)
    return [Started(from_day=command.from_day, at=command.at)]


def _open(command: OpenMonth, state: Plan, policies: tuple[Policy, ...]) -> list[Event]:
    """Each month once, in order."""
    days = state.life.days_in(command.month)
    if command.month != state.next_opening or days is None:
        return []
    orders = openings(state.plan_id, command.month, days, state.items, in_force(policies, days[0]))
    return [MonthOpened(month=command.month, orders=orders, provider=state.provider, at=command.at)]


def _assign(command: AssignProvider, state: Plan) -> list[Event]:
    """Who takes an order of the plan serves the person from the day of the match, not before the plan begins."""
    if not state.running or state.provider == command.provider:
        return []
    from_day = max(state.life.begins_on, business_day(command.at))
    return [ProviderAssigned(provider=command.provider, from_day=from_day, at=command.at)]


def _note(command: NotePerson, state: Plan) -> list[Event]:
    told = (command.statuses, command.stays, command.died_on)
    if told == (state.life.statuses, state.life.stays, state.life.died_on):
        return []
    return [PersonNoted(statuses=command.statuses, stays=command.stays, died_on=command.died_on, at=command.at)]


def _stop(command: Stop, state: Plan) -> list[Event]:
    if state.stopped:
        if state.life.ends_on == command.last_day:
            return []
        raise Rejected("plan.ended")
    if state.started and command.last_day < state.life.begins_on:
        raise Rejected("plan.stops_before_it_starts")
    _check_hearing(command)
    return [
        Stopped(
            last_day=command.last_day,
            reason_code=command.reason_code,
            heard_on=command.heard_on,
            notified_on=command.notified_on,
            at=command.at,
        )
    ]


def _check_hearing(command: Stop) -> None:
    if command.reason_code == MOVED_AWAY:
        return
    today = business_day(command.at)
    heard, notified = command.heard_on, command.notified_on
    if heard is None or notified is None or not heard <= notified <= today:
        raise Rejected("plan.stop_needs_hearing_and_notice")


def _count(command: CountMonth, state: Plan, policies: tuple[Policy, ...]) -> list[Event]:
    if not state.started:
        return []
    told = state.told.get(command.month, ())
    policy = in_force(policies, last_day(command.month))
    now = bundles(state.life, command.month, state.items, policy, told)
    if now == told:
        return []
    changed = tuple(bundle.payee for bundle in now if bundle not in told)
    return [MonthCounted(month=command.month, purchaser=policy.county, bundles=now, changed=changed, at=command.at)]


CATEGORY = "orders.plan"
decider: Decider[Command, Plan | None, Event, tuple[Policy, ...]] = Decider(
    category=CATEGORY,
    initial=None,
    decide=decide,
    evolve=evolve,
    events=topics(
        CATEGORY,
        Drawn,
        Widened,
        NoticePosted,
        Started,
        MonthOpened,
        ProviderAssigned,
        PersonNoted,
        Stopped,
        MonthCounted,
    ),
)
