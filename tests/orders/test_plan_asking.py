"""What opens is what the items of each day ask: slots, suspensions, homes, changes, whatever day they are told on."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.kernel import Rejected
from chassis.testing import Specification
from services.orders.domain import plan
from services.orders.domain.days import ONE_DAY, first_day, last_day
from services.orders.domain.place import Home
from services.orders.domain.plan.asking import asked
from services.orders.domain.planned import Per, Planned, slots_of
from tests.orders.examples import (
    NINGJIN,
    OTHER_PROVIDER,
    PROVIDER,
    TOWNSHIP,
    VILLAGE,
    assigned,
    at,
    cleaning,
    day,
    drawn,
    noticed,
    started,
)

KNOWN = plan.Known(policies=(NINGJIN,))
a_plan = Specification(plan.decider)
running = a_plan.given(drawn, noticed, started)
october = running.when(plan.OpenMonth(month="2024-10", at=at("2024-10-01", "00:00")), KNOWN)
adjust = plan.Adjust(reason_code="changed", at=at("2024-10-09"))
PERS: tuple[Per, ...] = ("month", "week", "half_month", "half_year", "as_needed")


def item(per: Per, times: int, name: str = "home_cleaning") -> Planned:
    return Planned(item=name, kind="purchase", times_per_month=0, units=1, per=per, times=times)


def windows(planned: Planned, month: str) -> list[tuple[int, int, int]]:
    made = slots_of(planned, month, (4, 10))
    return [(slot.first.day, slot.last.day, slot.counted_on.day) for slot in made]


def open_now(spec: Specification) -> list[tuple[int, int]]:
    """The windows of orders that are open after everything so far."""
    windows: dict[UUID, tuple[int, int]] = {}
    for event in [*spec._history, *spec.events]:
        if isinstance(event, plan.MonthChanged):
            for order_id in event.taken_back:
                del windows[order_id]
        if isinstance(event, plan.MonthOpened | plan.MonthChanged):
            opened = event.orders if isinstance(event, plan.MonthOpened) else event.opened
            windows |= {one.order_id: (one.window_from.day, one.window_to.day) for one in opened}
    return sorted(windows.values())


@pytest.mark.parametrize(
    ("planned", "month", "expected"),
    [
        (item("week", 1), "2024-11", [(1, 7, 7), (8, 14, 14), (15, 21, 21), (22, 30, 28)]),
        (item("half_month", 1), "2024-11", [(1, 15, 15), (16, 30, 30)]),
        (item("half_month", 2), "2024-11", [(1, 7, 7), (8, 15, 15), (16, 22, 22), (23, 30, 30)]),
        (item("month", 1), "2024-11", [(1, 30, 30)]),
        (item("half_year", 1), "2024-10", [(1, 31, 31)]),
        (item("half_year", 1), "2024-11", []),
        (item("as_needed", 1), "2024-10", []),
        (cleaning, "2024-11", [(1, 7, 7), (8, 14, 14), (15, 21, 21), (22, 30, 28)]),
    ],
)
def test_an_item_has_the_slots_of_its_period(planned: Planned, month: str, expected: list[tuple[int, int, int]]):
    assert windows(planned, month) == expected


@given(per=st.sampled_from(PERS), times=st.integers(1, 7), year=st.integers(2024, 2027))
@settings(max_examples=40)
def test_a_year_has_each_slot_once_and_none_overlaps(per: Per, times: int, year: int):
    made = [slot for month in range(1, 13) for slot in slots_of(item(per, times), f"{year}-{month:02}", (4, 10))]
    usual = {"month": 12, "week": 48, "half_month": 24, "half_year": 2, "as_needed": 0}
    assert len(made) == usual[per] * times
    assert all(slot.first <= slot.counted_on <= slot.last for slot in made)
    assert all(before.last < after.first for before, after in itertools.pairwise(made))


def test_a_suspension_takes_back_what_ends_in_it_and_a_resumption_asks_again():
    suspended = october.when(
        plan.Suspend(from_day=day("2024-10-12"), to_day=day("2024-10-22"), reason="hospital", at=at("2024-10-09")),
        KNOWN,
    ).when(adjust, KNOWN)
    assert open_now(suspended) == [(1, 7), (22, 31)]
    resumed = suspended.when(plan.Resume(from_day=day("2024-10-20"), at=at("2024-10-19")), KNOWN).when(
        replace(adjust, at=at("2024-10-19")), KNOWN
    )
    assert open_now(resumed) == [(1, 7), (15, 21), (22, 31)]
    [again] = resumed.events[0].opened
    assert again.order_id not in {opening.order_id for opening in october.events[0].orders}


def test_a_suspended_month_opens_without_the_suspended_days():
    rests = plan.Suspended(from_day=day("2024-10-03"), to_day=None, reason="away", at=at("2024-09-25"))
    opened = a_plan.given(drawn, noticed, started, rests).when(
        plan.OpenMonth(month="2024-10", at=at("2024-10-01")), KNOWN
    )
    assert open_now(opened) == []


def test_a_suspension_before_the_last_month_or_over_another_is_refused():
    rest = plan.Suspend(from_day=day("2024-10-12"), to_day=day("2024-10-22"), reason="away", at=at("2024-10-09"))
    october.when(replace(rest, from_day=day("2024-08-31")), KNOWN).rejected("plan.suspension_wrong")
    october.when(rest, KNOWN).when(replace(rest, to_day=None), KNOWN).rejected("plan.suspension_wrong")
    october.when(rest, KNOWN).when(rest, KNOWN).then()


def test_a_move_opens_later_orders_at_the_new_place():
    homes = (
        Home(from_day=day("0001-01-01"), township=TOWNSHIP, village=VILLAGE),
        Home(from_day=day("2024-10-12"), township="130528101", village="130528101202"),
    )
    noted = plan.NoteHomes(homes=homes, township=TOWNSHIP, village=VILLAGE, at=at("2024-10-09"))
    [changed] = october.when(noted, KNOWN).when(adjust, KNOWN).events
    assert [(one.window_from.day, one.window_to.day, one.village) for one in changed.opened] == [
        (12, 14, "130528101202"),
        (15, 21, "130528101202"),
        (22, 31, "130528101202"),
    ]
    assert len(changed.taken_back) == 3


def test_a_slot_that_is_served_already_is_not_asked_for_again_after_a_move():
    homes = (
        Home(from_day=day("0001-01-01"), township=TOWNSHIP, village=VILLAGE),
        Home(from_day=day("2024-10-12"), township="130528101", village="130528101202"),
    )
    noted = plan.NoteHomes(homes=homes, township=TOWNSHIP, village=VILLAGE, at=at("2024-10-09"))
    second = october.events[0].orders[1].order_id
    known = replace(KNOWN, served=frozenset({second}))
    [changed] = october.when(noted, known).when(adjust, known).events
    assert [one.window_from.day for one in changed.opened] == [15, 22]
    assert second not in changed.taken_back


def test_a_month_with_a_move_is_told_where_each_payee_last_served():
    homes = (
        Home(from_day=day("0001-01-01"), township=TOWNSHIP, village=VILLAGE),
        Home(from_day=day("2024-10-12"), township="130528101", village="130528101202"),
    )
    moved = plan.HomesNoted(homes=homes, township="130528101", village="130528101202", at=at("2024-10-12"))
    over = plan.ProviderAssigned(provider=OTHER_PROVIDER, from_day=day("2024-10-12"), at=at("2024-10-12"))
    count = plan.CountMonth(month="2024-10", at=at("2024-10-13"))
    counted = a_plan.given(drawn, noticed, started, assigned, moved, over).when(count, KNOWN).events[0]
    assert {bundle.payee: bundle.township for bundle in counted.bundles} == {
        PROVIDER: "",
        OTHER_PROVIDER: "130528101",
    }


TAKES = plan.AssignProvider(provider=OTHER_PROVIDER, at=at("2024-10-10"), first_day=day("2024-10-15"))
"""Another provider takes, on the 10th, an order that may be served from the 15th on."""


def days_of(told: Specification) -> dict[UUID, list[tuple[int, int]]]:
    """By payee, the days of October on which it serves."""
    counted = told.when(plan.CountMonth(month="2024-10", at=at("2024-10-11")), KNOWN).events[0]
    return {
        bundle.payee: [(part.first.day, part.last.day) for part in bundle.days if part.assigned]
        for bundle in counted.bundles
    }


def test_who_takes_over_does_so_from_the_first_day_of_the_order_it_takes():
    told = a_plan.given(drawn, noticed, started, assigned).when(TAKES, KNOWN)
    told.then(plan.ProviderAssigned(provider=OTHER_PROVIDER, from_day=day("2024-10-15"), at=TAKES.at))
    assert (days_of(told)[PROVIDER][-1][1], days_of(told)[OTHER_PROVIDER][0][0]) == (14, 15)


def test_taking_a_later_order_first_does_not_put_the_takeover_off():
    later = replace(TAKES, first_day=day("2024-10-22"))
    told = a_plan.given(drawn, noticed, started, assigned).when(later, KNOWN).when(TAKES, KNOWN)
    assert days_of(told)[OTHER_PROVIDER][0][0] == 15
    told.when(later, KNOWN).then()


def test_who_still_serves_stays_until_the_takeover():
    stays = replace(TAKES, provider=PROVIDER, first_day=day("2024-10-08"))
    a_plan.given(drawn, noticed, started, assigned).when(TAKES, KNOWN).when(stays, KNOWN).then()


def test_a_month_whose_orders_were_all_taken_back_is_asked_for_again_though_the_next_has_opened():
    november = october.when(plan.OpenMonth(month="2024-11", at=at("2024-10-01", "00:00")), KNOWN)
    away = plan.Suspend(from_day=day("2024-10-01"), to_day=None, reason="away", at=at("2024-10-01"))
    nobody_home = november.when(away, KNOWN).when(replace(adjust, at=away.at), KNOWN)
    assert open_now(nobody_home) == []
    back = plan.Resume(from_day=day("2024-10-09"), at=at("2024-10-09"))
    [of_october, _] = nobody_home.when(back, KNOWN).when(adjust, KNOWN).events
    assert [(one.window_from.day, one.window_to.day) for one in of_october.opened] == [(8, 14), (15, 21), (22, 31)]


CHANGES = st.lists(
    st.one_of(
        st.builds(
            lambda first, length: plan.Suspend(
                from_day=first, to_day=first + timedelta(days=length), reason="away", at=at("2024-10-01")
            ),
            st.dates(day("2024-10-02"), day("2024-11-20")),
            st.integers(0, 20),
        ),
        st.builds(
            lambda first, times, per: plan.Change(
                from_day=first,
                items=(plan.ItemChange(change="set", item="home_cleaning", per=per, times=times),),
                reason_code="changed",
                heard_on=day("2024-09-30"),
                notified_on=day("2024-09-30"),
                role="bureau",
                at=at("2024-10-01"),
            ),
            st.dates(day("2024-10-02"), day("2024-11-20")),
            st.integers(1, 5),
            st.sampled_from(("month", "week", "half_month", "half_year")),
        ),
        st.builds(
            lambda last: plan.Stop(
                last_day=last, reason_code="moved_away", heard_on=None, notified_on=None, at=at("2024-10-01")
            ),
            st.dates(day("2024-10-02"), day("2024-11-20")),
        ),
    ),
    max_size=5,
)


@given(changes=CHANGES, month=st.sampled_from(("2024-10", "2024-11")))
@settings(max_examples=60, deadline=None)
def test_what_opens_is_the_same_whether_changes_are_told_before_the_month_opens_or_after(
    changes: list[plan.Command], month: str
):
    policy = NINGJIN
    opens = [plan.OpenMonth(month=one, at=at("2024-10-01", "00:00")) for one in ("2024-10", "2024-11")]
    after = _played([*opens, *_adjusted(changes)])
    before = _played([*changes, *opens])
    assert (
        _open_slots(after, month)
        == _open_slots(before, month)
        == Counter(one.base for one in asked(after[-1], month, policy))
    )
    first, last = first_day(month), last_day(month)
    by_item = sorted((one.window_from, one.window_to) for one in asked(after[-1], month, policy))
    assert all(first <= begins <= ends <= last for begins, ends in by_item)
    assert all(ends + ONE_DAY <= begins for (_, ends), (begins, _) in itertools.pairwise(by_item))


def _adjusted(changes: Iterable[plan.Command]) -> Iterable[plan.Command]:
    for change in changes:
        yield change
        yield plan.Adjust(reason_code="changed", at=at("2024-10-01"))


def _played(commands: Iterable[plan.Command]) -> list[plan.Plan]:
    """The states after each command; a refused one changes nothing."""
    state = plan.decider.fold([drawn, noticed, started])
    states = [state]
    for command in commands:
        try:
            events = plan.decide(command, state, KNOWN)
        except Rejected:
            continue
        state = plan.decider.fold(events, state)
        states.append(state)
    return states


def _open_slots(states: list[plan.Plan], month: str) -> Counter[UUID]:
    last = states[-1]
    return Counter(slot for slot, live in last.live.items() if live.open and live.month == month)
