"""Which months are due over entries, deaths, moves away and contacts, whatever the order in which they are told.

The real deciders and reactions are played over days without a server, and compared with a count that knows nothing of
streams: a month is due for who is covered on its first day (or entered with fifteen days left), kept by a contact on
one of its days, and not due for who was gone before it ended.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.service import Due, Recorded, Step
from services.orders.domain import care, duty, duty_month
from services.orders.domain.days import begins, first_day, last_day, month_of, next_month
from services.orders.reactions import WHEN_DUE, reactions
from tests.orders.contact_examples import POLICIES, facts
from tests.orders.examples import ZHAO

FIRST = date(2024, 10, 1)
DAYS = 130
KNOWN: dict[str, Any] = {
    duty.CATEGORY: POLICIES, duty_month.CATEGORY: None, care.CATEGORY: care.Known(policies=POLICIES),
}  # fmt: skip
DECIDERS = {one.category: one for one in (duty.decider, duty_month.decider, care.decider)}


@dataclass
class Play:
    """Streams in memory and what is due."""

    states: dict[UUID, Any] = field(default_factory=dict)
    dues: set[tuple[datetime, str, UUID, str]] = field(default_factory=set)

    def ask(self, step: Step) -> None:
        """Decide a step and everything that follows from it."""
        pending = deque([step])
        while pending:
            one: Any = pending.popleft()
            decider = DECIDERS[one.decider.category]
            state = self.states.get(one.stream, decider.initial)
            for event in decider.decide(one.command, state, KNOWN[decider.category]):
                state = self.states[one.stream] = decider.evolve(state, event)
                recorded = Recorded(originator_id=one.stream, originator_version=1, event=event)
                for follows in reactions(recorded, state):
                    if isinstance(follows, Due):
                        self.dues.add((follows.at, follows.reason, follows.stream, follows.decider))
                    else:
                        pending.append(follows)

    def pass_time(self, now: datetime) -> None:
        """Carry out what is due, oldest first."""
        while ready := sorted(due for due in self.dues if due[0] <= now):
            self.dues.remove(ready[0])
            at, reason, stream, category = ready[0]
            command = WHEN_DUE[reason](stream, self.states[stream], at)
            self.ask(Step(decider=DECIDERS[category], stream=stream, command=command))

    def months(self) -> dict[str, str]:
        """Each month that was opened, and how it stands."""
        return {one.opened.month: one.stage for one in self.states.values() if isinstance(one, duty_month.DutyMonth)}


DAY = st.integers(min_value=0, max_value=DAYS)
DELAY = st.integers(min_value=0, max_value=40)


@settings(max_examples=120, deadline=None)
@given(
    entered=st.integers(min_value=0, max_value=40),
    gone=st.none() | st.tuples(st.sampled_from(["died", "moved"]), DAY, DELAY),
    contacts=st.lists(st.tuples(DAY, DELAY), max_size=6),
)
def test_a_month_is_due_kept_or_lapsed_whatever_is_told_late(
    entered: int, gone: tuple[str, int, int] | None, contacts: list[tuple[int, int]]
):
    since = FIRST + timedelta(days=entered)
    last = max(FIRST + timedelta(days=gone[1]), since) if gone else None
    seen = [
        (FIRST + timedelta(days=on), delay)
        for on, delay in contacts
        if FIRST + timedelta(days=on) >= since and (last is None or FIRST + timedelta(days=on) <= last)
    ]
    told: list[tuple[datetime, Any]] = [(_noon(since), lambda at: duty.Note(facts=facts, at=at))]
    for number, (on, delay) in enumerate(seen):
        told.append((_noon(on + timedelta(days=delay)), _reach(number, on)))
    if gone and last:
        told.append((_noon(last + timedelta(days=gone[2])), _gone(gone[0], last)))

    play, stream = Play(), duty.stream_of(ZHAO)
    for at, command in sorted(told, key=lambda one: one[0]):
        play.pass_time(at)
        play.ask(Step(decider=duty.decider, stream=stream, command=command(at)))
    end = FIRST + timedelta(days=DAYS + 60)
    play.pass_time(begins(end))

    months = play.months()
    month = month_of(FIRST)
    while month < month_of(end):
        assert months.get(month, "not due") in _expected(month, since, last, [on for on, _ in seen])
        month = next_month(month)


def _expected(month: str, since: date, last: date | None, seen: list[date]) -> set[str]:
    first, final = first_day(month), last_day(month)
    entered = since <= first or (since <= final and (final - since).days + 1 >= 15)
    if not entered:
        return {"not due"}
    if last is not None and last < first:
        return {"not due", "lapsed"}
    if any(first <= on <= final for on in seen):
        return {"done"}
    return {"lapsed"} if last is not None and last < final else {"overdue"}


def _noon(day: date) -> datetime:
    return begins(day) + timedelta(hours=12)


def _reach(number: int, on: date) -> Any:
    return lambda at: duty.Reach(contact_id=uuid5(ZHAO, f"contact/{number}"), day=on, way="home", at=at)


def _gone(how: str, last: date) -> Any:
    if how == "moved":
        return lambda at: duty.Leave(last_day=last, at=at)
    return lambda at: duty.Note(facts=replace(facts, died_on=last), at=at)
