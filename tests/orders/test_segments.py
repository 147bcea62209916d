"""A plan's month in segments: cut where a tariff would look twice, covering exactly the plan's days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.orders.domain.days import completed_years, first_day, last_day
from services.orders.domain.segments import Assigned, Life, Segment, payees_of, segments
from services.orders.domain.status import Status, Stay, with_status, with_stay
from tests.orders.examples import BORN, OTHER_PROVIDER, PROVIDER, always_half, day, life

served = replace(life, assigned=(Assigned(provider=PROVIDER, from_day=day("2024-10-01")),))


def taken_over(from_day: str) -> Life:
    """Another provider serves from a day on."""
    return replace(served, assigned=(*served.assigned, Assigned(provider=OTHER_PROVIDER, from_day=day(from_day))))


def spans(cut: tuple[Segment, ...]) -> list[tuple[int, int]]:
    """First and last day of the month of each segment."""
    return [(segment.first.day, segment.last.day) for segment in cut]


def test_an_undisturbed_month_is_one_segment():
    november = segments(served, "2024-11", PROVIDER)
    assert spans(november) == [(1, 30)]
    assert november[0].assigned
    assert november[0].age == 84


def test_a_birthday_cuts():
    october = segments(served, "2024-10", PROVIDER)
    assert spans(october) == [(1, 15), (16, 31)]
    assert [segment.age for segment in october] == [83, 84]


def test_a_change_of_tier_cuts_on_its_day():
    full = Status(from_day=day("2024-11-11"), tier="full", categories=("destitute_dispersed",))
    november = segments(replace(served, statuses=(always_half, full)), "2024-11", PROVIDER)
    assert spans(november) == [(1, 10), (11, 30)]
    assert [segment.tier for segment in november] == ["half", "full"]


def test_a_change_of_categories_cuts_on_its_day():
    dibao = Status(from_day=day("2024-11-02"), tier="half", categories=("dibao",))
    november = segments(replace(served, statuses=(always_half, dibao)), "2024-11", PROVIDER)
    assert [segment.categories for segment in november] == [("destitute_dispersed",), ("dibao",)]


def test_a_status_that_changes_nothing_does_not_cut():
    same = replace(always_half, from_day=day("2024-11-11"))
    assert spans(segments(replace(served, statuses=(always_half, same)), "2024-11", PROVIDER)) == [(1, 30)]


def test_a_change_of_provider_cuts_and_each_day_has_one():
    handed_over = replace(
        served, assigned=(*served.assigned, Assigned(provider=OTHER_PROVIDER, from_day=day("2024-11-21")))
    )
    first, second = (segments(handed_over, "2024-11", payee) for payee in (PROVIDER, OTHER_PROVIDER))
    assert spans(first) == spans(second) == [(1, 20), (21, 30)]
    assert [segment.assigned for segment in first] == [True, False]
    assert [segment.assigned for segment in second] == [False, True]


def test_days_in_hospital_run_from_admission_to_the_day_before_discharge():
    stay = Stay(day("2024-11-05"), day("2024-11-09"))
    november = segments(replace(served, stays=(stay,)), "2024-11", PROVIDER)
    assert spans(november) == [(1, 4), (5, 8), (9, 30)]
    assert [segment.hospital for segment in november] == [False, True, False]


def test_in_and_out_on_one_day_is_a_day_in_hospital():
    stay = Stay(day("2024-11-05"), day("2024-11-05"))
    assert spans(segments(replace(served, stays=(stay,)), "2024-11", PROVIDER)) == [(1, 4), (5, 5), (6, 30)]


def test_a_stay_without_discharge_goes_on():
    november = segments(replace(served, stays=(Stay(day("2024-10-20"), None),)), "2024-11", PROVIDER)
    assert spans(november) == [(1, 30)]
    assert november[0].hospital


def test_the_day_of_death_is_the_last_day():
    assert spans(segments(replace(served, died_on=day("2024-11-12")), "2024-11", PROVIDER)) == [(1, 12)]


def test_a_month_after_death_has_no_days():
    assert segments(replace(served, died_on=day("2024-11-12")), "2024-12", PROVIDER) == ()


def test_a_plan_that_begins_on_the_11th_has_21_days_of_october():
    begun = replace(served, begins_on=day("2024-10-11"), born=date(1940, 1, 1))
    october = segments(begun, "2024-10", PROVIDER)
    assert [(segment.first, segment.last) for segment in october] == [(day("2024-10-11"), day("2024-10-31"))]


def test_who_took_over_on_the_first_day_is_the_only_payee():
    handed_over = replace(
        served, assigned=(*served.assigned, Assigned(provider=OTHER_PROVIDER, from_day=day("2024-11-01")))
    )
    assert payees_of(handed_over, "2024-11") == (OTHER_PROVIDER,)


def test_who_was_displaced_on_the_same_day_is_still_told_of():
    both = (
        Assigned(provider=PROVIDER, from_day=day("2024-11-03")),
        Assigned(provider=OTHER_PROVIDER, from_day=day("2024-11-03")),
    )
    assert payees_of(replace(life, assigned=both), "2024-11") == (PROVIDER, OTHER_PROVIDER)


days = st.dates(date(2024, 8, 1), date(2025, 2, 28))
tiers = st.sampled_from(["able", "half", "full"])
categories = st.sets(st.sampled_from(["dibao", "destitute_dispersed", "needy_elderly"])).map(
    lambda some: tuple(sorted(some))
)


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """Any life of a plan around the winter of 2024."""
    statuses: tuple[Status, ...] = (Status(from_day=date.min, tier=draw(tiers), categories=draw(categories)),)
    for _ in range(draw(st.integers(0, 4))):
        statuses = with_status(statuses, Status(from_day=draw(days), tier=draw(tiers), categories=draw(categories)))
    stays: tuple[Stay, ...] = ()
    for _ in range(draw(st.integers(0, 3))):
        admitted = draw(days)
        discharged = draw(st.none() | st.integers(0, 40).map(lambda n, admitted=admitted: admitted + timedelta(days=n)))
        stays = with_stay(stays, Stay(admitted, discharged))
    spells = sorted(draw(st.lists(days, max_size=4)))
    payees = [draw(st.sampled_from([PROVIDER, OTHER_PROVIDER])) for _ in spells]
    return Life(
        born=draw(st.dates(date(1930, 1, 1), date(1950, 12, 31))),
        statuses=statuses,
        stays=stays,
        died_on=draw(st.none() | days),
        begins_on=draw(days),
        ends_on=draw(st.none() | days),
        assigned=tuple(Assigned(provider=payee, from_day=start) for payee, start in zip(payees, spells, strict=True)),
    )


def plan_days(life: Life, month: str) -> set[date]:
    """The plan's days in the month, one by one."""
    every = [first_day(month) + timedelta(days=n) for n in range(last_day(month).day)]
    return {
        one
        for one in every
        if life.begins_on <= one
        and (life.ends_on is None or one <= life.ends_on)
        and (life.died_on is None or one <= life.died_on)
    }


