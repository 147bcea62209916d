"""Somebody applies online: papers are asked for once, two people go there, two others decide, it hangs, it is served
and accepted by a third, and the month's draft pays for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from tests.journeys.client import TOWNSHIP, VILLAGE, Actor
from tests.journeys.county import ITEM, shanghai
from tests.journeys.in_depth.way import House, Way

Refusal = tuple[int, str]


@dataclass
class Seen:
    """What the play left to look at."""

    need: dict[str, Any] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    refused: dict[str, Refusal] = field(default_factory=dict)
    notice: dict[str, Any] = field(default_factory=dict)
    expired: dict[str, Any] = field(default_factory=dict)
    visit: dict[str, Any] = field(default_factory=dict)
    order: dict[str, Any] = field(default_factory=dict)
    verified: dict[str, Any] = field(default_factory=dict)
    draft: dict[str, Any] = field(default_factory=dict)
    history: list[str] = field(default_factory=list)
    person: str = ""


class Play:
    """The story, scene by scene."""

    def __init__(self, way: Way) -> None:
        self.way, self.client, self.seen = way, way.client, Seen()
        self.house: House | None = None

    async def apply(self) -> None:
        """Registered online, accepted; what is missing is asked for once, and never what can be looked up."""
        way, client, refused = self.way, self.client, self.seen.refused
        self.house = await way.house(1)
        self.person = self.seen.person = await way.resident()
        await way.wait_until(1)
        self.need = await way.need(self.person, channel="online", applicant={"by": "self"})
        path = f"/v1/needs/{self.need}"
        await client.done("orders", f"{path}/classification", {"difficulty": "care", "urgency": "ordinary"})
        ask = f"{path}/missing-documents"
        refused["can be looked up"] = await client.refused("orders", ask, {"documents": ["dibao_proof"]}, by=VILLAGE)
        await client.done("orders", ask, {"documents": ["illness_proof"]}, by=VILLAGE)
        refused["asked again"] = await client.refused("orders", ask, {"documents": ["bank_card"]}, by=VILLAGE)
        self.seen.missing = (await client.get("orders", path))["missing"]

    async def decide(self) -> None:
        """Surveyed by two, reviewed by the township, assessed by the county: nobody twice."""
        client, refused, path = self.client, self.seen.refused, f"/v1/needs/{self.need}"
        await self.way.survey(self.need)
        refused["papers missing"] = await client.refused("orders", f"{path}/confirmation", by=TOWNSHIP)
        committed = {"document": "illness_proof", "how": "committed"}
        await client.done("orders", f"{path}/documents", committed, by=VILLAGE)
        surveyor = Actor(role="township", subject="village-1")
        refused["reviewed by who surveyed"] = await client.refused("orders", f"{path}/confirmation", by=surveyor)
        await self.way.confirm(self.need)
        both = Actor(role="bureau", subject=TOWNSHIP.subject)
        given = {"items": [{"item": ITEM, "times_per_month": 4}], "mode": "purchase"}
        refused["assessed by who reviewed"] = await client.refused("orders", f"{path}/assessment", given, by=both)
        self.plan = await self.way.assess(self.need)
        self.seen.need = await client.get("orders", path)

    async def post_and_start(self) -> None:
        """Nothing begins before the notice hangs; the notice masks the name and comes down after its days."""
        way, client = self.way, self.client
        start = f"/v1/plans/{self.plan}/start"
        self.seen.refused["begun unposted"] = await client.refused("orders", start, {"from_day": way.day(1)})
        await way.post_notice(self.plan)
        await way.start(self.plan, way.day(1))
        board = f"/v1/villages/{way.village}/notice"
        self.seen.notice = await client.get("orders", board, by=VILLAGE)
        self.seen.expired = await client.get("orders", f"{board}?day={way.day(8)}", by=VILLAGE)

    async def serve(self) -> None:
        """Offered, taken, visited with the person's code, accepted by who had no hand in it."""
        way, client, refused = self.way, self.client, self.seen.refused
        assert self.house is not None
        [order, *_] = await way.take_all(self.house)
        self.seen.visit = await way.visit(self.house, order, shanghai(way.first + timedelta(days=1), 9))
        path, accepted = f"/v1/orders/{order}/verification", {"result": "accepted"}
        refused["accepted by who assessed"] = await client.refused("orders", path, accepted)
        reporter = Actor(role="bureau", subject=self.house.actor.subject)
        refused["accepted by who reported"] = await client.refused("orders", path, accepted, by=reporter)
        await way.verify(order)
        self.seen.order = await client.get("orders", f"/v1/orders/{order}")
        [self.seen.verified] = await way.told("orders", "orders.order_verified.v1")
        self.seen.draft = (await way.drafts())[self.house.id]
        history = await client.rows("orders", f"/v1/beneficiaries/{self.person}/history")
        self.seen.history = [step["event"] for step in history]


