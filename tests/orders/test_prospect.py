"""An entry of a department's list: nobody on it is left without a finding."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.kernel import Rejected
from services.orders.domain import prospect
from services.orders.domain.prospect import decider
from tests.orders.examples import COUNTY, NEED, NINGJIN, TOWNSHIP, VILLAGE, ZHAO, at, day
from tests.orders.people import IN_DEPTH

NOW = at("2024-10-10")
KNOWN = prospect.Known(policies=(IN_DEPTH,), county=COUNTY)
THEIRS = replace(KNOWN, person_index="ab" * 32, need_is_theirs=True)
listed = prospect.Listed(
    name=None, id_number=None, phone=None, address=None, id_index="ab" * 32, born=day("1940-10-16"),
    township=TOWNSHIP, village=VILLAGE,
)  # fmt: skip
entry = prospect.List(listed=listed, kind="severe_disability", source="federation", risk="high", at=NOW)
eligible = prospect.Find(
    result="eligible", person=ZHAO, need=NEED, reason_code="", findings=None, recheck_on=None, by="t", at=NOW
)
not_yet = replace(eligible, result="not_yet", person=None, need=None)
gone = replace(eligible, result="gone", person=None, need=None, reason_code="died")


def told(*commands: prospect.Command, known: prospect.Known = THEIRS) -> prospect.Prospect:
    state = None
    for command in (entry, *commands):
        state = decider.fold(decider.decide(command, state, known), state)
    assert state is not None
    return state


def refused(command: prospect.Command, *before: prospect.Command, known: prospect.Known = THEIRS) -> str:
    with pytest.raises(Rejected) as refusal:
        decider.decide(command, told(*before), known)
    return refusal.value.code


@pytest.mark.parametrize(("risk", "days"), [("high", 3), ("medium", 10), ("low", 30)])
def test_the_risk_gives_the_deadline(risk: prospect.Risk, days: int):
    [entered] = decider.decide(replace(entry, risk=risk), None, KNOWN)
    assert isinstance(entered, prospect.Entered)
    assert entered.due_on == day("2024-10-10") + timedelta(days=days)


def test_the_same_list_again_changes_nothing_and_another_shortens_the_deadline():
    assert decider.decide(entry, told(), KNOWN) == []
    state = told(replace(entry, source="health", kind="dementia", risk="low"))
    assert (state.due_on, state.risk, len(state.marks)) == (day("2024-10-13"), "high", 2)


def test_a_finding_of_eligible_names_the_same_person_and_their_own_need():
    assert told(eligible).stage == "eligible"
    assert refused(replace(eligible, need=None)) == "prospect.need_missing"
    assert refused(eligible, known=replace(THEIRS, person_index="cd" * 32)) == "prospect.somebody_else"
    assert refused(eligible, known=replace(THEIRS, person_index=None)) == "prospect.somebody_else"
    assert refused(eligible, known=replace(THEIRS, need_is_theirs=False)) == "prospect.need_of_somebody_else"


def test_gone_needs_a_reason_and_is_final():
    assert refused(replace(gone, reason_code="")) == "prospect.reason_missing"
    assert refused(not_yet, gone) == "prospect.closed"
    assert decider.decide(gone, told(gone), KNOWN) == []


def test_not_yet_comes_back_after_the_policy_s_days_or_earlier():
    assert told(not_yet).recheck_on == day("2025-01-08")
    assert refused(replace(not_yet, recheck_on=day("2025-01-09"))) == "prospect.recheck_too_late"
    assert refused(replace(not_yet, recheck_on=day("2024-10-10"))) == "prospect.recheck_not_later"
    early = decider.decide(prospect.Reopen(at=at("2025-01-07")), told(not_yet), KNOWN)
    assert early == []
    state = told(not_yet, prospect.Reopen(at=at("2025-01-08")))
    assert (state.stage, state.due_on) == ("open", day("2025-01-11"))


def test_an_entry_is_late_after_its_last_day_once():
    in_time, late = prospect.RunLate(at=at("2024-10-13", "23:59")), prospect.RunLate(at=at("2024-10-14", "00:00"))
    assert decider.decide(in_time, told(), KNOWN) == []
    assert told(late).late
    assert decider.decide(late, told(late), KNOWN) == []
    assert decider.decide(late, told(not_yet), KNOWN) == []


def test_a_refused_need_is_watched_where_the_policy_says_so():
    watch = prospect.Watch(person=ZHAO, township=TOWNSHIP, village=VILLAGE, need=NEED, at=NOW)
    state = decider.fold(decider.decide(watch, None, KNOWN))
    assert state is not None
    assert (state.stage, state.person, state.recheck_on) == ("watched", ZHAO, day("2025-01-08"))
    assert decider.decide(watch, state, KNOWN) == []
    assert decider.decide(watch, None, replace(KNOWN, policies=(NINGJIN,))) == []


def test_another_refusal_begins_the_watch_again():
    watch = prospect.Watch(person=ZHAO, township=TOWNSHIP, village=VILLAGE, need=NEED, at=NOW)
    state = decider.fold(decider.decide(watch, None, KNOWN))
    again = replace(watch, need=uuid5(NEED, "second"), at=at("2024-12-01"))
    state = decider.fold(decider.decide(again, state, KNOWN), state)
    assert state is not None
    assert state.recheck_on == day("2025-03-01")


moves = st.lists(
    st.tuples(st.sampled_from(["list", "eligible", "not_yet", "gone", "late", "again"]), st.integers(0, 120)),
    max_size=12,
)


@given(moves)
def test_whatever_happens_an_entry_is_open_with_a_deadline_watched_with_a_day_or_found(said: list[tuple[str, int]]):
    state, now = told(), NOW
    for number, (word, days) in enumerate(said):
        now += timedelta(days=days)
        commands: dict[str, prospect.Command] = {
            "list": replace(entry, source=f"source_{number}", at=now),
            "eligible": replace(eligible, at=now),
            "not_yet": replace(not_yet, at=now),
            "gone": replace(gone, at=now),
            "late": prospect.RunLate(at=now),
            "again": prospect.Reopen(at=now),
        }
        try:
            events = decider.decide(commands[word], state, THEIRS)
        except Rejected:
            continue
        state = decider.fold(events, state)
        assert state is not None
        assert state.stage in ("open", "watched", "eligible", "gone")
        assert (state.recheck_on is not None) == (state.stage == "watched")
        assert not state.late or state.stage == "open"
