"""An agreement is ended in the middle of the month: what is not served goes to another provider, and both are paid for
their days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from tests.journeys.county import shanghai
from tests.journeys.in_depth.way import House, Way, served


@dataclass
class Seen:
    """What the play left to look at."""

    first: House
    second: House
    offered: dict[str, list[str]] = field(default_factory=dict)
    released: list[dict[str, Any]] = field(default_factory=list)
    orders: list[dict[str, Any]] = field(default_factory=list)
    bundles: dict[str, dict[str, Any]] = field(default_factory=dict)
    drafts: dict[str, dict[str, Any]] = field(default_factory=dict)
    agreements: list[dict[str, Any]] = field(default_factory=list)


@pytest.fixture(scope="module")
async def seen(way: Way) -> Seen:
    """Decided on the 10th: the nearer provider's agreement ends, the 15th is the first day without."""
    client = way.client
    seen = Seen(first=await way.house(1, kilometres=1), second=await way.house(2, kilometres=6))
    person, _ = await way.begin_help()
    await way.wait_until(1)
    early = await way.take_all(seen.first)
    await way.visit(seen.first, early[0], shanghai(way.first + timedelta(days=2), 9))
    await way.verify(early[0])
    await way.visit(seen.first, early[1], shanghai(way.first + timedelta(days=8), 9))
    await way.verify(early[1])
    await way.wait_until(10)
    ended = {"number": seen.first.agreement, "from_day": way.day(15), "reason_code": "breach", "document": "宁民12号"}
    await client.done("providers", f"/v1/providers/{seen.first.id}/termination", ended)
    await way.rest()
    seen.released = await way.told("providers", "providers.provider_released.v1")
    seen.offered["first"] = await way.offers(seen.first)
    seen.offered["second"] = await way.take_all(seen.second)
    await way.visit(seen.second, seen.offered["second"][0], shanghai(way.first + timedelta(days=16), 9))
    await way.verify(seen.offered["second"][0])
    await way.wait_until(28)
    seen.orders = await way.orders(person=person)
    seen.bundles, seen.drafts = await way.bundles(person), await way.drafts()
    seen.agreements = (await client.get("providers", f"/v1/providers/{seen.first.id}"))["agreements"]
    return seen


async def test_what_was_served_stays_with_who_served_it(seen: Seen, way: Way) -> None:
    kept = [(order["window_from"], order["state"]) for order in seen.orders if order["provider"] == seen.first.id]
    assert [one for one in kept if one[1] != "cancelled"] == [(way.day(1), "accepted"), (way.day(8), "accepted")]


async def test_what_was_not_served_is_found_anew_with_the_next_one(seen: Seen, way: Way) -> None:
    found = [(order["window_from"], order["state"]) for order in seen.orders if order["provider"] == seen.second.id]
    assert found == [(way.day(15), "accepted"), (way.day(22), "matched")]
    assert seen.offered["first"] == []


async def test_both_months_are_counted_by_days(seen: Seen, way: Way) -> None:
    assert {payee: served(fact) for payee, fact in seen.bundles.items()} == {
        seen.first.id: [(way.day(1), way.day(14))],
        seen.second.id: [(way.day(15), way.last.isoformat())],
    }


async def test_both_drafts_together_are_the_whole_rate(seen: Seen, way: Way) -> None:
    paid = {payee: draft["payable_fen"] for payee, draft in seen.drafts.items()}
    assert sum(paid.values()) == 300_00
    assert abs(paid[seen.first.id] - 300_00 * 14 / way.last.day) <= 1


async def test_the_agreement_shows_its_last_day_and_why(seen: Seen, way: Way) -> None:
    [agreement] = seen.agreements
    assert (agreement["valid_to"], agreement["ended_from"], agreement["reason_code"]) == (
        way.day(14), way.day(15), "breach",
    )  # fmt: skip
