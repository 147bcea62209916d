"""The radar: the same help twice in the same days, and help that did not come by its date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from services.orders.domain.coverage import Looked
from services.orders.domain.duplicates import Given, duplicates_of, pairs
from services.orders.domain.omission import Approved, Omission, Waits, omissions
from services.orders.domain.policy import LedgerRules, LovingRules
from tests.orders.examples import BORN, NEED, NINGJIN, ORDER, day

FIRST = date(2024, 10, 1)
nobody = Looked(born=BORN, died=False, tier="able", categories=())
love = Waits(
    id=ORDER, item="home_cleaning", kind="love", state="opened", formed_on=day("2024-10-01"),
    window_to=day("2024-10-30"),
)  # fmt: skip
RULES = replace(NINGJIN, ledgers=LedgerRules(serve_days=2), loving=LovingRules(publish_days=7, order_days=15))


def of(number: int, item: str, source: str, first: int, days: int, plan: int) -> Given:
    begins = FIRST + timedelta(days=first)
    return Given(
        id=UUID(int=number), source=source, item=item, first=begins,  # type: ignore[arg-type]
        last=begins + timedelta(days=days), plan=UUID(int=1000 + plan) if plan else None,
    )  # fmt: skip


def test_a_gift_that_the_plan_buys_anyway_is_a_duplicate_whatever_the_source():
    bought = of(1, "meal_help", "purchase", 0, 30, 1)
    for source in ("love", "aid", "goods"):
        gift = of(2, "meal_help", source, 30, 3, 0)
        [pair] = pairs((gift, bought))
        assert (pair.first, pair.last) == (date(2024, 10, 31), date(2024, 10, 31))
        assert duplicates_of(gift, (bought,)) == (bought,)


def test_what_one_plan_gives_several_times_is_no_duplicate_of_itself():
    weekly = (of(1, "meal_help", "purchase", 0, 30, 1), of(2, "meal_help", "purchase", 0, 30, 1))
    plan = replace(of(3, "meal_help", "plan", 0, 300, 1), id=UUID(int=1001))
    assert pairs((*weekly, plan)) == ()


def test_days_that_only_follow_each_other_are_no_duplicate():
    assert pairs((of(1, "meal_help", "love", 0, 3, 0), of(2, "meal_help", "purchase", 4, 3, 0))) == ()


ones = st.tuples(
    st.sampled_from(["meal_help", "bathing_help"]), st.sampled_from(["purchase", "goods", "love", "aid", "plan"]),
    st.integers(0, 40), st.integers(0, 12), st.integers(0, 2),
)  # fmt: skip


@given(st.lists(ones, max_size=12))
@settings(max_examples=150, deadline=None)
def test_the_radar_finds_exactly_the_duplicates_that_looking_at_every_day_finds(drawn):
    """The other way: write down for each day who comes, and look who meets whom there."""
    standing = tuple(of(number, *one) for number, one in enumerate(drawn, 1))
    met: dict[tuple[UUID, UUID], set[date]] = {}
    for offset in range(60):
        today = FIRST + timedelta(days=offset)
        there = [one for one in standing if one.first <= today <= one.last]
        for one in there:
            for other in there:
                same_plan = one.plan is not None and one.plan == other.plan
                if one.id < other.id and one.item == other.item and not same_plan:
                    met.setdefault((one.id, other.id), set()).add(today)
    found = {tuple(sorted((pair.one.id, pair.other.id))): (pair.first, pair.last) for pair in pairs(standing)}
    assert found == {key: (min(days), max(days)) for key, days in met.items()}


waiting = st.tuples(
    st.sampled_from(["love", "purchase", "aid"]),
    st.sampled_from(["opened", "nobody_found", "matched", "returned", "declined", "unclaimed", "considered",
                     "completed", "accepted", "cancelled"]),
    st.integers(0, 30), st.integers(0, 30), st.booleans(),
)  # fmt: skip
approved = st.tuples(st.integers(0, 30), st.booleans(), st.none() | st.integers(0, 30))


@given(st.lists(waiting, max_size=8), st.lists(approved, max_size=5), st.integers(0, 45))
@settings(max_examples=150, deadline=None)
def test_the_radar_finds_exactly_the_omissions_that_a_list_of_dates_finds(orders, needs, today):
    """The other way: everything with the day from which it is late, and a comparison."""
    late: set[UUID] = set()
    for number, (kind, state, formed, window, published) in enumerate(orders):
        limits = [10_000]
        if state in ("declined", "unclaimed", "considered"):
            limits.append(0)
        if state in ("opened", "nobody_found", "matched", "returned"):
            limits.append(formed + window + 2 + 1)
        if kind == "love" and state == "opened" and not published:
            limits.append(formed + 7 + 1)
        if min(limits) <= today:
            late.add(UUID(int=number))
    for number, (decided, ordered, by) in enumerate(needs):
        limit = decided + 15 + 1 if by is None else by + 1
        if not ordered and limit <= today:
            late.add(UUID(int=100 + number))
    days = [FIRST + timedelta(days=offset) for offset in range(120)]
    told = omissions(
        nobody,
        [
            Waits(id=UUID(int=number), item="meal_help", kind=kind, state=state, formed_on=days[formed],
                  window_to=days[formed + window], published_on=days[formed] if published else None,
                  desk_since=FIRST)
            for number, (kind, state, formed, window, published) in enumerate(orders)
        ],
        [
            Approved(id=UUID(int=100 + number), decided_on=days[decided], ordered=ordered,
                     decide_by=None if by is None else days[by])
            for number, (decided, ordered, by) in enumerate(needs)
        ],
        RULES,
        days[today],
    )  # fmt: skip
    assert {one.id for one in told} == late
    assert len(told) == len(late)


def test_each_omission_has_its_code():
    def codes(orders: list[Waits], needs: list[Approved], today: str) -> list[Omission]:
        return [one.code for one in omissions(nobody, orders, needs, RULES, day(today))]

    assert codes([love], [], "2024-10-08") == []
    assert codes([love], [], "2024-10-09") == ["love_unpublished"]
    published = replace(love, published_on=day("2024-10-03"))
    assert codes([published], [], "2024-11-01") == []
    assert codes([published], [], "2024-11-02") == ["order_unserved"]
    assert codes([replace(love, state="declined", desk_since=FIRST)], [], "2024-10-01") == ["love_declined"]
    assert codes([replace(love, state="unclaimed", desk_since=FIRST)], [], "2024-10-01") == ["love_unclaimed"]
    need = Approved(id=NEED, decided_on=FIRST, ordered=False)
    assert codes([], [need], "2024-10-16") == []
    assert codes([], [need], "2024-10-17") == ["need_not_given"]
    assert codes([], [replace(need, decide_by=day("2024-10-20"))], "2024-10-20") == []
    assert codes([], [replace(need, decide_by=day("2024-10-20"))], "2024-10-21") == ["referral_undecided"]
    assert codes([], [replace(need, ordered=True)], "2024-12-21") == []


def test_who_is_entitled_and_has_no_plan_is_omitted_and_who_has_died_misses_nothing():
    zhao = replace(nobody, tier="half", categories=("destitute_dispersed",))
    assert [one.code for one in omissions(zhao, [], [], RULES, FIRST)] == ["no_plan"]
    assert omissions(replace(zhao, died=True), [love], [], RULES, day("2025-01-01")) == ()
