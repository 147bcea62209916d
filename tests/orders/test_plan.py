"""Plans: orders month by month, one assigned provider a day, every month told again when it reads differently."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chassis.testing import Specification
from services.orders.domain import plan
from services.orders.domain.counting import Bundle, required
from services.orders.domain.planned import Planned, slots
from services.orders.domain.segments import Segment
from services.orders.domain.status import Status
from tests.orders.examples import (
    NINGJIN,
    OTHER_PROVIDER,
    PROVIDER,
    ZHAO,
    always_half,
    assigned,
    at,
    cleaning,
    day,
    drawn,
    life,
    noticed,
    started,
)

KNOWN = plan.Known(policies=(NINGJIN,))
a_plan = Specification(plan.decider)
running = a_plan.given(drawn, started)
open_october = plan.OpenMonth(month="2024-10", at=at("2024-10-01", "00:00"))
count_october = plan.CountMonth(month="2024-10", at=at("2024-10-02"))
october_opened = running.when(open_october, KNOWN).events[0]


def windows(opened: plan.MonthOpened) -> list[tuple[int, int]]:
    """First and last day of each order's window."""
    return [(opening.window_from.day, opening.window_to.day) for opening in opened.orders]


def test_starts_on_a_day():
    start = plan.Start(from_day=day("2024-10-01"), at=at("2024-09-20"))
    a_plan.given(drawn, noticed).when(start, KNOWN).then(started)


def test_does_not_start_twice():
    again = plan.Start(from_day=day("2024-10-01"), at=at("2024-09-21"))
    running.when(again, KNOWN).then()
    running.when(replace(again, from_day=day("2024-11-01")), KNOWN).rejected("plan.already_started")


@pytest.mark.parametrize("from_day", ["2023-08-31", "2025-10-01", "9999-12-31"])
def test_does_not_start_more_than_a_year_away(from_day: str):
    far = plan.Start(from_day=day(from_day), at=at("2024-09-20"))
    a_plan.given(drawn, noticed).when(far, KNOWN).rejected("plan.starts_too_far_away")


def test_opens_a_weekly_item_for_each_week_of_the_month():
    assert windows(october_opened) == [(1, 7), (8, 14), (15, 21), (22, 31)]


def test_opens_a_month_once():
    running.when(open_october, KNOWN).when(open_october, KNOWN).then()


def test_opens_months_in_order():
    running.when(plan.OpenMonth(month="2024-11", at=at("2024-11-01")), KNOWN).then()


def test_names_orders_so_that_a_replay_names_them_alike():
    assert running.when(open_october, KNOWN).events[0].orders == october_opened.orders


def test_begun_in_the_middle_opens_the_slots_that_end_later():
    begun = a_plan.given(drawn, replace(started, from_day=day("2024-10-11")))
    assert windows(begun.when(open_october, KNOWN).events[0]) == [(11, 14), (15, 21), (22, 31)]


def test_begun_after_the_last_slot_opens_nothing_in_that_month():
    begun = a_plan.given(drawn, replace(started, from_day=day("2024-10-30")))
    assert windows(begun.when(open_october, KNOWN).events[0]) == []


def test_asks_the_assigned_provider_first():
    opened = a_plan.given(drawn, started, assigned).when(open_october, KNOWN).events[0]
    assert opened.provider == PROVIDER


def test_opens_goods_only_while_their_programme_lasts():
    bread = Planned(item="bread", kind="goods", times_per_month=1, units=2)
    two_years = a_plan.given(replace(drawn, items=(bread,)), replace(started, from_day=day("2024-12-01")))
    december = two_years.when(plan.OpenMonth(month="2024-12", at=at("2024-12-01")), KNOWN)
    assert [(opening.kind, opening.units) for opening in december.events[0].orders] == [("goods", 2)]
    january = december.when(plan.OpenMonth(month="2025-01", at=at("2025-01-01")), KNOWN)
    assert january.events[0].orders == ()


def test_is_served_by_who_took_an_order_from_the_day_of_the_match():
    running.when(plan.AssignProvider(provider=PROVIDER, at=at("2024-10-02")), KNOWN).then(assigned)


def test_is_served_from_its_first_day_at_the_earliest():
    early = running.when(plan.AssignProvider(provider=PROVIDER, at=at("2024-09-28")), KNOWN)
    early.then(plan.ProviderAssigned(provider=PROVIDER, from_day=day("2024-10-01"), at=at("2024-09-28")))


def test_keeps_the_provider_it_has():
    again = plan.AssignProvider(provider=PROVIDER, at=at("2024-10-08"))
    a_plan.given(drawn, started, assigned).when(again, KNOWN).then()


def test_tells_its_month_for_the_assigned_provider():
    # He turns 84 on 16 October, and the provider begins on the 2nd.
    counted = a_plan.given(drawn, started, assigned).when(count_october, KNOWN).events[0]
    tier, categories = "half", ("destitute_dispersed",)

    def span(first: str, last: str, age: int, assigned: bool) -> Segment:
        return Segment(
            first=day(first),
            last=day(last),
            tier=tier,
            categories=categories,
            age=age,
            assigned=assigned,
            hospital=False,
        )

    assert counted.purchaser == "130528"
    assert counted.changed == (PROVIDER,)
    assert counted.bundles[0].days == (
        span("2024-10-01", "2024-10-01", 83, False),
        span("2024-10-02", "2024-10-15", 83, True),
        span("2024-10-16", "2024-10-31", 84, True),
    )


