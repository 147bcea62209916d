"""What follows from households and lists: members learn their classes, checks fall due, who waits is seen again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import NAMESPACE_OID, UUID, uuid5

from chassis.service import Due, Recorded, Step, WhenDue
from services.orders.domain import beneficiary, household, need, prospect
from services.orders.domain.days import ONE_DAY, begins, business_day

RECHECK, LATE, AGAIN = "household.recheck", "prospect.late", "prospect.again"


def of_a_household(recorded: Recorded, state: household.Household) -> Iterable[Due | Step]:
    """Members hear of classes, whoever comes or goes of theirs; the next check of a class is put on the agenda."""
    stream, event = recorded.originator_id, recorded.event
    match event:
        case household.Joined() | household.Left():
            yield _told(stream, state, event.person, event.at)
        case household.Classified() | household.Declassified():
            for person in dict.fromkeys(member.person for member in state.members):
                yield _told(stream, state, person, event.at)
    match event:
        case household.Classified() | household.Rechecked():
            yield Due(at=begins(event.recheck_on), reason=RECHECK, stream=stream, decider=household.CATEGORY)


def _told(stream: UUID, state: household.Household, person: UUID, at: datetime) -> Step:
    note = beneficiary.NoteHousehold(
        household=stream,
        lives_there=state.member(person) is not None,
        groups=household.groups_of(state, stream, person),
        at=at,
    )
    return Step(decider=beneficiary.decider, stream=person, command=note)


def of_a_prospect(recorded: Recorded, state: prospect.Prospect) -> Iterable[Due | Step]:
    """A check has its deadline, who is watched has a day to be looked at again."""
    stream, event = recorded.originator_id, recorded.event
    match event:
        case prospect.Entered() | prospect.EnteredAgain() | prospect.Reopened():
            yield Due(at=begins(event.due_on + ONE_DAY), reason=LATE, stream=stream, decider=prospect.CATEGORY)
        case prospect.Watched():
            yield Due(at=begins(event.recheck_on), reason=AGAIN, stream=stream, decider=prospect.CATEGORY)


def watched(recorded: Recorded, state: need.Need) -> Iterable[Step]:
    """Whose need was refused is watched, where the policy says so."""
    event = recorded.event
    if isinstance(event, need.Refused):
        told = state.registered
        watch = prospect.Watch(
            person=told.person_id,
            township=told.township,
            village=told.village,
            need=recorded.originator_id,
            at=event.at,
        )
        yield Step(decider=prospect.decider, stream=watch_of(told.person_id), command=watch)


def watch_of(person: UUID) -> UUID:
    """The entry of a registered person on the watch list."""
    return uuid5(NAMESPACE_OID, f"orders.prospect of {person}")


def _recheck(_stream: UUID, state: household.Household, now: datetime) -> household.FallDue:
    return household.FallDue(on=business_day(now), at=now)


def _late(_stream: UUID, state: prospect.Prospect, now: datetime) -> prospect.RunLate | None:
    return prospect.RunLate(at=now) if state.stage == "open" else None


def _again(_stream: UUID, state: prospect.Prospect, now: datetime) -> prospect.Reopen | None:
    return prospect.Reopen(at=now) if state.stage == "watched" else None


WHEN_DUE: Mapping[str, WhenDue] = {RECHECK: _recheck, LATE: _late, AGAIN: _again}
