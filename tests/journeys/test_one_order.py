"""One person's way through the whole system: from the county's rules to a paid statement of 300 yuan, and a love order.

Everything is played once, over real HTTP, with the clock moved through November 2024; the tests look at what was seen.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.journeys.client import BUREAU, CASHIER, FINANCE, VERIFIER, Actor, Answer, Client
from tests.journeys.county import ITEM, TIMES, County, credit_code, shanghai
from tests.journeys.ground import whole_system

MONTH = "2024-11"
PRICE_FEN = 50_00
CLAIMANTS = tuple(Actor(role="claimant", subject=f"claimant-{n}", owner=str(uuid4())) for n in range(5))


@dataclass
class Seen:
    """What the play left to look at."""

    orders: list[dict[str, Any]] = field(default_factory=list)
    order: dict[str, Any] = field(default_factory=dict)
    hall: list[dict[str, Any]] = field(default_factory=list)
    claims: list[Answer] = field(default_factory=list)
    refused: dict[str, tuple[int, str]] = field(default_factory=dict)
    final: dict[str, Any] = field(default_factory=dict)
    why: dict[str, Any] = field(default_factory=dict)
    certificate: dict[str, Any] = field(default_factory=dict)
    paid: dict[str, Any] = field(default_factory=dict)
    gift: dict[str, Any] = field(default_factory=dict)
    heads: dict[str, dict[str, Any]] = field(default_factory=dict)
    person: str = ""
    provider: str = ""
    claimant: str = ""


class Play:
    """The story, scene by scene."""

    def __init__(self, county: County) -> None:
        self.county = county
        self.client = county.client
        self.seen = Seen()

    async def help_at_home(self) -> None:
        """Published rules, a provider, a person with a plan; the month's orders are taken."""
        await self.county.supply(waiting_list=1)
        self.seen.person = await self.county.help(1)
        self.seen.provider = self.county.provider.owner
        await self.client.move_clock(shanghai(self.county.first, 0, 10))
        await self.county.rest()
        self.seen.orders = await self.client.rows("orders", "/v1/orders")
        await self.county.accept_offers()
        await self.county.rest()

    async def love_order(self) -> None:
        """The bureau forms it, the charity publishes it, five claim it at once, the one who holds it does it."""
        first, done = self.county.first, self.client.done
        body = {"name": "宁晋慈善会", "credit_code": credit_code(2)}
        owner = (await done("charity", "/v1/charities", body))["id"]
        charity = Actor(role="charity", subject="charity-1", owner=owner)
        for one in CLAIMANTS:
            body = {"kind": "person", "name": "爱心人士", "phone": "13900000000"}
            await done("charity", "/v1/claimants", body, by=one)
        order_id = await self._form(owner)
        await self.county.rest()
        await done("charity", f"/v1/love-orders/{order_id}/publication", {"wording": "陪老人说说话"}, by=charity)
        self.seen.hall = await self.client.rows("charity", "/v1/hall", by=CLAIMANTS[0])
        path = f"/v1/love-orders/{order_id}/claims"
        self.seen.claims = list(
            await asyncio.gather(*(self.client.post("charity", path, by=claimant) for claimant in CLAIMANTS))
        )
        [winner] = [
            claimant
            for claimant, answer in zip(CLAIMANTS, self.seen.claims, strict=True)
            if answer.status == 201 and answer.body["standing"] == "held"
        ]
        self.seen.claimant = winner.owner
        await self.client.move_clock(shanghai(first + timedelta(days=2), 18))
        body = {"day": (first + timedelta(days=2)).isoformat(), "time": "15:00"}
        await done("charity", f"/v1/love-orders/{order_id}/fulfilment", body, by=winner)
        await self.county.rest()
        await done("orders", f"/v1/orders/{order_id}/verification", {"result": "accepted"}, by=VERIFIER)

    async def _form(self, charity: str) -> str:
        need = await self.county.confirm_need(1, self.seen.person, "counselling")
        terms = {"price_fen": PRICE_FEN, "rule": "love_order"}
        assessment = {"items": [{"item": "counselling"}], "mode": "charity", **terms}
        await self.client.done("orders", f"/v1/needs/{need}/assessment", assessment)
        expires_at = shanghai(self.county.first + timedelta(days=14), 12)
        body = {
            "need_id": need, "item": "counselling", "charity_id": charity, "expires_at": expires_at.isoformat(), **terms
        }  # fmt: skip
        return str((await self.client.done("orders", "/v1/love-orders", body))["id"])

    async def serve_and_close(self) -> None:
        """Visits, verification by a person, the close over all services."""
        await self.county.serve()
        self.seen.order = await self.client.get("orders", f"/v1/orders/{self.seen.orders[0]['id']}")
        await self.county.close()
        for service in ("orders", "providers", "charity"):
            self.seen.heads[service] = await self.client.get(service, "/v1/events?limit=1000")
        statements = {one["payee"]: one for one in await self.county.statements()}
        self.seen.final = statements[self.seen.provider]
        self.seen.gift = statements[self.seen.claimant]

    async def sign_and_pay(self) -> None:
        """The payee agrees, money comes, two people sign, finance pays; what is out of turn is refused."""
        address, refused = f"/v1/statements/{self.seen.final['id']}", self.seen.refused
        ask = self.client.refused
        refused["before the payee"] = await ask("settlement", f"{address}/approval", by=FINANCE)
        await self.client.done("settlement", f"{address}/confirmation", by=self.county.provider)
        refused["before the money"] = await ask("settlement", f"{address}/approval", by=FINANCE)
        await self.county.fund()
        await self.client.done("settlement", f"{address}/approval", by=FINANCE)
        both = Actor(role="bureau", subject=FINANCE.subject)
        refused["the same person again"] = await ask("settlement", f"{address}/approval", by=both)
        refused["nobody of the county"] = await ask("settlement", f"{address}/approval", by=CASHIER)
        reference = {"reference": "P-2024-11-1"}
        refused["paid with one signature"] = await ask("settlement", f"{address}/payment", reference, by=CASHIER)
        await self.client.done("settlement", f"{address}/approval", by=BUREAU)
        await self.client.done("settlement", f"{address}/payment", reference, by=CASHIER)
        refused["paid again"] = await ask("settlement", f"{address}/payment", {"reference": "P-2"}, by=CASHIER)
        self.seen.paid = await self.client.get("settlement", address)
        self.seen.why = await self.client.get("settlement", f"{address}/lines/1/why")
        self.seen.certificate = await self.client.get("settlement", f"{address}/certificate")