def covered(cut: tuple[Segment, ...]) -> list[date]:
    """Every day of every segment."""
    return [one.first + timedelta(days=n) for one in cut for n in range((one.last - one.first).days + 1)]


months = st.sampled_from(["2024-09", "2024-10", "2024-11", "2024-12", "2025-01", "2025-02"])


@given(lives(), months)
def test_segments_never_overlap_and_cover_exactly_the_plans_days(life: Life, month: str):
    told = covered(segments(life, month, PROVIDER))
    assert len(told) == len(set(told))
    assert set(told) == plan_days(life, month)


@given(lives(), months)
def test_every_day_of_a_segment_is_what_the_segment_says(life: Life, month: str):
    for segment in segments(life, month, PROVIDER):
        for one in covered((segment,)):
            status = max((status for status in life.statuses if status.from_day <= one), key=lambda s: s.from_day)
            serving = [spell.provider for spell in life.assigned if spell.from_day <= one][-1:]
            assert (segment.tier, segment.categories) == (status.tier, status.categories)
            assert segment.age == completed_years(life.born, one)
            assert segment.assigned == (serving == [PROVIDER])
            assert segment.hospital == any(stay.admitted <= one <= stay.last for stay in life.stays)


@given(lives(), months)
def test_a_day_has_at_most_one_assigned_payee_and_all_payees_have_the_same_cuts(life: Life, month: str):
    one, other = (segments(life, month, payee) for payee in (PROVIDER, OTHER_PROVIDER))
    days_of = [{d for s in told if s.assigned for d in covered((s,))} for told in (one, other)]
    assert not days_of[0] & days_of[1]
    assert {payee for payee, theirs in zip((PROVIDER, OTHER_PROVIDER), days_of, strict=True) if theirs} <= set(
        payees_of(life, month)
    )


def test_the_example_is_84_on_his_birthday():
    assert completed_years(BORN, date(2024, 10, 16)) == 84
