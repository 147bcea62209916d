"""What will have to be bought is what the plans will open, no more and no less, however it is summed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid5

from hypothesis import given, settings
from hypothesis import strategies as st

from services.orders.domain import plan
from services.orders.domain.days import first_day, last_day
from services.orders.domain.forecast import Alike, Quantity, forecast
from services.orders.domain.plan.asking import asked
from services.orders.domain.planned import Planned
from tests.orders.examples import NINGJIN, PLAN, TOWNSHIP, ZHAO, cleaning, day, drawn

NOVEMBER = "2024-11"
FIRST, LAST = first_day(NOVEMBER), last_day(NOVEMBER)
OTHER_TOWNSHIP = "130528101"


def alike(plans: int = 1, first: date = FIRST, last: date = LAST, **changes: object) -> Alike:
    people = frozenset(uuid5(ZHAO, f"{first}{last}{number}") for number in range(plans))
    values = {"township": TOWNSHIP, "origin": "running", "items": (cleaning,), "people": people, **changes}
    return Alike(first=first, last=last, plans=plans, **values)  # type: ignore[arg-type]


def test_four_plans_that_clean_weekly_are_sixteen_times():
    assert forecast(NOVEMBER, [alike(4)], NINGJIN) == (
        Quantity(
            month=NOVEMBER, township=TOWNSHIP, item="home_cleaning", origin="running", times=16, units=16, people=4
        ),
    )  # fmt: skip


def test_a_plan_that_ends_on_the_15th_has_the_slots_until_then():
    (line,) = forecast(NOVEMBER, [alike(last=day("2024-11-15"))], NINGJIN)
    assert line.times == 2


def test_a_plan_that_is_only_assessed_is_told_apart():
    lines = forecast(NOVEMBER, [alike(), alike(2, origin="assessed")], NINGJIN)
    assert [(line.origin, line.times, line.people) for line in lines] == [("assessed", 8, 2), ("running", 4, 1)]


def test_somebody_whose_plan_is_replaced_within_the_month_is_one_person():
    person = frozenset({ZHAO})
    parts = [
        alike(last=day("2024-11-15"), people=person),
        alike(first=day("2024-11-16"), people=person),
    ]
    (line,) = forecast(NOVEMBER, parts, NINGJIN)
    assert (line.times, line.people) == (4, 1)


def test_units_are_those_of_all_times_together():
    meals = Planned(item="meal_help", kind="purchase", times_per_month=2, units=3)
    (line,) = forecast(NOVEMBER, [alike(5, items=(meals,))], NINGJIN)
    assert (line.times, line.units) == (10, 30)


def running(plan_id: UUID, items: tuple[Planned, ...], days: tuple[date, date]) -> plan.Plan:
    """A plan of these items on these days."""
    drawn_plan = plan.decider.fold([replace(drawn, plan_id=plan_id, items=items)])
    return replace(drawn_plan, life=replace(drawn_plan.life, begins_on=days[0], ends_on=days[1]))


ITEMS = st.lists(
    st.builds(
        Planned, item=st.sampled_from(["home_cleaning", "errands", "meal_help"]), kind=st.just("purchase"),
        times_per_month=st.integers(1, 10), units=st.integers(1, 5),
    ), min_size=1, max_size=3,
).map(tuple)  # fmt: skip
DAYS = st.tuples(st.integers(0, 29), st.integers(0, 29)).map(sorted)
Drawn = list[tuple[str, tuple[Planned, ...], list[int]]]
PLANS = st.lists(st.tuples(st.sampled_from([TOWNSHIP, OTHER_TOWNSHIP]), ITEMS, DAYS), max_size=8)


def grouped(drawn: Drawn) -> list[Alike]:
    """The plans as the table gives them: those that are alike together."""
    counted = Counter((township, items, *days) for township, items, days in drawn)
    return [
        alike(number, FIRST + timedelta(days=first), FIRST + timedelta(days=last), township=township, items=items)
        for (township, items, first, last), number in counted.items()
    ]


@settings(max_examples=60, deadline=None)
@given(PLANS)
def test_the_forecast_is_the_number_of_orders_that_open(
    drawn: Drawn,
) -> None:
    opened: Counter[str] = Counter()
    for number, (_, items, (first, last)) in enumerate(drawn):
        days = FIRST + timedelta(days=first), FIRST + timedelta(days=last)
        opened.update(one.item for one in asked(running(uuid5(PLAN, str(number)), items, days), NOVEMBER, NINGJIN))
    told: Counter[str] = Counter()
    for line in forecast(NOVEMBER, grouped(drawn), NINGJIN):
        told[line.item] += line.times
    assert +told == +opened


@settings(max_examples=60, deadline=None)
@given(PLANS)
def test_the_county_is_the_sum_of_its_townships(drawn: Drawn) -> None:
    whole = sums(forecast(NOVEMBER, grouped(drawn), NINGJIN))
    parts: Counter[tuple[str, str]] = Counter()
    for township in (TOWNSHIP, OTHER_TOWNSHIP):
        parts.update(sums(forecast(NOVEMBER, grouped([plan for plan in drawn if plan[0] == township]), NINGJIN)))
    assert parts == whole


def sums(lines: tuple[Quantity, ...]) -> Counter[tuple[str, str]]:
    told: Counter[tuple[str, str]] = Counter()
    for line in lines:
        told[line.item, "times"] += line.times
        told[line.item, "units"] += line.units
    return told


def test_nobody_counts_for_an_item_that_is_not_in_the_catalogue_then():
    gone = Planned(item="no_such_item", kind="purchase", times_per_month=4, units=1)
    assert forecast(NOVEMBER, [alike(items=(gone,), people=frozenset({UUID(int=1)}))], NINGJIN) == ()