@pytest.fixture(scope="module")
async def seen() -> AsyncIterator[Seen]:
    """The whole story, played once."""
    async with whole_system(shanghai(date(2024, 10, 20), 9)) as (settings, connection):
        client = Client(settings, "130528")
        play = Play(County(client, connection, MONTH))
        try:
            await play.help_at_home()
            await play.love_order()
            await play.serve_and_close()
            await play.sign_and_pay()
        finally:
            await client.close()
        yield play.seen


async def test_a_plan_opens_an_order_for_each_week(seen: Seen) -> None:
    windows = sorted((order["item"], order["window_to"]) for order in seen.orders)
    assert windows == [(ITEM, f"{MONTH}-{day}") for day in ("07", "14", "21", "30")]
    assert len(windows) == TIMES


async def test_an_order_remembers_its_way_from_the_offer_to_the_verification(seen: Seen) -> None:
    happened = [(step["event"], step["role"]) for step in seen.order["timeline"]]
    assert happened == [("opened", "service"), ("matched", "bus"), ("completed", "bus"), ("accepted", "bureau")]
    assert seen.order["provider"] == seen.provider


async def test_a_person_served_all_month_is_worth_three_hundred_yuan(seen: Seen) -> None:
    assert seen.final["payable_fen"] == 300_00
    assert [(line["rule"], line["person"]) for line in seen.final["lines"] if line["fen"]] == [
        ("home_care_destitute", seen.person)
    ]


async def test_signatures_out_of_turn_are_refused(seen: Seen) -> None:
    assert seen.refused == {
        "before the payee": (409, "statement.not_answered"),
        "before the money": (409, "statement.unfunded"),
        "the same person again": (403, "forbidden.conflict"),
        "nobody of the county": (409, "approval.seat_taken"),
        "paid with one signature": (409, "statement.not_approved"),
        "paid again": (409, "statement.paid_already"),
    }


async def test_two_people_have_signed_what_was_paid_one_of_them_of_finance(seen: Seen) -> None:
    signed = {(one["by"], one["body"]) for one in seen.paid["approvals"]}
    assert signed == {(BUREAU.subject, "county"), (FINANCE.subject, "finance")}
    assert (seen.paid["status"], seen.paid["paid"]["amount_fen"]) == ("paid", 300_00)


async def test_a_line_says_which_paper_and_which_visits_it_rests_on(seen: Seen) -> None:
    [cite] = seen.why["cites"]
    assert (seen.why["rule"], seen.why["fen"]) == ("home_care_destitute", 300_00)
    assert "003" in str(cite["cite"])
    assert "part 2 (6) item 13" in str(cite["cite"])
    verified = {
        event["id"] for event in seen.heads["orders"]["items"]
        if event["type"] == "orders.order_verified.v1" and event["data"]["fact"]["kind"] == "service"
    }  # fmt: skip
    assert len(verified) == TIMES
    assert verified < set(seen.why["facts"])


async def test_a_certificate_names_positions_policy_and_digest(seen: Seen) -> None:
    certificate = seen.certificate
    assert (certificate["payee"], certificate["digest"]) == (seen.provider, seen.final["digest"])
    assert list(certificate["policies"]) == ["130528/0001"]
    through = {one["source"]: one["last"] for one in certificate["sources"]}
    seals = {
        service: event["careloopposition"] for service, feed in seen.heads.items()
        for event in feed["items"] if event["type"] == f"{service}.month_sealed.v1"
    }  # fmt: skip
    assert {source: through[source] for source in seals} == seals
    assert set(seals) == {"orders", "providers", "charity"}


async def test_one_of_five_who_claim_at_once_holds_the_place(seen: Seen) -> None:
    assert [row["places_left"] for row in seen.hall] == [1]
    outcomes = Counter(answer.code or answer.body["standing"] for answer in seen.claims)
    assert outcomes == {"held": 1, "claim.no_place_left": 4}
    assert {answer.status for answer in seen.claims if answer.code} == {409}


async def test_a_love_order_is_settled_as_agreed_to_who_did_it(seen: Seen) -> None:
    [line] = [line for line in seen.gift["lines"] if line["fen"]]
    assert (seen.gift["payable_fen"], line["rule"]) == (PRICE_FEN, "love_order")
    facts = [
        event["data"]["fact"] for event in seen.heads["orders"]["items"] if event["type"] == "orders.order_verified.v1"
    ]
    [agreed] = [fact for fact in facts if fact["kind"] == "agreed"]
    assert (agreed["payee"], agreed["amount_fen"]) == (seen.claimant, PRICE_FEN)
