"""A care plan: one person, one plan. It opens its orders month by month and tells what each month's days were.

    Drawn ─ NoticePosted ─ Agreed ─ Started ─ (MonthOpened ─ MonthChanged* ─ MonthCounted*)* ─▶ Stopped ─ Finished
    besides: Changed, Suspended ─ Resumed, HomesNoted, ProviderAssigned ─ ProviderEnded, Arranged, Refreshed, PhasedOut

Whatever touches a month that was opened already (status, stay, death, assignment, change, stop) adjusts its orders and
counts it again at once, so that a seal finds every month told; told after the seal it is a late fact, and settlement
corrects (S11).
"""

from __future__ import annotations

from collections import Counter

from chassis.kernel import Decider, Rejected, topics
from services.orders.domain.counting import Counts, bundles, entitled_on, required
from services.orders.domain.days import business_day, first_day, last_day, month_of, months_before
from services.orders.domain.plan import words
from services.orders.domain.plan.adjusting import adjust, open_month
from services.orders.domain.plan.arranging import arrange, decide_service_plan, decline_institution, submit_service_plan
from services.orders.domain.plan.asking import asked_slots
from services.orders.domain.plan.changing import change, flag_stale, refresh
from services.orders.domain.plan.ending import finish, phase_out, resume, stop, suspend
from services.orders.domain.plan.evolving import evolve
from services.orders.domain.plan.known import Known
from services.orders.domain.plan.noticing import post_notice
from services.orders.domain.plan.starting import agree, draw, start, widen
from services.orders.domain.plan.state import Plan
from services.orders.domain.plan.words import (
    Adjust,
    Agree,
    Arrange,
    AssignProvider,
    Change,
    Command,
    CountMonth,
    DecideServicePlan,
    DeclineInstitution,
    Draw,
    EndProvider,
    EntitlementNoted,
    Event,
    Finish,
    FlagStale,
    HomesNoted,
    LoseProvider,
    MonthCounted,
    NoteHomes,
    NotePerson,
    OpenMonth,
    PersonNoted,
    PhaseOut,
    PostNotice,
    ProviderAssigned,
    ProviderEnded,
    ProviderLost,
    Refresh,
    Resume,
    Start,
    Stop,
    SubmitServicePlan,
    Suspend,
    Widen,
)
from services.orders.domain.policy import Policy, in_force


def decide(command: Command, state: Plan | None, known: Known) -> list[Event]:
    """Steps that other decisions cause repeat quietly and never refuse."""
    if isinstance(command, Draw):
        return [] if state is not None else draw(command, known)
    if state is None:
        raise Rejected("plan.unknown")
    match command:
        case Widen():
            return widen(command, state, known)
        case PostNotice():
            return post_notice(command, state, known)
        case Agree():
            return agree(command, state, known)
        case Start():
            return start(command, state, known)
        case OpenMonth():
            return open_month(command, state, known)
        case Adjust():
            return adjust(command, state, known)
        case AssignProvider():
            return _assign(command, state)
        case LoseProvider():
            return _lose_provider(command, state)
        case EndProvider():
            return _end_provider(command, state)
        case NotePerson():
            return _note(command, state, known)
        case NoteHomes():
            return _note_homes(command, state)
        case CountMonth():
            return _count(command, state, known.policies)
        case Stop() | PhaseOut() | Suspend() | Resume() | Finish():
            return _rest(command, state, known)
        case Change() | Refresh() | FlagStale():
            return _keep(command, state, known)
        case Arrange() | DeclineInstitution() | SubmitServicePlan() | DecideServicePlan():
            return _help(command, state, known)


def _rest(command: Stop | PhaseOut | Suspend | Resume | Finish, state: Plan, known: Known) -> list[Event]:
    match command:
        case Stop():
            return stop(command, state)
        case PhaseOut():
            return phase_out(command, state, known)
        case Suspend():
            return suspend(command, state)
        case Resume():
            return resume(command, state)
        case Finish():
            return finish(command, state)


def _keep(command: Change | Refresh | FlagStale, state: Plan, known: Known) -> list[Event]:
    match command:
        case Change():
            return change(command, state, known)
        case Refresh():
            return refresh(command, state, known)
        case FlagStale():
            return flag_stale(command, state)


def _help(
    command: Arrange | DeclineInstitution | SubmitServicePlan | DecideServicePlan, state: Plan, known: Known
) -> list[Event]:
    match command:
        case Arrange():
            return arrange(command, state)
        case DeclineInstitution():
            return decline_institution(command, state)
        case SubmitServicePlan():
            return submit_service_plan(command, state)
        case DecideServicePlan():
            return decide_service_plan(command, state, known)


