"""What a visit is proved with, how late it may come, and how it is mended; a technical fault never makes it red."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.providers.domain import visit
from services.providers.domain.visit.facts import complete, facts
from tests.providers.examples import BAIXIN, hours
from tests.providers.visiting import (
    A_VISIT,
    AFTER,
    AROUND,
    BEFORE,
    ENDED,
    POLICY,
    REGISTER,
    REPORT,
    RETURN,
    STARTS,
    SUPPLEMENT,
    TOLERANCE,
    TRIES,
    goods,
    noticed,
    photo,
)

COMPLETED = A_VISIT.when(REPORT, known=AROUND).events[0]
TAKEN = A_VISIT.given(COMPLETED)


def test_a_visit_with_its_proof_has_no_exceptions() -> None:
    assert noticed(REPORT) == []


def test_too_few_photos_are_amber_by_item() -> None:
    assert noticed(replace(REPORT, evidence=(AFTER,))) == [("photos_missing", "amber")]
    assert noticed(replace(REPORT, item="errands", evidence=(AFTER,))) == []


def test_photos_without_a_kind_count_too() -> None:
    assert noticed(replace(REPORT, evidence=(AFTER,), photos=("f" * 64,))) == []


def test_a_photo_from_another_time_is_amber() -> None:
    earlier = photo(4, "before", STARTS - TOLERANCE - timedelta(seconds=1))
    assert noticed(replace(REPORT, evidence=(earlier, AFTER))) == [("photo_out_of_time", "amber")]


def test_a_record_on_paper_names_its_line_of_the_register() -> None:
    paper = replace(REPORT, source="paper")
    assert noticed(paper) == [("register_line_missing", "amber")]
    assert noticed(replace(paper, register_line="2026-11/17")) == []


def test_bread_is_counted_to_the_bag() -> None:
    assert noticed(goods(REPORT, 2, bag=2)) == []
    assert noticed(goods(REPORT, 2, bag=1)) == [("goods_short", "red")]
    assert noticed(goods(REPORT, 2, bag=3)) == [("goods_more", "amber")]
    assert noticed(goods(REPORT, 2)) == [("goods_untold", "amber")]


def test_goods_without_a_receipt_are_amber() -> None:
    unsigned = replace(goods(REPORT, 2, bag=2), evidence=(BEFORE, AFTER))
    assert noticed(unsigned) == [("receipt_missing", "amber")]


def test_a_wrong_code_is_amber_and_the_visit_is_taken() -> None:
    assert noticed(replace(REPORT, code_fits=())) == [("code_wrong", "amber")]
    assert noticed(replace(REPORT, code_fits=(2,))) == [("code_wrong", "amber")]
    assert noticed(replace(REPORT, code_given=False, code_fits=())) == [("code_missing", "amber")]


def test_after_the_last_try_the_right_code_counts_no_more() -> None:
    assert noticed(REPORT, replace(AROUND, wrong_tries=TRIES - 1)) == []
    assert noticed(REPORT, replace(AROUND, wrong_tries=TRIES)) == [("code_wrong", "amber")]


def test_a_code_given_at_the_door_need_not_be_given_again() -> None:
    assert noticed(replace(REPORT, code_given=False, code_fits=()), replace(AROUND, code_right=True)) == []


def test_a_code_that_comes_after_the_report_lifts_what_was_noticed() -> None:
    without = A_VISIT.when(replace(REPORT, code_given=False, code_fits=()), known=AROUND)
    confirmed = without.when(visit.ConfirmCode(at=ENDED + hours(2)))
    assert (confirmed.state.code, confirmed.state.exceptions) == ("right", ())
    confirmed.when(visit.ConfirmCode(at=ENDED + hours(3))).then()


def test_a_wrong_clock_is_set_right_and_told() -> None:
    ahead = hours(26)
    report = replace(
        REPORT, started_at=STARTS + ahead, ended_at=ENDED + ahead, device_now=REPORT.at + ahead, source="offline"
    )
    (completed,) = A_VISIT.when(report, known=AROUND).events
    assert (completed.started_at, completed.ended_at) == (STARTS, ENDED)
    assert completed.skew_seconds == -26 * 3600
    assert [one.code for one in completed.exceptions] == ["clock_skewed"]


def test_a_message_that_takes_a_minute_is_no_wrong_clock() -> None:
    assert noticed(replace(REPORT, device_now=REPORT.at - timedelta(seconds=60))) == []


def test_a_place_made_up_by_the_device_is_amber_and_no_fact() -> None:
    assert noticed(replace(REPORT, mock_location=True)) == [("place_doubtful", "amber")]
    assert not complete(A_VISIT.when(replace(REPORT, mock_location=True), known=AROUND).state)


def test_a_visit_off_its_appointment_is_amber() -> None:
    assert noticed(REPORT, replace(AROUND, scheduled_for=STARTS - TOLERANCE)) == []
    late = replace(AROUND, scheduled_for=STARTS - TOLERANCE - timedelta(seconds=1))
    assert noticed(REPORT, late) == [("off_schedule", "amber")]


def test_a_late_report_says_how_late() -> None:
    (completed,) = A_VISIT.when(replace(REPORT, at=ENDED + hours(50)), known=AROUND).events
    assert completed.reported_after_minutes == 3000
    assert [one.code for one in completed.exceptions] == ["reported_late"]


def test_what_is_older_than_the_longest_days_needs_somebody_who_answers() -> None:
    limit = timedelta(days=POLICY.visits.longest_days_late or 0)
    old = replace(REPORT, at=ENDED + limit + timedelta(seconds=1))
    A_VISIT.when(old, known=AROUND).rejected("visit.too_old", longest_days=limit.days)
    assert noticed(replace(REPORT, at=ENDED + limit)) == [("reported_late", "amber")]
    (completed,) = A_VISIT.when(replace(old, confirmed_by="li"), known=AROUND).events
    assert completed.confirmed_by == "li"


def test_all_six_facts_have_a_source() -> None:
    told = facts(TAKEN.when(RETURN).state)
    assert [one.fact for one in told] == ["who", "whom", "what", "where", "from", "to"]
    assert {one.source for one in told} == {"app", "order"}
    assert complete(TAKEN.when(RETURN).state)


def test_a_visit_without_a_place_has_five_facts() -> None:
    state = A_VISIT.when(replace(REPORT, place=None), known=AROUND).state
    assert [one.fact for one in facts(state) if not one.complete] == ["where"]


def test_a_visit_that_clashes_is_marked_whichever_came_first() -> None:
    note = visit.NoteClash(code="overlap_worker", at=ENDED + hours(5))
    TAKEN.when(note).then(visit.ExceptionAdded(code="overlap_worker", colour="red", at=note.at))
    TAKEN.when(note).when(note).then()


def test_proof_is_added_and_what_it_lifts_is_lifted() -> None:
    bare = A_VISIT.when(replace(REPORT, source="paper", evidence=(AFTER,)), known=AROUND)
    assert {one.code for one in bare.state.exceptions} == {"photos_missing", "register_line_missing"}
    mended = bare.when(replace(SUPPLEMENT, register_line="2026-11/17"), known=AROUND)
    assert mended.state.exceptions == ()
    assert (mended.state.register_line, mended.state.photos) == ("2026-11/17", (AFTER.sha256, REGISTER.sha256))


def test_times_stand_until_the_visit_is_sent_back() -> None:
    times = replace(SUPPLEMENT, started_at=STARTS - hours(1))
    TAKEN.when(times, known=AROUND).rejected("visit.times_stand")
    mended = TAKEN.when(RETURN).when(times, known=AROUND)
    assert (mended.state.started_at, mended.state.minutes, mended.state.returned) == (STARTS - hours(1), 105, False)
    assert mended.state.supplements[0].started_at == STARTS
    assert mended.state.first.started_at == STARTS


def test_what_was_red_stays_red() -> None:
    red = A_VISIT.when(REPORT, known=replace(AROUND, photo_reused=True))
    mended = red.when(RETURN).when(SUPPLEMENT, known=AROUND)
    assert [(one.code, one.colour) for one in mended.state.exceptions] == [("photo_reused", "red")]


def test_nothing_added_is_refused_and_the_same_again_is_a_repetition() -> None:
    nothing = replace(SUPPLEMENT, evidence=())
    TAKEN.when(nothing, known=AROUND).rejected("visit.nothing_supplemented")
    TAKEN.when(SUPPLEMENT, known=AROUND).when(SUPPLEMENT, known=AROUND).then()


def test_nobody_else_mends_a_visit() -> None:
    TAKEN.when(replace(SUPPLEMENT, provider=BAIXIN), known=AROUND).rejected("visit.unknown")
    A_VISIT.when(SUPPLEMENT, known=AROUND).rejected("visit.unknown")


TECHNICAL = st.fixed_dictionaries(
    {
        "place": st.sampled_from([None, REPORT.place]),
        "code_given": st.booleans(),
        "code_fits": st.sampled_from([(), (1,), (2,)]),
        "source": st.sampled_from(["app", "offline", "paper"]),
        "evidence": st.sampled_from([(), (BEFORE,), (BEFORE, AFTER)]),
        "mock_location": st.booleans(),
        "no_signal": st.booleans(),
        "at": st.integers(0, 7 * 24).map(lambda late: ENDED + hours(late)),
        "device_now": st.none() | st.integers(-3000, 3000).map(lambda minutes: ENDED + timedelta(minutes=minutes)),
    }
)


@settings(max_examples=150, deadline=None)
@given(TECHNICAL)
def test_no_technical_fault_is_red(fault: dict[str, object]) -> None:
    report = replace(REPORT, **fault)  # type: ignore[arg-type]
    if report.device_now is not None:
        behind = visit.device.skew(report.device_now, report.at)
        report = replace(report, started_at=report.started_at - behind, ended_at=report.ended_at - behind)
    assert all(colour == "amber" for _, colour in noticed(report))


@pytest.mark.parametrize("units", [1, 2, 3])
@settings(max_examples=60, deadline=None)
@given(counts=st.lists(st.integers(0, 4), max_size=4))
def test_goods_are_short_exactly_where_less_was_handed_over(units: int, counts: list[int]) -> None:
    given_goods = tuple(visit.Good(code="bag", count=count) for count in counts)
    report = replace(goods(REPORT, units), goods=given_goods)
    codes = {code for code, _ in noticed(report)}
    assert ("goods_short" in codes) == (bool(counts) and sum(counts) < units)
    assert ("goods_more" in codes) == (sum(counts) > units)
