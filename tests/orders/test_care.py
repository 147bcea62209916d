"""Carers: one agreement at a time, told to mend before they are replaced."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.kernel import Rejected
from chassis.testing import Specification
from services.orders.domain import care
from services.orders.domain.days import ONE_DAY, business_day
from tests.orders.contact_examples import (
    find,
    found,
    judge,
    known_care,
    mended,
    ordered,
    others_terms,
    place,
    ran_out,
    rectify,
    runs,
    sign,
    signed,
    take_over,
    terms,
    will_not,
)
from tests.orders.examples import TOWNSHIP, VILLAGE, ZHAO, at, day

a_care = Specification(care.decider)
cared = a_care.given(signed, runs)
failing = cared.given(found, ordered)


def test_begins_with_an_agreement():
    a_care.when(sign, known_care).then(signed, runs)
    cared.when(sign, known_care).then()


def test_is_agreed_for_nobody_unknown_or_dead():
    a_care.when(sign, replace(known_care, place=None)).rejected("care.person_unknown")
    dead = replace(known_care, place=replace(place, died_on=day("2024-09-30")))
    a_care.when(sign, dead).rejected("beneficiary.died")


def test_is_not_agreed_twice_for_the_same_days():
    other = replace(sign, terms=replace(others_terms, from_day=day("2024-11-06")), at=at("2024-11-05"))
    cared.when(other, known_care).rejected("care.agreement_runs")


def test_is_agreed_for_days_in_order_and_not_longer_than_allowed():
    backwards = replace(sign, terms=replace(terms, valid_to=day("2024-09-30")))
    a_care.when(backwards, known_care).rejected("care.days_wrong")
    tomorrow = replace(sign, terms=replace(terms, signed_on=day("2024-10-02")))
    a_care.when(tomorrow, known_care).rejected("care.days_wrong")
    for_ever = replace(sign, terms=replace(terms, valid_to=day("2027-11-01")))
    a_care.when(for_ever, known_care).rejected("care.too_long", months=36)
    longest = replace(sign, terms=replace(terms, valid_to=day("2027-10-31")))
    assert a_care.when(longest, known_care).state.running


def test_begins_on_its_first_day_where_it_was_signed_before():
    later = replace(sign, terms=replace(terms, from_day=day("2024-10-10")))
    waiting = a_care.when(later, known_care)
    assert waiting.state.running is False
    waiting.when(care.Turn(at=at("2024-10-10", "00:00")), known_care).then(
        care.Turned(running=True, at=at("2024-10-10", "00:00"))
    )


def test_runs_out():
    over = at("2025-10-01", "00:00")
    cared.when(care.Turn(at=over), known_care).then(care.Turned(running=False, at=over))


def test_is_found_failing_ordered_to_mend_and_mended():
    cared.when(find, known_care).then(found)
    cared.given(found).when(rectify, known_care).then(ordered)
    good = failing.when(replace(judge, result="mended"), known_care)
    good.then(mended)
    assert good.state.stage == "running"


def test_is_not_ordered_to_mend_without_a_finding_or_by_another_body():
    cared.when(rectify, known_care).rejected("care.nothing_found")
    cared.given(found).when(replace(rectify, role="township"), known_care).rejected(
        "care.not_yours_to_decide", body="bureau"
    )
    late = replace(rectify, due_on=day("2024-11-11"))
    cared.given(found).when(late, known_care).rejected("care.due_day_wrong", days=30)


def test_fails_when_the_time_to_mend_is_over():
    failing.when(care.Turn(at=at("2024-10-31")), known_care).then()
    failing.when(care.Turn(at=at("2024-11-01", "00:00")), known_care).then(ran_out)


def test_is_handed_over_only_after_the_order_ran_out_or_was_refused():
    for history in (cared, cared.given(found), failing):
        history.when(take_over, known_care).rejected("care.rectify_first")
    for reason in (ran_out, will_not):
        replaced = failing.given(reason).when(take_over, known_care)
        [new] = replaced.events
        assert (new.number, new.replaces) == (2, 1)
        former, latter = replaced.state.agreements
        assert former.last == latter.terms.from_day - ONE_DAY
        assert replaced.state.stage == "running"


def test_mended_late_keeps_the_carer():
    late = failing.given(ran_out).when(replace(judge, result="mended", at=at("2024-11-03")), known_care)
    late.when(take_over, known_care).rejected("care.rectify_first")


def test_is_renewed_before_it_runs_out_and_not_while_failing():
    renew = care.Renew(signed_on=day("2025-09-01"), valid_to=day("2026-09-30"), by="township-1", at=at("2025-09-01"))
    assert cared.when(renew, known_care).state.last.last == day("2026-09-30")
    cared.given(found).when(renew, known_care).rejected("care.mend_first")
    cared.when(replace(renew, at=at("2025-10-01")), known_care).rejected("care.ran_out")


def test_ends_early_for_a_reason_that_is_no_failing():
    end = care.End(last_day=day("2024-10-20"), reason_code="carer_ill", by="township-1", at=at("2024-10-21"))
    ended = cared.when(end, known_care)
    assert [type(event) for event in ended.events] == [care.Ended, care.Turned]
    ended.when(replace(sign, terms=others_terms, at=at("2024-11-05")), known_care)
    assert ended.state.stage == "none"


def test_ends_with_the_person():
    died = care.NotePerson(
        person_id=ZHAO, covered=False, township=TOWNSHIP, village=VILLAGE, ends_on=day("2024-10-20"),
        at=at("2024-10-22"),
    )  # fmt: skip
    over = cared.when(died, known_care)
    assert [type(event) for event in over.events] == [care.PersonNoted, care.Ended, care.Turned]
    assert over.state.last.last == day("2024-10-20")
    late = failing.given(ran_out).when(replace(died, at=at("2024-11-03")), known_care)
    late.when(take_over, known_care).rejected("care.person_left")


def test_of_who_is_under_the_duty_shows_up_without_carer_and_escort():
    watched = care.NotePerson(
        person_id=ZHAO, covered=True, township=TOWNSHIP, village=VILLAGE, ends_on=None, at=at("2024-10-01")
    )
    lacking = a_care.when(watched, known_care).state
    assert (lacking.covered, lacking.running, lacking.escort) == (True, False, None)
    a_care.when(replace(watched, covered=False), known_care).then()


def test_is_judged_only_where_there_is_an_order_and_found_only_while_an_agreement_runs():
    cared.given(found).when(judge, known_care).rejected("care.nothing_ordered")
    a_care.when(find, known_care).rejected("care.unknown")
    cared.when(replace(find, at=at("2025-10-02")), known_care).rejected("care.no_agreement_runs")


NAMES = ("sign", "find", "rectify", "refused", "turn", "replace", "mended", "renew", "end", "died")
OFTEN = (*NAMES[:6] * 3, *NAMES[6:9], "died")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(OFTEN),
        st.integers(min_value=0, max_value=12),
        st.integers(min_value=-30, max_value=20),
        st.integers(min_value=0, max_value=400),
    ),
    max_size=20,
)
"""What is asked, after how many days, for days from how many on, for how many; what leads to a replacement often."""
BEFORE = (sign, find, rectify, judge)
"""The way to a carer who refuses; a history begins with so much of it as is drawn."""


def _command(name: str, now: datetime, first: int, long: int, number: int) -> care.Command:
    today = business_day(now)
    begins = today + timedelta(days=first)
    new = replace(
        terms,
        name=replace(terms.name, box=f"1.n.{number}"),
        signed_on=min(today, begins),
        from_day=begins,
        valid_to=begins + timedelta(days=long),
    )
    stamp = {"at": now}
    return {
        "sign": lambda: replace(sign, terms=new, **stamp),
        "replace": lambda: replace(take_over, terms=new, **stamp),
        "renew": lambda: care.Renew(signed_on=today, valid_to=begins + timedelta(days=long), by="t", **stamp),
        "end": lambda: care.End(last_day=begins, reason_code="carer_ill", by="t", **stamp),
        "find": lambda: replace(find, finding_id=ZHAO, **stamp),
        "rectify": lambda: replace(rectify, due_on=begins, **stamp),
        "mended": lambda: replace(judge, result="mended", **stamp),
        "refused": lambda: replace(judge, **stamp),
        "turn": lambda: care.Turn(**stamp),
        "died": lambda: care.NotePerson(
            person_id=ZHAO, covered=False, township=TOWNSHIP, village=VILLAGE, ends_on=today, **stamp
        ),
    }[name]()


@settings(max_examples=150, deadline=None)
@given(STEPS, st.sampled_from((4, 0, 4, 3, 4, 1, 4, 2)))
def test_at_every_moment_at_most_one_agreement_runs_and_none_is_replaced_unordered(
    steps: list[tuple[str, int, int, int]], begun: int
):
    state, now = None, at("2024-10-20", "12:00")
    commands = list[care.Command](BEFORE[:begun])
    for number, (name, wait, first, long) in enumerate(steps):
        now += timedelta(days=wait)
        commands.append(_command(name, now, first, long, number))
    for command in commands:
        try:
            events = care.decide(command, state, known_care)
        except Rejected:
            continue
        for event in events:
            if isinstance(event, care.Signed) and event.replaces:
                assert state is not None
                assert state.order is not None
                assert state.failed
            state = care.evolve(state, event)
        if state is not None:
            assert state.running is (state.running_on(business_day(command.at)) is not None)
            days = sorted((one.terms.from_day, one.last) for one in state.agreements if one.last >= one.terms.from_day)
            assert all(before[1] < after[0] for before, after in pairwise(days))
