"""Four visits and what the desk makes of them: rejected and appealed, returned and mended, accepted and undone.

Nothing is written over: every change of mind is an event of its own, with its class of cause.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.journeys.client import VERIFIER, Actor
from tests.journeys.in_depth.way import PURPOSE, House
from tests.journeys.love.loving import Loving

SECOND = Actor(role="bureau", subject="bureau-3")
THIRD = Actor(role="bureau", subject="bureau-4")
GROUNDS = "当天到岗，有照片和签名为证"
Refusal = tuple[int, str]


@dataclass
class Seen:
    """What the play left to look at."""

    queue: list[tuple[str, str]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    states: dict[str, list[str]] = field(default_factory=dict)
    timelines: dict[str, list[str]] = field(default_factory=dict)
    refused: dict[str, Refusal] = field(default_factory=dict)
    late: list[str] = field(default_factory=list)
    mended: dict[str, Any] = field(default_factory=dict)
    grounds: list[str] = field(default_factory=list)
    void: dict[str, Any] = field(default_factory=dict)
    accepted: str = ""
    verified: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    corrections: list[tuple[str, str]] = field(default_factory=list)
    causes: dict[str, int] = field(default_factory=dict)
    orders: list[str] = field(default_factory=list)
    bundle: dict[str, Any] = field(default_factory=dict)


class Play:
    """The story, scene by scene."""

    def __init__(self, way: Loving, house: House) -> None:
        self.way, self.client, self.house, self.seen = way, way.client, house, Seen()

    async def serve_three(self) -> None:
        """Three people are cleaned for; whoever was there took one picture of two."""
        done = await self.way.visited(self.house, 3, photos=1)
        self.seen.orders = [order for order, _ in done]
        self.rejected, self.returned, self.undone = done
        self.seen.queue = await self.queue()

    async def queue(self) -> list[tuple[str, str]]:
        """What waits at the desk of this provider, the most urgent first."""
        rows = await self.client.rows("orders", f"/v1/verification-queue?provider={self.house.id}", by=VERIFIER)
        return [(row["id"], row["urgency"]) for row in rows]

    def note(self, name: str, state: str) -> None:
        """In which state the order is now."""
        self.seen.states.setdefault(name, []).append(state)

    async def reject_and_hear(self) -> None:
        """Rejected; the provider appeals; who rejected does not answer, another officer upholds it."""
        (order, visit), client = self.rejected, self.client
        self.note("rejected", await self.way.judge(order, "rejected", note_code="not_done"))
        body = {"visit_id": visit, "grounds": GROUNDS, "evidence": [digest("signed")]}
        lodged = await client.done("orders", f"/v1/orders/{order}/appeals", body, by=self.house.actor)
        appeal = f"/v1/appeals/{lodged['id']}"
        answer = {"result": "upheld", "reason_code": "papers_shown", "text": "核对签名无误"}
        self.seen.refused["who rejected"] = await client.refused("orders", f"{appeal}/answer", answer, by=VERIFIER)
        await client.done("orders", f"{appeal}/answer", answer, by=SECOND)
        await self.way.rest()
        read = await client.get("orders", f"{appeal}/writings?{PURPOSE}", by=self.house.actor)
        self.seen.grounds = [one["text"] for one in read["items"]]
        self.note("rejected", (await self.way.order(order))["state"])

    async def return_and_mend(self) -> None:
        """Returned for the missing picture; supplemented; accepted."""
        (order, visit), client = self.returned, self.client
        self.note("returned", await self.way.judge(order, "returned", note_code="photo_missing"))
        body = {
            "cause": "mistake", "reason": "漏传一张照片",
            "evidence": [{"sha256": digest("the second picture"), "kind": "after"}],
        }  # fmt: skip
        path = f"/v1/visits/{visit}/supplements"
        self.seen.mended = await client.done("providers", path, body, by=self.house.actor)
        await self.way.rest()
        self.note("returned", (await self.way.order(order))["state"])
        self.note("returned", await self.way.judge(order))

    async def accept_and_undo(self) -> None:
        """Accepted; it turns out to be false; taken back by another, and rejected for good by a third."""
        (order, visit), client = self.undone, self.client
        self.note("undone", await self.way.judge(order))
        path = f"/v1/orders/{order}/verification-undo"
        body = {"visit_id": visit, "cause": "violation", "reason_code": "false_record", "text": "老人说当天无人上门"}
        self.seen.refused["who accepted"] = await client.refused("orders", path, body, by=VERIFIER)
        self.note("undone", (await client.done("orders", path, body, by=SECOND))["state"])
        await self.way.let_pass(days=8)
        self.note("undone", (await self.way.order(order))["state"])
        self.note("undone", await self.way.judge(order, "rejected", by=THIRD, note_code="false_record"))

    async def look_back(self) -> None:
        """What was told, what the report of causes says."""
        way, client, seen = self.way, self.client, self.seen
        for name, order in zip(("rejected", "returned", "undone"), seen.orders, strict=True):
            seen.timelines[name] = await way.events(order)
            told = await way.told("orders", "orders.order_verified.v1")
            seen.verified[name] = [one for one in told if one["order_id"] == order]
        feed = await client.get("orders", "/v1/events?limit=1000")
        [seen.accepted] = [
            event["id"] for event in feed["items"] if event["type"] == "orders.order_verified.v1"
            and event["data"]["order_id"] == self.undone[0]
        ]  # fmt: skip
        told = await way.told("orders", "orders.verification_undone.v1")
        [seen.void] = [one for one in told if one["order_id"] == self.undone[0]]
        rows = await client.rows("orders", "/v1/corrections")
        seen.corrections = sorted((row["kind"], row["cause"]) for row in rows if row["order_id"] in seen.orders)
        report = await client.get("orders", f"/v1/causes?month={way.month}&by=provider")
        seen.causes = {row["cause"]: row["corrections"] for row in report["items"] if row["place"] == self.house.id}
        seen.left = [order for order, _ in await self.queue()]


@pytest.fixture(scope="module")
async def seen(loving: Loving) -> Seen:
    """The whole story, played once."""
    play = Play(loving, await loving.house(51))
    await play.serve_three()
    await play.reject_and_hear()
    await play.return_and_mend()
    await play.accept_and_undo()
    await play.look_back()
    return play.seen


def digest(text: str) -> str:
    """What stands for a picture."""
    return hashlib.sha256(text.encode()).hexdigest()


async def test_what_waits_is_on_the_desk_until_it_is_judged(seen: Seen) -> None:
    assert sorted(order for order, _ in seen.queue) == sorted(seen.orders)
    assert seen.left == []


async def test_a_rejection_is_appealed_and_answered_by_another_officer(seen: Seen) -> None:
    assert seen.states["rejected"] == ["turned_down", "accepted"]
    assert seen.refused["who rejected"] == (403, "forbidden.conflict")
    assert seen.timelines["rejected"] == [
        "opened", "matched", "completed", "turned_down", "appeal_noted", "appeal_noted", "undone", "accepted",
    ]  # fmt: skip
    assert seen.grounds == [GROUNDS, "核对签名无误"]
    [told] = seen.verified["rejected"]
    assert told["fact"]["cause"] == "mistake"


async def test_what_is_returned_is_mended_and_then_accepted(seen: Seen) -> None:
    assert seen.states["returned"] == ["returned", "completed", "accepted"]
    assert seen.timelines["returned"][-4:] == ["completed", "returned", "completed", "accepted"]
    assert seen.mended["exceptions"] == []


async def test_an_acceptance_is_taken_back_by_another_and_nothing_accepts_it_again(seen: Seen) -> None:
    assert seen.refused["who accepted"] == (403, "order.undone_by_who_judged")
    assert seen.states["undone"] == ["accepted", "completed", "completed", "turned_down"]
    assert seen.timelines["undone"][-4:] == ["completed", "accepted", "undone", "turned_down"]


async def test_what_the_acceptance_told_is_void_and_names_the_fact(seen: Seen) -> None:
    [told] = seen.verified["undone"]
    assert (seen.void["cause"], seen.void["was"]) == ("violation", "accepted")
    assert told["visit_id"] == seen.void["visit_id"]
    assert seen.void["fact"]["fact"] == seen.accepted


async def test_the_report_tells_mistakes_from_violations(seen: Seen) -> None:
    assert ("appeal_upheld", "mistake") in seen.corrections
    assert ("judgement_undone", "violation") in seen.corrections
    assert seen.causes["violation"] == 1
    assert seen.causes["mistake"] >= 1
