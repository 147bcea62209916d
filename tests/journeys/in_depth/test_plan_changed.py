"""A plan is changed in the middle of the month: more from a day on at once, less only after hearing and notice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import pytest

from tests.journeys.client import TOWNSHIP
from tests.journeys.county import ITEM
from tests.journeys.in_depth.way import House, Way, served

ERRANDS = "errands"
Windows = list[tuple[str, str, str]]


@dataclass
class Seen:
    """What the play left to look at."""

    house: House
    opened: Windows = field(default_factory=list)
    refused: dict[str, tuple[int, str]] = field(default_factory=dict)
    more: Windows = field(default_factory=list)
    less: Windows = field(default_factory=list)
    next_month: Counter[str] = field(default_factory=Counter)
    offered: list[str] = field(default_factory=list)
    days: list[tuple[str, str]] = field(default_factory=list)
    items: list[tuple[str, str, int, str | None, str | None]] = field(default_factory=list)


class Play:
    """The story, scene by scene."""

    def __init__(self, way: Way, house: House) -> None:
        self.way, self.client, self.seen = way, way.client, Seen(house)
        self.person, self.plan = "", ""

    async def windows(self, month: str = "") -> Windows:
        """What the plan asks for in the month."""
        rows = await self.way.orders(person=self.person)
        return [
            (row["item"], row["window_from"], row["window_to"]) for row in rows
            if row["state"] != "cancelled" and row["window_from"].startswith(month or self.way.month)
        ]  # fmt: skip

    async def begin(self) -> None:
        """Cleaning each week, errands once a month."""
        items = ({"item": ITEM, "times_per_month": 4}, {"item": ERRANDS, "times_per_month": 1})
        self.person, self.plan = await self.way.begin_help(1, *items)
        await self.way.wait_until(1)
        await self.way.take_all(self.seen.house)
        self.seen.opened = await self.windows()

    async def change(self) -> None:
        """On the 10th: errands each week from the 15th; then cleaning only every two weeks, heard and noticed."""
        way, seen, path = self.way, self.seen, f"/v1/plans/{self.plan}/changes"
        await way.wait_until(10)
        weekly = [{"change": "set", "item": ERRANDS, "per": "week"}]
        more = {"from_day": way.day(15), "items": weekly, "reason_code": "more_help"}
        refused, done = self.client.refused, self.client.done
        seen.refused["by the township"] = await refused("orders", path, more, by=TOWNSHIP)
        seen.refused["for the past"] = await refused("orders", path, {**more, "from_day": way.day(9)})
        other = [{"change": "add", "item": "meal_help", "per": "week"}]
        seen.refused["what nobody approved"] = await refused("orders", path, {**more, "items": other})
        await done("orders", path, more)
        await way.rest()
        seen.more = await self.windows()
        seen.offered = [row["item"] for row in await self.client.rows("providers", "/v1/offers", by=seen.house.actor)]
        fewer = [{"change": "set", "item": ITEM, "per": "half_month"}]
        less = {"from_day": way.day(16), "items": fewer, "reason_code": "needs_less"}
        seen.refused["unheard"] = await refused("orders", path, less)
        backwards = {**less, "heard_on": way.day(10), "notified_on": way.day(9)}
        seen.refused["told before it was heard"] = await refused("orders", path, backwards)
        await done("orders", path, {**less, "heard_on": way.day(9), "notified_on": way.day(10)})
        await way.rest()
        seen.less = await self.windows()
        shown = await self.client.get("orders", f"/v1/plans/{self.plan}")
        seen.items = [(row["item"], row["per"], row["times"], row["from_day"], row["to_day"]) for row in shown["items"]]
        seen.days = served((await way.bundles(self.person))[seen.house.id])

    async def look_ahead(self) -> None:
        """The next month opens as the plan stands now."""
        after = (self.way.last.replace(day=28)).isoformat()
        await self.way.wait_until(after)
        following = f"{self.way.first.year + self.way.first.month // 12}-{self.way.first.month % 12 + 1:02}"
        await self.way.wait_until(f"{following}-01")
        self.seen.next_month = Counter(item for item, *_ in await self.windows(following))


@pytest.fixture(scope="module")
async def seen(way: Way) -> Seen:
    """The whole story, played once."""
    play = Play(way, await way.house(1, items=(ITEM, ERRANDS)))
    await play.begin()
    await play.change()
    await play.look_ahead()
    return play.seen


async def test_the_month_opens_with_what_was_approved(seen: Seen) -> None:
    assert Counter(item for item, *_ in seen.opened) == {ITEM: 4, ERRANDS: 1}


async def test_more_begins_on_its_day_without_hearing(seen: Seen, way: Way) -> None:
    errands = [window for window in seen.more if window[0] == ERRANDS]
    assert errands == [
        (ERRANDS, way.day(15), way.day(21)), (ERRANDS, way.day(22), way.last.isoformat()),
    ]  # fmt: skip
    assert seen.offered == [ERRANDS, ERRANDS]


async def test_less_needs_a_hearing_and_then_a_notice(seen: Seen) -> None:
    unheard = (409, "plan.reduction_needs_hearing_and_notice")
    assert (seen.refused["unheard"], seen.refused["told before it was heard"]) == (unheard, unheard)


async def test_less_takes_back_the_orders_of_later_days_only(seen: Seen, way: Way) -> None:
    cleaning = [window for window in seen.less if window[0] == ITEM]
    assert cleaning == [
        (ITEM, way.day(1), way.day(7)), (ITEM, way.day(8), way.day(14)), (ITEM, way.day(16), way.last.isoformat()),
    ]  # fmt: skip


async def test_only_the_body_that_assesses_changes_from_today_on_what_was_approved(seen: Seen) -> None:
    assert [code for name, (_, code) in seen.refused.items() if not name.startswith(("unheard", "told"))] == [
        "forbidden.role", "plan.change_in_the_past", "plan.item_not_approved",
    ]  # fmt: skip


async def test_every_item_has_the_days_on_which_it_was_so(seen: Seen, way: Way) -> None:
    days = {(item, per): (from_day, to_day) for item, per, _, from_day, to_day in seen.items}
    assert days[(ERRANDS, "week")][0] == way.day(15)
    assert days[(ITEM, "half_month")][0] == way.day(16)
    assert days[(ITEM, "month")][1] == way.day(15)


async def test_the_provider_keeps_all_its_days_and_the_next_month_opens_as_changed(seen: Seen, way: Way) -> None:
    assert seen.days == [(way.day(1), way.last.isoformat())]
    assert seen.next_month == {ITEM: 2, ERRANDS: 4}