@pytest.fixture(scope="module")
async def seen(way: Way) -> Seen:
    """The whole story, played once."""
    play = Play(way)
    await play.apply()
    await play.decide()
    await play.post_and_start()
    await play.serve()
    return play.seen


async def test_an_application_gets_the_first_number_of_the_year(seen: Seen, way: Way) -> None:
    assert seen.need["register_number"] == f"{way.code}-{way.first.year}-00001"
    assert (seen.need["channel"], seen.need["urgency"], seen.need["state"]) == ("online", "ordinary", "approved")


async def test_documents_are_asked_for_once_and_never_what_can_be_looked_up(seen: Seen) -> None:
    assert seen.missing == ["illness_proof"]
    assert seen.refused["can be looked up"][1] == "need.document_can_be_looked_up"
    assert seen.refused["asked again"][1] == "need.asked_once_already"
    assert seen.refused["papers missing"] == (409, "need.papers_missing")


async def test_nobody_decides_twice_or_on_their_own_work(seen: Seen) -> None:
    assert {name: code for name, (_, code) in seen.refused.items() if name.endswith(("surveyed", "reported"))} == {
        "reviewed by who surveyed": "forbidden.conflict",
        "accepted by who reported": "forbidden.conflict",
    }
    assert seen.refused["assessed by who reviewed"] == (403, "forbidden.conflict")
    assert seen.refused["accepted by who assessed"] == (403, "order.verifier_handled_the_need")


async def test_service_waits_for_a_notice_that_masks_the_name_and_comes_down(seen: Seen) -> None:
    assert seen.refused["begun unposted"] == (409, "plan.notice_missing")
    assert [entry["masked"] for entry in seen.notice["entries"]] == ["赵**"]
    assert seen.expired["entries"] == []


async def test_a_visit_with_the_persons_code_has_no_exception(seen: Seen) -> None:
    assert seen.visit["exceptions"] == []


async def test_the_order_goes_from_the_offer_to_the_acceptance(seen: Seen) -> None:
    happened = [(step["event"], step["role"]) for step in seen.order["timeline"]]
    assert happened == [("opened", "bureau"), ("matched", "bus"), ("completed", "bus"), ("accepted", "bureau")]


async def test_the_accepted_visit_is_a_fact_that_the_months_draft_pays_for(seen: Seen, way: Way) -> None:
    fact = seen.verified["fact"]
    assert (fact["kind"], fact["person"], fact["day"]) == ("service", seen.person, way.day(2))
    paid = [(line["rule"], line["person"]) for line in seen.draft["lines"] if line["fen"]]
    assert paid == [("home_care_destitute", seen.person)]
    assert seen.draft["payable_fen"] == 300_00


async def test_the_file_of_the_person_tells_the_whole_way(seen: Seen) -> None:
    told = [event for event in seen.history if event in WAY]
    assert sorted(set(told), key=told.index) == list(WAY)


WAY = ("registered", "surveyed", "confirmed", "approved", "drawn", "notice_posted", "started", "opened", "accepted")
