"""Whatever order of judgements, undoings and appeals: of one completion at most one fact stands, one while it is
accepted. The sum of the facts told less those that are void is what stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.kernel import Rejected, Sealed
from chassis.service import Due, Recorded, Step
from services.orders.domain import appeal, correction, order
from services.orders.outgoing import outgoing
from services.orders.reactions.desk import check_mending, of_desk
from tests.orders.examples import (
    ORDER,
    POLICIES,
    PROVIDER,
    TOWNSHIP,
    VISIT,
    ZHAO,
    at,
    complete,
    known_order,
    match,
    open_order,
)  # fmt: skip

START = at("2024-10-04")
OFFICERS = ("bureau-1", "bureau-2", "bureau-3")
TIMED = tuple(replace(one, desk=replace(one.desk, mend_within_days=3)) for one in POLICIES)
BOX = Sealed(box="1.n.text")
acts = st.lists(
    st.tuples(
        st.sampled_from(
            ["accepted", "rejected", "returned", "undo", "appeal", "upheld", "dismissed", "withdraw", "mend", "later"]
        ),
        st.sampled_from(OFFICERS),
        st.integers(min_value=1, max_value=200),
    ),
    min_size=1,
    max_size=25,
)


@dataclass
class World:
    """One order, its appeals, and the public log as settlement sees it; each act is one transaction."""

    now: Any = START
    states: dict[UUID, Any] = field(default_factory=dict)
    versions: dict[UUID, int] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)
    void: list[str] = field(default_factory=list)
    last: str = ""

    def ask(self, decider: Any, stream: UUID, command: Any) -> None:
        """Decide it and what follows; refused, nothing has happened."""
        kept = (dict(self.states), dict(self.versions), dict(self.told), list(self.void), self.last)
        try:
            self._decide(decider, stream, command)
        except Rejected:
            self.states, self.versions, self.told, self.void, self.last = kept

    def _decide(self, decider: Any, stream: UUID, command: Any) -> None:
        state = self.states.get(stream)
        for event in decider.decide(command, state, self._known(decider)):
            state = decider.evolve(state, event)
            self.states[stream] = state
            self.versions[stream] = self.versions.get(stream, 0) + 1
            recorded = Recorded(originator_id=stream, originator_version=self.versions[stream], event=event)
            if decider is order.decider:
                self._tell(recorded, state)
            for follow in list(of_desk(recorded, state)):
                if isinstance(follow, Step):
                    self._decide(follow.decider, follow.stream, follow.command)
                else:
                    assert isinstance(follow, Due)

    def _tell(self, recorded: Recorded, state: Any) -> None:
        for public in outgoing(recorded, state):
            fact = getattr(public.data, "fact", None)
            if fact is not None and fact.kind == "ruling":
                self.void.append(fact.fact)
            elif fact is not None:
                self.last = str(uuid5(recorded.originator_id, str(recorded.originator_version)))
                self.told[self.last] = fact.kind

    def _known(self, decider: Any) -> Any:
        visit = self.visit
        if decider is correction.decider:
            return None
        if decider is order.decider:
            told = {VISIT: order.Told(fact=self.last, month="2024-10")} if self.last else {}
            return replace(known_order, policies=TIMED, told=told)
        last = visit.judgements[-1] if visit and visit.judgements else None
        judged = last and appeal.Judged(
            person=ZHAO, provider=PROVIDER, township=TOWNSHIP, item="home_cleaning", verdict=visit.verdict,
            by=visit.judged_by, at=last.at, reason_code="x", reported_by=visit.reported_by,
        )  # fmt: skip
        return appeal.Known(policies=TIMED, judged=judged or None)

    @property
    def visit(self) -> Any:
        """The completion."""
        state = self.states.get(ORDER)
        return state.visit(VISIT) if state else None

    def act(self, what: str, by: str, hours: int) -> None:
        """One act of an officer or of who served, some hours later."""
        self.now += timedelta(hours=hours)
        said = {"by": by, "role": "bureau", "at": self.now}
        open_appeal = self.visit.appeal
        match what:
            case "accepted" | "rejected" | "returned":
                verify = order.Verify(visit_id=VISIT, result=what, note_code="odd", **said)
                self.ask(order.decider, ORDER, verify)
            case "undo":
                self.ask(order.decider, ORDER, order.Undo(visit_id=VISIT, cause="mistake", reason_code="odd", **said))
            case "appeal" if self.visit.judgements:
                lodge = appeal.Lodge(
                    order_id=ORDER, visit_id=VISIT, owner=str(PROVIDER), grounds=BOX, evidence=(), by="p", at=self.now
                )
                self.ask(appeal.decider, appeal.stream_of(VISIT, self.visit.judgements[-1].at), lodge)
            case "upheld" | "dismissed" if open_appeal:
                answer = appeal.Answer(result=what, cause=None, reason_code="odd", text=BOX, **said)
                self.ask(appeal.decider, open_appeal, answer)
            case "withdraw" if open_appeal:
                self.ask(appeal.decider, open_appeal, appeal.Withdraw(owner=str(PROVIDER), at=self.now))
            case "mend":
                self.ask(order.decider, ORDER, replace(complete, at=self.now))
            case "later":
                self.ask(order.decider, ORDER, order.AcceptUnsampled(at=self.now))
                self.ask(order.decider, ORDER, check_mending(ORDER, self.states[ORDER], self.now))


@settings(max_examples=60, deadline=None)
@given(acts)
def test_exactly_one_fact_stands_while_it_is_accepted_and_none_else(doings: list[tuple[str, str, int]]) -> None:
    world = World()
    for command in (open_order, match, complete):
        world.ask(order.decider, ORDER, command)
    for what, by, hours in doings:
        undone_before = world.visit.undone
        world.act(what, by, hours)
        standing = [fact for fact in world.told if fact not in world.void]
        assert len(standing) == (1 if world.visit.verdict == "accepted" else 0)
        assert len(set(world.void)) == len(world.void)
        assert set(world.void) <= set(world.told)
        corrections = [one for one in world.states.values() if isinstance(one, correction.Correction)]
        assert len(corrections) == sum(one.verdict == "undone" for one in world.visit.judgements)
        assert (world.visit.appeal is not None) <= (world.visit.verdict == "turned_down")
        if undone_before and what == "later":
            assert world.visit.judgements[-1].by != ""
