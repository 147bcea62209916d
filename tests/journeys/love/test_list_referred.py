"""Seed 001's variant: a list of three is referred, and the charity itself decides what each is given, and how.

Two are given something, one is sent back to the bureau, which refers them to another charity.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.journeys.client import Answer
from tests.journeys.in_depth.way import PURPOSE
from tests.journeys.love.loving import Loving, Needy

ITEM = "home_cleaning"
PLAN = "每周一次，两名志愿者同去"


@dataclass
class Seen:
    """What the play left to look at."""

    needs: list[Needy] = field(default_factory=list)
    refused: dict[str, tuple[int, str]] = field(default_factory=dict)
    listed: dict[str, Any] = field(default_factory=dict)
    contact: dict[str, Answer] = field(default_factory=dict)
    decided: list[int] = field(default_factory=list)
    standings: dict[str, str] = field(default_factory=dict)
    states: list[str] = field(default_factory=list)
    plan: str = ""
    known: str = ""
    formed: list[dict[str, Any]] = field(default_factory=list)
    again: dict[str, Any] = field(default_factory=dict)
    order: dict[str, Any] = field(default_factory=dict)
    list_id: str = ""


class Play:
    """The story, scene by scene."""

    def __init__(self, way: Loving) -> None:
        self.way, self.client, self.seen = way, way.client, Seen()

    async def refer(self) -> None:
        """Three people; the bureau may not form the order itself."""
        way, client, seen = self.way, self.client, self.seen
        self.charity, self.other = await way.charity(1), await way.charity(2)
        seen.needs = [await way.needy(ITEM) for _ in range(3)]
        single = {
            "need_id": seen.needs[0].need, "item": ITEM, "charity_id": self.charity.owner,
            "expires_at": await way.after(days=10),
        }  # fmt: skip
        seen.refused["the bureau forms it"] = await client.refused("orders", "/v1/love-orders", single)
        body = {"charity_id": self.charity.owner, "need_ids": [one.need for one in seen.needs]}
        seen.list_id = (await client.done("orders", "/v1/referrals", body))["id"]
        seen.refused["again"] = await client.refused("orders", "/v1/referrals", body)
        await way.rest()
        seen.listed = await client.get("charity", f"/v1/referrals/{seen.list_id}", by=self.charity)
        seen.contact["waiting"] = await self.contact(2)

    async def contact(self, number: int) -> Answer:
        """Who somebody of the list is, if the charity may know."""
        path = f"/v1/referrals/{self.seen.list_id}/people/{self.seen.needs[number].need}/personal?{PURPOSE}"
        return await self.client.ask("orders", path, self.charity)

    async def decide(self) -> None:
        """Two are given cleaning, the third is sent back; a stranger decides nothing."""
        way, client, seen = self.way, self.client, self.seen
        first, second, third = (one.need for one in seen.needs)
        content = {
            "result": "content", "item": ITEM, "units": 1, "expires_at": await way.after(days=10), "plan": PLAN,
        }  # fmt: skip
        path = f"/v1/referrals/{seen.list_id}/decisions"
        stranger = {"need_id": first, **content}
        seen.refused["another charity"] = await client.refused("charity", path, stranger, by=self.other)
        items = [{"referral_id": seen.list_id, "need_id": need, **content} for need in (first, second)]
        sent_back = {"referral_id": seen.list_id, "need_id": third, "result": "sent_back", "reason_code": "no_means"}
        body = {"items": [*items, sent_back]}
        told = await client.done("charity", "/v1/bulk/referral-decisions", body, by=self.charity)
        seen.decided = [one["status"] for one in told["items"]]
        await way.rest()
        whole = await client.get("orders", f"/v1/referrals/{seen.list_id}")
        seen.states.append(whole["state"])
        seen.standings = {one["need_id"]: one["standing"] for one in whole["entries"]}
        seen.contact["decided"], seen.contact["sent back"] = await self.contact(0), await self.contact(2)
        plan = f"/v1/referrals/{seen.list_id}/people/{first}/plan?{PURPOSE}"
        seen.plan = (await client.get("charity", plan, by=self.charity))["plan"]
        feeds = [await client.get(service, "/v1/events?limit=1000") for service in ("orders", "charity")]
        seen.known = str(feeds)
        seen.formed = await way.told("orders", "orders.love_order_formed.v1")

    async def go_on(self) -> None:
        """One of the two is done and verified; who was sent back goes on another list."""
        way, client, seen = self.way, self.client, self.seen
        order, who = seen.formed[0]["order_id"], await way.claimant("周爱心")
        await way.publish(order, self.charity, "帮老人打扫院子")
        await way.confirm_claim(await way.claim(order, who), who)
        await way.let_pass(hours=20)
        await way.fulfil(order, who, minutes=120)
        await way.judge(order)
        seen.order = await way.order(order)
        later = {"charity_id": self.other.owner, "need_ids": [seen.needs[2].need]}
        seen.again = await client.done("orders", "/v1/referrals", later)


@pytest.fixture(scope="module")
async def seen(listing: Loving) -> Seen:
    """The whole story, played once."""
    play = Play(listing)
    await play.refer()
    await play.decide()
    await play.go_on()
    return play.seen


async def test_the_charity_decides_not_the_bureau_and_not_another_charity(seen: Seen) -> None:
    assert seen.refused == {
        "the bureau forms it": (409, "order.content_is_the_charitys"),
        "again": (409, "referral.referred_already"),
        "another charity": (404, "not_found"),
    }


async def test_the_list_names_needs_and_villages_and_no_person(seen: Seen, listing: Loving) -> None:
    entries = seen.listed["entries"]
    assert {one["need_id"] for one in entries} == {one.need for one in seen.needs}
    assert {one["village"] for one in entries} == {listing.village}
    assert not any(one.person in str(entries) for one in seen.needs)


async def test_two_are_given_something_and_one_is_sent_back(seen: Seen) -> None:
    first, second, third = (one.need for one in seen.needs)
    assert seen.decided == [201, 201, 201]
    assert seen.standings == {first: "decided", second: "decided", third: "sent_back"}
    assert seen.states == ["decided"]


async def test_a_love_order_of_each_decision_names_its_list(seen: Seen) -> None:
    assert [(one["referral_id"], one["item"], one["price_fen"]) for one in seen.formed] == [(seen.list_id, ITEM, 0)] * 2


async def test_who_they_are_is_known_to_the_charity_as_long_as_it_has_them(seen: Seen) -> None:
    assert {when: answer.status for when, answer in seen.contact.items()} == {
        "waiting": 200, "decided": 200, "sent back": 404,
    }  # fmt: skip


async def test_how_it_will_be_done_is_the_charitys_own_writing(seen: Seen) -> None:
    assert seen.plan == PLAN
    assert PLAN not in seen.known


async def test_what_was_decided_is_done_and_verified_and_who_was_sent_back_is_not_lost(seen: Seen) -> None:
    assert (seen.order["state"], seen.order["kind"]) == ("accepted", "love")
    assert (seen.again["state"], seen.again["undecided"]) == ("waiting", 1)
