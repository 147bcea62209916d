"""Declined, expired, taken: one order asks one provider after another, and says why it was each one's turn."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.journeys.in_depth.way import House, Way

NOBODY: list[str] = []


@dataclass
class Seen:
    """What the play left to look at."""

    houses: list[House] = field(default_factory=list)
    order: str = ""
    asked: dict[str, list[list[str]]] = field(default_factory=dict)
    too_late: dict[str, tuple[int, str]] = field(default_factory=dict)
    why: dict[str, Any] = field(default_factory=dict)
    matched: dict[str, Any] = field(default_factory=dict)
    declines: list[dict[str, Any]] = field(default_factory=list)


@pytest.fixture(scope="module")
async def seen(way: Way) -> Seen:
    """The whole story, played once."""
    seen, client = Seen(), way.client
    seen.houses = [await way.house(number, kilometres=kilometres) for number, kilometres in ((1, 1), (2, 4), (3, 8))]
    near, middle, far = seen.houses

    async def asked(when: str) -> None:
        seen.asked[when] = [await way.offers(house) for house in seen.houses]

    person = await way.resident()
    _, plan = await way.approve(person, {"item": "home_cleaning", "times_per_month": 1})
    await way.post_notice(plan)
    await way.start(plan, way.day(1))
    await way.wait_until(1)
    [order] = await way.orders(person=person)
    seen.order = order["id"]
    path = f"/v1/offers/{seen.order}"
    await asked("first")
    await client.done("providers", f"{path}/refusal", {"reason_code": "no_worker"}, by=near.actor)
    await way.rest()
    await asked("declined")
    await way.let_pass(hours=25)
    await asked("expired")
    for name, house in (("who declined", near), ("who let it expire", middle)):
        seen.too_late[name] = await client.refused("providers", f"{path}/acceptance", by=house.actor)
    await client.done("providers", f"{path}/acceptance", by=far.actor)
    await way.rest()
    await asked("taken")
    seen.matched = await client.get("orders", f"/v1/orders/{seen.order}")
    seen.why = await client.get("providers", f"/v1/matchings/{seen.order}")
    seen.declines = (await client.get("providers", f"/v1/declines?month={way.month}"))["items"]
    return seen


async def test_the_next_one_is_asked_when_one_declines_or_lets_the_time_pass(seen: Seen) -> None:
    one = [seen.order]
    assert seen.asked == {
        "first": [one, NOBODY, NOBODY],
        "declined": [NOBODY, one, NOBODY],
        "expired": [NOBODY, NOBODY, one],
        "taken": [NOBODY, NOBODY, NOBODY],
    }


async def test_who_is_not_asked_any_more_cannot_take_it(seen: Seen) -> None:
    assert seen.too_late == {
        "who declined": (403, "offer.not_yours"), "who let it expire": (409, "offer.expired"),
    }  # fmt: skip


async def test_the_order_is_the_last_one_s_and_its_timeline_tells_no_other(seen: Seen) -> None:
    assert (seen.matched["state"], seen.matched["provider"]) == ("matched", seen.houses[2].id)
    assert [step["event"] for step in seen.matched["timeline"]] == ["opened", "matched"]


async def test_the_match_says_why_the_two_nearer_ones_do_not_serve(seen: Seen) -> None:
    reasons = {one["provider"]: one["reason_code"] for one in seen.why["considered"]}
    assert seen.why["provider"] == seen.houses[2].id
    assert reasons == {seen.houses[0].id: "declined", seen.houses[1].id: "offer_expired", seen.houses[2].id: None}


async def test_declined_and_expired_offers_are_counted(seen: Seen) -> None:
    counted = {row["provider"]: (row["offered"], row["declined"], row["expired"]) for row in seen.declines}
    near, middle, far = (house.id for house in seen.houses)
    assert counted == {near: (1, 1, 0), middle: (1, 0, 1), far: (1, 0, 0)}