def test_without_a_provider_has_nothing_to_tell():
    running.when(count_october, KNOWN).then()


def test_tells_a_month_once():
    counted = a_plan.given(drawn, started, assigned).when(count_october, KNOWN)
    counted.when(count_october, KNOWN).then()


def test_tells_a_month_again_when_the_person_changes():
    full = Status(from_day=day("2024-10-21"), tier="full", categories=("destitute_dispersed",))
    noted = plan.PersonNoted(statuses=(always_half, full), stays=(), died_on=None, at=at("2024-11-05"))
    counted = a_plan.given(drawn, started, assigned).when(count_october, KNOWN).events[0]
    again = a_plan.given(drawn, started, assigned, counted, noted).when(count_october, KNOWN).events[0]
    assert [segment.tier for segment in again.bundles[0].days] == ["half", "half", "half", "full"]


def test_tells_whoever_was_told_before_that_nothing_is_left():
    counted = a_plan.given(drawn, started, assigned).when(count_october, KNOWN).events[0]
    noted = plan.PersonNoted(statuses=(always_half,), stays=(), died_on=day("2024-09-30"), at=at("2024-11-05"))
    again = a_plan.given(drawn, started, assigned, counted, noted).when(count_october, KNOWN).events[0]
    assert again.bundles == (Bundle(payee=PROVIDER, days=(), required=()),)


def test_tells_anew_only_whom_it_concerns():
    handed_over = plan.ProviderAssigned(provider=OTHER_PROVIDER, from_day=day("2024-11-01"), at=at("2024-11-01"))
    counted = a_plan.given(drawn, started, assigned).when(count_october, KNOWN).events[0]
    a_plan.given(drawn, started, assigned, counted, handed_over).when(count_october, KNOWN).then()
    november = a_plan.given(drawn, started, assigned, counted, handed_over).when(
        plan.CountMonth(month="2024-11", at=at("2024-11-01")), KNOWN
    )
    assert november.events[0].changed == (OTHER_PROVIDER,)


def test_stops_only_after_hearing_and_notice():
    stop = plan.Stop(
        last_day=day("2024-12-31"), reason_code="able_again", heard_on=None, notified_on=None, at=at("2024-12-20")
    )
    running.when(stop, KNOWN).rejected("plan.stop_needs_hearing_and_notice")
    late = replace(stop, heard_on=day("2024-12-18"), notified_on=day("2024-12-17"))
    running.when(late, KNOWN).rejected("plan.stop_needs_hearing_and_notice")
    proper = replace(stop, heard_on=day("2024-12-10"), notified_on=day("2024-12-17"))
    assert running.when(proper, KNOWN).state.stopped


def test_stops_without_a_hearing_when_the_person_moves_away():
    stop = plan.Stop(
        last_day=day("2024-12-31"), reason_code="moved_away", heard_on=None, notified_on=None, at=at("2024-12-20")
    )
    assert running.when(stop, KNOWN).state.stopped


def test_posts_its_notice_once_and_not_tomorrow():
    post = plan.PostNotice(posted_on=day("2024-09-10"), role="township", at=at("2024-09-10"))
    posted = plan.NoticePosted(posted_on=day("2024-09-10"), role="township", at=at("2024-09-10"))
    a_plan.given(drawn).when(post, KNOWN).then(posted)
    a_plan.given(drawn, posted).when(post, KNOWN).then()
    tomorrow = replace(post, posted_on=day("2024-09-11"))
    a_plan.given(drawn).when(tomorrow, KNOWN).rejected("plan.notice_in_the_future")


def test_is_widened_once_by_a_need():
    errands = Planned(item="errands", kind="purchase", times_per_month=1, units=1)
    widen = plan.Widen(need_id=ZHAO, items=(errands,), at=at("2024-10-05"))
    wider = running.when(widen, KNOWN)
    assert wider.state.items == (cleaning, errands)
    wider.when(widen, KNOWN).then()


def test_requires_less_of_what_it_gives_less_often_than_usual():
    # Ningjin's template for partly unable people: 4 cleanings, 4 meals, 2 baths …; this plan gives cleaning alone.
    less = dict(required(life, "2024-11", {"home_cleaning": 4}, {}, NINGJIN))
    assert "home_cleaning" not in less
    assert less["meal_help"] == 0
    twice = dict(required(life, "2024-11", {"home_cleaning": 2}, {}, NINGJIN))
    assert twice["home_cleaning"] == 2


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        (1, [(1, 30, 30)]),
        (2, [(1, 15, 15), (16, 30, 30)]),
        (4, [(1, 7, 7), (8, 14, 14), (15, 21, 21), (22, 30, 28)]),
        (3, [(1, 10, 10), (11, 20, 20), (21, 30, 30)]),
    ],
)
def test_times_a_month_fall_into_slots(times: int, expected: list[tuple[int, int, int]]):
    made = [(slot.first.day, slot.last.day, slot.counted_on.day) for slot in slots("2024-11", times)]
    assert made == expected
