"""A company does a love order at its own low price: paid so, by the rule for such offers; others as was agreed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.journeys.client import Actor
from tests.journeys.love.loving import Loving

ITEM = "home_cleaning"
AGREED_FEN, ASKED_FEN = 50_00, 35_00


@dataclass
class Seen:
    """What the play left to look at."""

    company: str = ""
    person: str = ""
    too_dear: tuple[int, str] = (0, "")
    lines: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


async def offered(way: Loving, company: Actor, price_fen: int) -> str:
    """The company's offer of a unit at this price, in the township, for a month."""
    today = await way.today()
    body = {
        "item": ITEM, "price_fen": price_fen, "townships": [way.township],
        "from_day": today.isoformat(), "to_day": (today + timedelta(days=30)).isoformat(),
    }  # fmt: skip
    return str((await way.client.done("charity", "/v1/offers", body, by=company))["id"])


@pytest.fixture(scope="module")
async def seen(loving: Loving) -> Seen:
    """Two visitors are wanted: a company comes at its low price, a person as agreed."""
    way, client = loving, loving.client
    charity, who = await way.charity(9), await way.claimant("郑爱心")
    company = Actor(role="claimant", subject="company-1", owner=str(uuid4()))
    body = {"kind": "company", "name": "示例家政公司", "phone": "13900000000"}
    await client.done("charity", "/v1/claimants", body, by=company)
    seen = Seen(company=company.owner, person=who.owner)
    dear, low = await offered(way, company, AGREED_FEN + 1), await offered(way, company, ASKED_FEN)
    needy = await way.needy(ITEM, AGREED_FEN)
    order = await way.form(needy, ITEM, charity, places=2, price_fen=AGREED_FEN)
    path = f"/v1/love-orders/{order}/offer"
    seen.too_dear = await client.refused("charity", path, {"offer_id": dear}, by=charity)
    await client.done("charity", path, {"offer_id": low}, by=charity)
    await way.publish(order, charity)
    claims = [await way.claim(order, one) for one in (company, who)]
    for claim, one in zip(claims, (company, who), strict=True):
        await way.confirm_claim(claim, one)
    await way.let_pass(hours=20)
    for claim, one in zip(claims, (company, who), strict=True):
        await way.fulfil(order, one, claim_id=claim["claim_id"], minutes=60)
        await way.judge(order, visit_id=claim["claim_id"])
    drafts = await way.drafts()
    seen.lines = {one.owner: drafts[one.owner]["lines"] for one in (company, who)}
    return seen


async def test_an_offer_above_the_agreed_price_is_not_taken(seen: Seen) -> None:
    assert seen.too_dear == (409, "offer.above_the_agreed_price")


async def test_the_company_is_paid_what_it_asked_by_the_rule_for_offers_and_the_person_as_agreed(seen: Seen) -> None:
    paid = {payee: [(line["rule"], line["fen"]) for line in lines] for payee, lines in seen.lines.items()}
    assert paid == {seen.company: [("low_price_offer", ASKED_FEN)], seen.person: [("love_order", AGREED_FEN)]}
