"""How a plan's events change it. Nothing is refused, no policy and no clock is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from services.orders.domain.days import ONE_DAY, business_day, first_day, next_month
from services.orders.domain.opening import Opening
from services.orders.domain.place import Home
from services.orders.domain.plan.entries import Entry, ended, entries_of
from services.orders.domain.plan.state import Live, Phase, Plan, Restart, ServicePlan
from services.orders.domain.plan.words import (
    Agreed,
    Arranged,
    Changed,
    Drawn,
    EntitlementNoted,
    Event,
    Finished,
    GrewStale,
    HomesNoted,
    InstitutionDeclined,
    MonthChanged,
    MonthCounted,
    MonthOpened,
    NoticePosted,
    PersonNoted,
    PhasedOut,
    ProviderAssigned,
    ProviderEnded,
    ProviderLost,
    ReferredToHospital,
    Refreshed,
    Resumed,
    ServicePlanAgreed,
    ServicePlanReturned,
    ServicePlanSubmitted,
    Started,
    Stopped,
    Suspended,
    Widened,
)
from services.orders.domain.segments import Assigned, Life, Span


def evolve(state: Plan | None, event: Event) -> Plan:
    """The plan after ``event``."""
    if isinstance(event, Drawn):
        return _begun(event)
    assert state is not None
    match event:
        case Widened() | NoticePosted() | Agreed() | Started():
            return _readied(state, event)
        case MonthOpened() | MonthChanged() | MonthCounted():
            return _opened(state, event)
        case ProviderAssigned() | ProviderLost() | ProviderEnded() | PersonNoted() | HomesNoted() | EntitlementNoted():
            return _noted(state, event)
        case Stopped() | PhasedOut() | Suspended() | Resumed() | Finished():
            return _rested(state, event)
        case Changed() | Refreshed() | GrewStale():
            return _changed(state, event)
        case Arranged() | InstitutionDeclined() | ReferredToHospital():
            return _arranged(state, event)
        case ServicePlanSubmitted() | ServicePlanAgreed() | ServicePlanReturned():
            return _service_planned(state, event)


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
        entries=entries_of(event.items, urgent=event.urgent, need_id=event.need_id),
        life=life,
        homes=(Home(from_day=date.min, township=event.township, village=event.village),),
        township=event.township,
        village=event.village,
        urgent=event.urgent,
        drawn_on=business_day(event.at),
    )


def _readied(state: Plan, event: Widened | NoticePosted | Agreed | Started) -> Plan:
    match event:
        case Widened():
            return _widened(state, event)
        case NoticePosted():
            return _posted(state, event)
        case Agreed():
            return replace(state, agreed_on=event.signed_on, agreed_by=event.signed_by)
        case Started():
            life = replace(state.life, begins_on=event.from_day)
            return replace(state, started=True, life=life, refresh_due=event.refresh_due)


def _posted(state: Plan, event: NoticePosted) -> Plan:
    """What waited for it is given from now on."""
    today = business_day(event.at)
    entries = tuple(
        replace(entry, unposted=False, opens_from=max(entry.opens_from, today))
        if state.waits_for_notice(entry)
        else entry
        for entry in state.entries
    )
    return replace(state, notice_on=event.posted_on, unposted=frozenset(), entries=entries)


def _widened(state: Plan, event: Widened) -> Plan:
    """What is added is given from the next month that opens; what is urgent at once."""
    later = first_day(state.next_opening) if state.opened else date.min
    added = entries_of(
        event.items,
        number=len(state.entries),
        first=business_day(event.at) if event.urgent and state.opened else later,
        urgent=event.urgent,
        unposted=event.unposted,
        need_id=event.need_id,
    )
    return replace(
        state,
        entries=(*state.entries, *added),
        needs=state.needs | {event.need_id},
        unposted=state.unposted | {event.need_id} if event.urgent or event.unposted else state.unposted,
        urgent=state.urgent or (event.urgent and not state.started and state.notice_on is None),
    )


def _opened(state: Plan, event: MonthOpened | MonthChanged | MonthCounted) -> Plan:
    match event:
        case MonthOpened():
            kept = {slot: live for slot, live in state.live.items() if next_month(live.month) == event.month}
            return replace(state, opened=event.month, live={**kept, **_lives(state, event.month, event.orders)})
        case MonthChanged():
            closed = {
                slot: replace(state.live[slot], open=False, taken_back=state.live[slot].taken_back + 1)
                for slot in event.closed
                if slot in state.live
            }
            after = replace(state, live={**state.live, **closed})
            return replace(after, live={**after.live, **_lives(after, event.month, event.opened)})
        case MonthCounted():
            return replace(state, told={**state.told, event.month: event.bundles})


def _lives(state: Plan, month: str, orders: tuple[Opening, ...]) -> dict[UUID, Live]:
    lives = {}
    for opening in orders:
        before = state.live.get(opening.slot)
        back = before.taken_back if before else 0
        lives[opening.slot] = Live(month=month, order_id=opening.order_id, turn=opening.turn, taken_back=back)
    return lives


def _noted(
    state: Plan,
    event: ProviderAssigned | ProviderLost | ProviderEnded | PersonNoted | HomesNoted | EntitlementNoted,
) -> Plan:
    life = state.life
    match event:
        case ProviderAssigned():
            spell = Assigned(provider=event.provider, from_day=event.from_day)
            return replace(state, life=replace(life, assigned=(*life.assigned, spell)))
        case ProviderLost():
            nobody = Assigned(provider=None, from_day=event.from_day)
            return replace(state, life=replace(life, assigned=(*life.assigned, nobody)))
        case ProviderEnded():
            spell = Assigned(provider=None, from_day=event.from_day)
            assigned = (*life.assigned, spell) if state.provider == event.provider else life.assigned
            return replace(
                state,
                life=replace(life, assigned=assigned),
                entries=tuple(_without(entry, event.provider) for entry in state.entries),
                restarts=(*state.restarts, Restart(event.from_day, event.provider)),
                barred=state.barred | {event.provider},
            )
        case PersonNoted():
            noted = replace(life, statuses=event.statuses, stays=event.stays, died_on=event.died_on)
            return replace(state, life=noted)
        case HomesNoted():
            known = {home.from_day for home in state.homes}
            moves = tuple(Restart(home.from_day, None) for home in event.homes if home.from_day not in known)
            return replace(
                state,
                homes=event.homes,
                restarts=(*state.restarts, *moves),
                township=event.township,
                village=event.village,
            )
        case EntitlementNoted():
            return replace(state, entitled=event.entitled)


def _without(entry: Entry, provider: UUID) -> Entry:
    if entry.planned.provider != provider:
        return entry
    return replace(entry, planned=replace(entry.planned, provider=None))


def _rested(state: Plan, event: Stopped | PhasedOut | Suspended | Resumed | Finished) -> Plan:
    life = state.life
    match event:
        case Stopped():
            finished = event.last_day < business_day(event.at)
            return replace(state, stopped=True, finished=finished, life=replace(life, ends_on=event.last_day))
        case PhasedOut():
            phase = Phase(first_month=event.first_month, months=event.months, shrinking=event.way == "shrinking")
            return replace(state, stopped=True, phase=phase, life=replace(life, ends_on=event.last_day))
        case Suspended():
            span = Span(event.from_day, event.to_day or date.max)
            return replace(state, life=replace(life, suspended=(*life.suspended, span)))
        case Resumed():
            before = event.from_day - ONE_DAY
            spans = tuple(
                Span(span.first, min(span.last, before)) for span in life.suspended if span.first < event.from_day
            )
            return replace(state, life=replace(life, suspended=spans))
        case Finished():
            return replace(state, finished=True)


def _changed(state: Plan, event: Changed | Refreshed | GrewStale) -> Plan:
    match event:
        case Changed():
            kept = ended(state.entries, dict.fromkeys(event.ended, event.from_day))
            begun = entries_of(event.begun, number=len(state.entries), first=event.from_day)
            urgent = all(entry.urgent for entry in state.entries)
            posted = {entry.planned.item for entry in state.entries if not entry.unposted}
            begun = tuple(replace(entry, urgent=urgent, unposted=entry.planned.item not in posted) for entry in begun)
            return replace(state, entries=(*kept, *begun))
        case Refreshed():
            return replace(state, refreshed_on=event.looked_on, refresh_due=event.due, stale=False)
        case GrewStale():
            return replace(state, stale=True)


def _arranged(state: Plan, event: Arranged | InstitutionDeclined | ReferredToHospital) -> Plan:
    match event:
        case Arranged():
            helper = event.helpers[0].id
            return _with(state, event.number, opens_from=event.from_day, helper=helper)
        case InstitutionDeclined() | ReferredToHospital():
            return _with(state, event.number, opens_from=date.max, helper=None)


def _with(state: Plan, number: int, *, opens_from: date, helper: UUID | None) -> Plan:
    entries = tuple(
        replace(entry, opens_from=opens_from, helper=helper) if entry.number == number else entry
        for entry in state.entries
    )
    return replace(state, entries=entries)


def _service_planned(state: Plan, event: ServicePlanSubmitted | ServicePlanAgreed | ServicePlanReturned) -> Plan:
    plans = dict(state.service_plans)
    match event:
        case ServicePlanSubmitted():
            plans[event.number] = ServicePlan(provider=event.provider, text=event.text, stage="submitted")
            return replace(state, service_plans=plans)
        case ServicePlanReturned():
            plans[event.number] = replace(plans[event.number], stage="returned", reason=event.reason)
            return replace(state, service_plans=plans)
        case ServicePlanAgreed():
            plans[event.number] = replace(plans[event.number], stage="agreed", reason=None)
            agreed = replace(state, service_plans=plans)
            return _with(agreed, event.number, opens_from=event.from_day, helper=None)