def _assign(command: AssignProvider, state: Plan) -> list[Event]:
    """Who takes an order of the plan serves the person from the day of the match, not before the plan begins, nor while
    the provider before still does: who takes over does so from the first day of the order it takes. Who was ended, or
    only serves an item that names it, does not."""
    named = any(entry.planned.provider == command.provider for entry in state.entries)
    if not state.running or command.provider in state.barred or (named and state.provider is not None):
        return []
    ended = [spell.from_day for spell in state.life.assigned[-1:] if spell.provider is None]
    taken_over = [command.first_day] if state.provider is not None else []
    from_day = max(state.life.begins_on, business_day(command.at), *ended, *taken_over)
    if state.life.assigned_on(from_day) == command.provider:
        return []
    return [ProviderAssigned(provider=command.provider, from_day=from_day, at=command.at)]


def _lose_provider(command: LoseProvider, state: Plan) -> list[Event]:
    """Quiet, because it happened elsewhere; nobody loses days before the ones that provider was assigned for."""
    if state.provider != command.provider or not state.running:
        return []
    from_day = max(command.from_day, state.life.assigned[-1].from_day)
    return [ProviderLost(provider=command.provider, from_day=from_day, reason_code=command.reason_code, at=command.at)]


def _end_provider(command: EndProvider, state: Plan) -> list[Event]:
    """The provider of now, or the one named for an item; not before the first day of the last month."""
    if state.life.assigned and state.provider is None and state.life.assigned[-1].from_day == command.from_day:
        return []
    if state.provider is None or not state.running:
        raise Rejected("plan.no_provider")
    earliest = first_day(months_before(month_of(business_day(command.at)), 1))
    if command.from_day < earliest:
        raise Rejected("plan.provider_ended_too_early", earliest=earliest.isoformat())
    return [
        ProviderEnded(
            provider=state.provider, from_day=command.from_day, reason_code=command.reason_code, at=command.at
        )
    ]


def _note(command: NotePerson, state: Plan, known: Known) -> list[Event]:
    """What the register knows; and whether the person is still entitled to anything, where that has changed."""
    told = (command.statuses, command.stays, command.died_on)
    if told == (state.life.statuses, state.life.stays, state.life.died_on):
        return []
    noted = PersonNoted(statuses=command.statuses, stays=command.stays, died_on=command.died_on, at=command.at)
    today, after = business_day(command.at), evolve(state, noted)
    policy = in_force(known.policies, today)
    was, entitled = (entitled_on(life, today, policy) for life in (state.life, after.life))
    if was == entitled or entitled == state.entitled:
        return [noted]
    return [noted, EntitlementNoted(entitled=entitled, at=command.at)]


def _note_homes(command: NoteHomes, state: Plan) -> list[Event]:
    if (command.homes, command.township, command.village) == (state.homes, state.township, state.village):
        return []
    return [HomesNoted(homes=command.homes, township=command.township, village=command.village, at=command.at)]


def _count(command: CountMonth, state: Plan, policies: tuple[Policy, ...]) -> list[Event]:
    if not state.started:
        return []
    told = state.told.get(command.month, ())
    policy = in_force(policies, last_day(command.month))
    asked, half_yearly = _asked(state, command.month, policy)
    less = required(state.life, command.month, asked, half_yearly, policy)
    now = bundles(state.life, state.homes, command.month, less, told)
    if now == told:
        return []
    changed = tuple(bundle.payee for bundle in now if bundle not in told)
    return [MonthCounted(month=command.month, purchaser=policy.county, bundles=now, changed=changed, at=command.at)]


def _asked(state: Plan, month: str, policy: Policy) -> tuple[Counts, Counts]:
    """How many slots of ``month`` are asked for by purchased item, and of half-yearly ones apart."""
    bought = [entry.planned for entry, _, _ in asked_slots(state, month, policy) if entry.planned.kind == "purchase"]
    return (
        Counter(planned.item for planned in bought if planned.per != "half_year"),
        Counter(planned.item for planned in bought if planned.per == "half_year"),
    )


CATEGORY = "orders.plan"
decider: Decider[Command, Plan | None, Event, Known] = Decider(
    category=CATEGORY,
    initial=None,
    decide=decide,
    evolve=evolve,
    events=topics(CATEGORY, *words.EVENTS),
)
