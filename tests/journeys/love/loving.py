"""A county that gives: its charity, who claims, and the steps of a love order from the need to the verification."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self
from uuid import uuid4

import asyncpg

from chassis.clock import SHANGHAI
from services.providers.domain.credit_code import ALPHABET
from tests.journeys.client import VERIFIER, Actor, Answer, Client
from tests.journeys.county import ITEM, POINT, pack_of, shanghai
from tests.journeys.in_depth.way import PURPOSE, House, Way

RICE = """
[[orders.item]]
id = "rice"
group = "goods"
name = "大米"
unit = "袋"
standard = "在保质期内，送到本人家中并签收"
target = "生活困难的救助对象"
modes = ["charity"]
purchasable = false
cite = { paper = "003", section = "part 2 (2) item 2", note = "个性化需要，由爱心人士和企业认领" }
"""
"""An item that only charity gives; Ningjin's list has none that is claimed in pieces the whole year."""


@dataclass(frozen=True, kw_only=True)
class Needy:
    """Somebody with an approved need: the number is what they are told their case by."""

    person: str
    need: str
    service_number: str


class Loving(Way):
    """A county of its own, in the month that the clock shows."""

    def __init__(self, client: Client, connection: asyncpg.Connection, month: str) -> None:
        super().__init__(client, connection, month)
        self.numbers = itertools.count(1)

    @classmethod
    async def founded(cls, client: Client, connection: asyncpg.Connection, *, content: str = "bureau") -> Self:
        """With its rules, of which the charity or the bureau decides the content; the bureau closes the lists."""
        county = cls(client, connection, f"{(await client.now()).astimezone(SHANGHAI):%Y-%m}")
        await client.done("orders", "/v1/policies", {"document": county.rules(content)})
        await county.rest()
        places = [{"code": code, "point": POINT} for code in (county.township, county.village)]
        await client.done("providers", "/v1/places", {"places": places})
        return county

    def rules(self, content: str) -> str:
        """Ningjin's second version, with rice, without a day on which lists close by themselves."""
        before, loving, after = pack_of(self.code, version="0002").partition("[orders.loving]")
        after = after.replace('content = "bureau"', f'content = "{content}"', 1)
        return f"{before}{loving}{after}".replace("monthly_on_day = 5\n", "") + RICE

    async def charity(self, number: int) -> Actor:
        """A registered charity, and who acts for it."""
        body = {"name": f"宁晋慈善会{number}", "credit_code": social_credit_code(number)}
        owner = (await self.client.done("charity", "/v1/charities", body))["id"]
        return Actor(role="charity", subject=f"charity-{number}", owner=owner)

    async def claimant(self, name: str) -> Actor:
        """A grown-up who wants to help, registered by themselves."""
        actor = Actor(role="claimant", subject=f"claimant-{next(self.numbers)}", owner=str(uuid4()))
        body = {"kind": "person", "name": name, "phone": "13900000000", "born_on": "1980-05-01"}
        await self.client.done("charity", "/v1/claimants", body, by=actor)
        return actor

    async def needy(self, item: str, price_fen: int = 0) -> Needy:
        """Declared by the village, surveyed, confirmed by the township; approved and priced by the bureau."""
        person = await self.resident(next(self.numbers))
        need = await self.need(person, items=[item])
        await self.survey(need)
        await self.confirm(need)
        given = {"items": [{"item": item}], "mode": "charity", "price_fen": price_fen, "rule": "love_order"}
        await self.client.done("orders", f"/v1/needs/{need}/assessment", given)
        shown = await self.client.get("orders", f"/v1/beneficiaries/{person}")
        return Needy(person=person, need=need, service_number=shown["service_number"])

    async def form(self, needy: Needy, item: str, charity: Actor, *, days: int = 15, **terms: Any) -> str:
        """The bureau refers it to the charity; the id of the love order, and the service has heard of it."""
        body = {
            "need_id": needy.need, "item": item, "charity_id": charity.owner, "rule": "love_order",
            "expires_at": await self.after(days=days), **terms,
        }  # fmt: skip
        order = (await self.client.done("orders", "/v1/love-orders", body))["id"]
        await self.rest()
        return str(order)

    async def visited(self, house: House, people: int, item: str = ITEM, **proof: Any) -> list[tuple[str, str]]:
        """So many people are helped, one an hour from nine tomorrow on: the orders and their visits."""
        for _ in range(people):
            person = await self.resident(next(self.numbers))
            _, plan = await self.approve(person, {"item": item, "times_per_month": 1})
            await self.post_notice(plan)
            await self.start(plan, (await self.today()).isoformat())
        morning = shanghai(await self.today() + timedelta(days=1), 9)
        done = []
        for hour, order in enumerate(await self.take_all(house)):
            told = await self.visit(house, order, morning + timedelta(hours=hour), **proof)
            done.append((order, str(told["id"])))
        return done

    async def after(self, **time: float) -> str:
        """An instant so much later, as a body says it."""
        return (await self.client.now() + timedelta(**time)).isoformat()

    async def publish(self, order: str, charity: Actor, wording: str = "") -> None:
        """Accepted, and on the hall."""
        await self.client.done("charity", f"/v1/love-orders/{order}/acceptance", by=charity)
        await self.client.done("charity", f"/v1/love-orders/{order}/publication", {"wording": wording}, by=charity)
        await self.rest()

    async def claim(self, order: str, who: Actor, **body: Any) -> dict[str, Any]:
        """Pieces are held."""
        path = f"/v1/love-orders/{order}/claims"
        held: dict[str, Any] = await self.client.done("charity", path, body or None, by=who)
        return held

    async def confirm_claim(self, claim: dict[str, Any], who: Actor) -> None:
        """The claimant is sure."""
        path = f"/v1/love-orders/{claim['order_id']}/claims/{claim['claim_id']}/confirmation"
        await self.client.done("charity", path, by=who)
        await self.rest()

    async def fulfil(self, order: str, who: Actor, **more: Any) -> dict[str, Any]:
        """It was done two hours ago."""
        done = (await self.client.now() - timedelta(hours=2)).astimezone(SHANGHAI)
        body = {"day": done.date().isoformat(), "time": f"{done:%H:%M}", **more}
        path = f"/v1/love-orders/{order}/fulfilment"
        told: dict[str, Any] = await self.client.done("charity", path, body, by=who)
        await self.rest()
        return told

    async def recipient(self, order: str, by: Actor) -> Answer:
        """Whom to serve, if the caller may know."""
        return await self.client.ask("orders", f"/v1/orders/{order}/recipient?{PURPOSE}", by)

    async def order(self, order: str) -> dict[str, Any]:
        """An order as the bureau sees it."""
        shown: dict[str, Any] = await self.client.get("orders", f"/v1/orders/{order}")
        return shown

    async def events(self, order: str) -> list[str]:
        """What happened to it."""
        return [step["event"] for step in (await self.order(order))["timeline"]]

    async def step(self, needy: Needy) -> list[str]:
        """What the person who asks is told about each of their orders."""
        shown = await self.client.get("orders", f"/v1/status?service_number={needy.service_number}")
        return [one["step"] for one in shown["orders"]]

    async def judge(self, order: str, result: str = "accepted", *, by: Actor = VERIFIER, **more: Any) -> str:
        """A person of the bureau judges a completion; the state after it."""
        body = {"result": result, **more}
        answer = await self.client.done("orders", f"/v1/orders/{order}/verification", body, by=by)
        await self.rest()
        return str(answer["state"])


def social_credit_code(number: int) -> str:
    """A unified social credit code of a social organisation, with its check character."""
    stem = f"53130528MJ{number:07}"
    weighted = sum(ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(stem))
    return stem + ALPHABET[-weighted % 31]
