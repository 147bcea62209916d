"""Nobody is found: the order is listed, searched again when a provider has joined, or becomes a claimed gift."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest

from tests.journeys.client import VERIFIER, Actor
from tests.journeys.county import ITEM, credit_code
from tests.journeys.in_depth.way import House, Way

ERRANDS = "errands"


@dataclass
class Seen:
    """What the play left to look at."""

    cleaning: str = ""
    errand: str = ""
    listed: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    states: dict[str, list[str]] = field(default_factory=dict)
    joined: House | None = None
    found: dict[str, Any] = field(default_factory=dict)
    hall: list[dict[str, Any]] = field(default_factory=list)
    gift: dict[str, Any] = field(default_factory=dict)
    accepted: dict[str, Any] = field(default_factory=dict)
    taken_already: tuple[int, str] = (0, "")
    claimant: Actor = field(default_factory=lambda: Actor(role="claimant", subject="claimant-1", owner=str(uuid4())))


class Play:
    """The story, scene by scene."""

    def __init__(self, way: Way) -> None:
        self.way, self.client, self.seen = way, way.client, Seen()

    async def look(self, when: str) -> None:
        """The list of what nobody serves, and where both orders stand."""
        rows = await self.client.rows("providers", "/v1/uncovered")
        self.seen.listed[when] = sorted((row["item"], row["reason"]) for row in rows)
        both = (self.seen.cleaning, self.seen.errand)
        orders = [await self.client.get("orders", f"/v1/orders/{one}") for one in both]
        self.seen.states[when] = [order["state"] for order in orders]

    async def ask_for_both(self) -> None:
        """Two items once a month; there is no provider at all."""
        way = self.way
        await way.wait_until(1)
        self.person = await way.resident()
        _, plan = await way.approve(self.person, *({"item": item, "times_per_month": 1} for item in (ITEM, ERRANDS)))
        await way.post_notice(plan)
        await way.start(plan, way.day(1))
        opened = {order["item"]: order["id"] for order in await way.orders(person=self.person)}
        self.seen.cleaning, self.seen.errand = opened[ITEM], opened[ERRANDS]
        await self.look("opened")

    async def search_again(self) -> None:
        """In vain, then with success: a provider for cleaning has joined."""
        for order in (self.seen.cleaning, self.seen.errand):
            await self.client.done("orders", f"/v1/orders/{order}/new-search")
        await self.way.rest()
        await self.look("searched in vain")
        self.seen.joined = await self.way.house(1)
        await self.client.done("orders", f"/v1/orders/{self.seen.cleaning}/new-search")
        await self.way.rest()
        await self.way.take_all(self.seen.joined)
        await self.look("a provider has joined")
        self.seen.found = await self.client.get("orders", f"/v1/orders/{self.seen.cleaning}")
        self.seen.taken_already = await self.client.refused("orders", f"/v1/orders/{self.seen.cleaning}/new-search")

    async def give(self) -> None:
        """The other one is published by a charity, claimed, done and accepted; nobody is paid for it."""
        done, way, claimant = self.client.done, self.way, self.seen.claimant
        body = {"name": "慈善会", "credit_code": credit_code(9)}
        owner = (await done("charity", "/v1/charities", body))["id"]
        charity = Actor(role="charity", subject="charity-1", owner=owner)
        somebody = {"kind": "person", "name": "爱心人士", "phone": "13900000000"}
        await done("charity", "/v1/claimants", somebody, by=claimant)
        expires = (await self.client.now()).replace(microsecond=0)
        gift = {"charity_id": owner, "expires_at": expires.replace(day=20).isoformat()}
        await done("orders", f"/v1/orders/{self.seen.errand}/love-order", gift)
        await way.rest()
        order = f"/v1/love-orders/{self.seen.errand}"
        await done("charity", f"{order}/publication", {"wording": "帮老人买一次米面"}, by=charity)
        self.seen.hall = await self.client.rows("charity", "/v1/hall", by=claimant)
        await done("charity", f"{order}/claims", by=claimant)
        await way.wait_until(3, 18)
        await done("charity", f"{order}/fulfilment", {"day": way.day(3), "time": "15:00"}, by=claimant)
        await way.rest()
        path = f"/v1/orders/{self.seen.errand}/verification"
        await done("orders", path, {"result": "accepted"}, by=VERIFIER)
        await way.rest()
        self.seen.accepted = await self.client.get("orders", f"/v1/orders/{self.seen.errand}")
        [self.seen.gift] = await way.told("orders", "orders.order_verified.v1")
        await self.look("given")


@pytest.fixture(scope="module")
async def seen(way: Way) -> Seen:
    """The whole story, played once."""
    play = Play(way)
    await play.ask_for_both()
    await play.search_again()
    await play.give()
    return play.seen


async def test_orders_that_nobody_serves_are_listed_with_the_reason(seen: Seen) -> None:
    nobody = [(ERRANDS, "no_agreement"), (ITEM, "no_agreement")]
    assert (seen.listed["opened"], seen.states["opened"]) == (nobody, ["nobody_found", "nobody_found"])


async def test_a_new_search_finds_nobody_as_long_as_nobody_has_joined(seen: Seen) -> None:
    assert seen.states["searched in vain"] == ["nobody_found", "nobody_found"]
    assert [item for item, _ in seen.listed["searched in vain"]] == [ERRANDS, ITEM]


async def test_a_new_search_finds_who_has_joined(seen: Seen) -> None:
    assert seen.joined is not None
    assert (seen.found["state"], seen.found["provider"]) == ("matched", seen.joined.id)
    assert [item for item, _ in seen.listed["a provider has joined"]] == [ERRANDS]
    assert seen.taken_already == (409, "order.somebody_was_found")


async def test_what_nobody_sells_becomes_a_gift_that_somebody_claims_and_gives(seen: Seen) -> None:
    assert [(row["item"], row["price_fen"]) for row in seen.hall] == [(ERRANDS, 0)]
    assert (seen.accepted["state"], seen.accepted["provider"]) == ("accepted", seen.claimant.owner)


async def test_a_gift_is_accepted_without_a_fact_to_pay(seen: Seen) -> None:
    assert (seen.gift["order_id"], seen.gift.get("fact")) == (seen.errand, None)
    assert seen.listed["given"] == []
