"""Moved to the other township in the middle of the month: later orders are for the new place, and both providers'
months count the days on which each was there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from tests.journeys.client import TOWNSHIP
from tests.journeys.county import shanghai
from tests.journeys.in_depth.way import House, Way, served


@dataclass
class Seen:
    """What the play left to look at."""

    here: House
    there: House
    before: list[dict[str, Any]] = field(default_factory=list)
    told: list[dict[str, Any]] = field(default_factory=list)
    register: dict[str, list[str]] = field(default_factory=dict)
    after: list[dict[str, Any]] = field(default_factory=list)
    bundles: dict[str, dict[str, Any]] = field(default_factory=dict)
    drafts: dict[str, dict[str, Any]] = field(default_factory=dict)
    seen_by_old_township: list[dict[str, Any]] = field(default_factory=list)


@pytest.fixture(scope="module")
async def seen(way: Way) -> Seen:
    """Told on the 10th that the person lives in the other township from the 15th on."""
    client = way.client
    seen = Seen(here=await way.house(1), there=await way.house(2, way.there))
    person, _ = await way.begin_help()
    await way.wait_until(1)
    seen.before = await way.orders(person=person)
    first, *_ = await way.take_all(seen.here)
    await way.visit(seen.here, first, shanghai(way.first + timedelta(days=2), 9))
    await way.verify(first)

    async def look(when: str) -> None:
        shown = await client.get("orders", f"/v1/beneficiaries/{person}")
        seen.register[when] = [shown["township"], shown["village"]]

    await way.wait_until(10)
    move = {"township": way.there, "village": f"{way.there}202", "from_day": way.day(15)}
    await client.done("orders", f"/v1/beneficiaries/{person}/move", move, by=TOWNSHIP)
    await way.rest()
    seen.told = await way.orders(person=person)
    await look("told")
    taken = await way.take_all(seen.there)
    await way.wait_until(15)
    await look("moved")
    await way.visit(seen.there, taken[0], shanghai(way.first + timedelta(days=16), 9))
    await way.verify(taken[0])
    seen.after = await way.orders(person=person)
    seen.seen_by_old_township = await client.rows("orders", "/v1/beneficiaries", by=TOWNSHIP)
    await way.wait_until(28)
    seen.bundles, seen.drafts = await way.bundles(person), await way.drafts()
    return seen


async def test_orders_counted_from_that_day_on_are_for_the_new_place(seen: Seen, way: Way) -> None:
    assert {order["township"] for order in seen.before} == {way.township}
    live = [order for order in seen.told if order["state"] not in ("cancelled", "accepted")]
    assert [(order["window_from"], order["window_to"], order["township"]) for order in live] == [
        (way.day(8), way.day(14), way.township),
        (way.day(15), way.day(21), way.there),
        (way.day(22), way.last.isoformat(), way.there),
    ]


async def test_the_orders_of_the_old_place_are_taken_back(seen: Seen, way: Way) -> None:
    cancelled = [order["window_from"] for order in seen.told if order["state"] == "cancelled"]
    assert cancelled == [way.day(15), way.day(22)]


async def test_the_register_shows_the_old_place_until_the_day(seen: Seen, way: Way) -> None:
    assert seen.register == {
        "told": [way.township, way.village], "moved": [way.there, f"{way.there}202"],
    }  # fmt: skip
    assert seen.seen_by_old_township == []


async def test_the_provider_of_the_new_place_serves_there(seen: Seen, way: Way) -> None:
    served_there = [order for order in seen.after if order["provider"] == seen.there.id]
    assert [(order["township"], order["state"]) for order in served_there] == [
        (way.there, "accepted"), (way.there, "matched"),
    ]  # fmt: skip


async def test_each_providers_month_counts_its_days_in_its_township(seen: Seen, way: Way) -> None:
    told = {payee: (fact["township"], served(fact)) for payee, fact in seen.bundles.items()}
    assert told == {
        seen.here.id: (way.township, [(way.day(1), way.day(14))]),
        seen.there.id: (way.there, [(way.day(15), way.last.isoformat())]),
    }


async def test_the_drafts_of_both_divide_the_month_by_days(seen: Seen, way: Way) -> None:
    paid = {payee: draft["payable_fen"] for payee, draft in seen.drafts.items()}
    days = way.last.day
    here, there = round(300_00 * 14 / days), round(300_00 * (days - 14) / days)
    assert set(paid) == {seen.here.id, seen.there.id}
    assert sum(paid.values()) == 300_00
    assert abs(paid[seen.here.id] - here) <= 1
    assert abs(paid[seen.there.id] - there) <= 1
