"""The story of a county before bad input is thrown at it: people, orders in every state, money, a closed month."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from tests.journeys.client import TOWNSHIP, VILLAGE, Actor
from tests.journeys.county import County, credit_code, shanghai

MONTH = "2024-11"
Names = dict[str, str]
"""What was made, by name."""


class Play:
    """One county's story, in acts; the clock moves between them."""

    def __init__(self, county: County) -> None:
        self.county = county
        self.client = county.client
        self.names: Names = {"county": county.code, "township": county.township, "village": county.village}

    async def prepare(self) -> None:
        """Rules, a provider, a person with a plan, one without, needs at every stage, a charity and two claimants."""
        await self.county.supply()
        self.names |= {"provider": self.county.provider.owner, "worker": self.county.workers[0]}
        self.names["person"] = await self.county.help(1)
        [plan] = await self.client.rows("orders", "/v1/plans")
        self.names["plan_started"] = plan["id"]
        self.names["other_person"] = person = await self.county.register(2)
        await self._needs(person)
        await self._charity()

    async def _needs(self, person: str) -> None:
        done = self.client.done
        for stage in ("registered", "surveyed"):
            body = {"person_id": person, "items": ["home_cleaning"], "channel": "village"}
            need = (await done("orders", "/v1/needs", body, by=VILLAGE))["id"]
            self.names[f"need_{stage}"] = need
            if stage == "surveyed":
                findings = {"body_and_mind": 1, "daily_care": 1, "family": 1, "social_support": 1}
                survey = {"village_worker": "village-1", "aide": "aide-1", "findings": findings}
                await done("orders", f"/v1/needs/{need}/survey", survey, by=TOWNSHIP)
        self.names["need_confirmed"] = await self.county.confirm_need(2, person, "housekeeping")
        approved = await self.county.confirm_need(3, person)
        items = {"items": [{"item": "home_cleaning", "times_per_month": 1}], "mode": "purchase"}
        assessed = await done("orders", f"/v1/needs/{approved}/assessment", items)
        self.names |= {"need_approved": approved, "plan_reviewed": assessed["plan_id"]}

    async def _charity(self) -> None:
        done = self.client.done
        body = {"name": "宁晋慈善会", "credit_code": credit_code(2)}
        self.names["charity"] = (await done("charity", "/v1/charities", body))["id"]
        for name in ("claimant", "other_claimant"):
            self.names[name] = str(uuid4())
            who = Actor(role="claimant", subject=name, owner=self.names[name])
            body = {"kind": "person", "name": "爱心人士", "phone": "13900000000"}
            await done("charity", "/v1/claimants", body, by=who)
        terms = {"price_fen": 50_00, "rule": "love_order"}
        for number, name in ((1, "need_given"), (4, "need_charity")):
            self.names[name] = need = await self.county.confirm_need(number, self.names["person"], "counselling")
            await done("orders", f"/v1/needs/{need}/assessment",
                       {"items": [{"item": "counselling"}], "mode": "charity", **terms})  # fmt: skip
        expires_at = shanghai(self.county.last + timedelta(days=60), 12).isoformat()
        body = {"need_id": self.names["need_given"], "item": "counselling", "charity_id": self.names["charity"]}
        formed = await done("orders", "/v1/love-orders", {**body, **terms, "expires_at": expires_at})
        self.names["love_order"] = formed["id"]

    async def give(self) -> None:
        """The love order is published."""
        path = f"/v1/love-orders/{self.names['love_order']}"
        charity = Actor(role="charity", subject="charity-1", owner=self.names["charity"])
        await self.client.done("charity", f"{path}/publication", {"wording": "陪老人说说话"}, by=charity)

    async def close(self) -> None:
        """The month is funded and closed; its statement is final."""
        await self.county.fund()
        await self.county.close()
        rows = await self.client.rows("settlement", f"/v1/statements?month={MONTH}")
        self.names["statement"] = next(row["id"] for row in rows if row["payee"] == self.names["provider"])
        orders = await self.client.rows("orders", "/v1/orders?state=accepted")
        self.names |= {"order_accepted": orders[0]["id"], "visit_accepted": orders[0]["visit_id"]}

    async def order(self) -> None:
        """In the next month three single orders are opened."""
        begins = self.county.last + timedelta(days=1)
        window = {"window_from": begins.isoformat(), "window_to": (begins + timedelta(days=20)).isoformat()}
        where = {"township": self.names["township"], "village": self.names["village"]}
        for name in ("completed", "taken", "offered"):
            body = {"person_id": self.names["person"], "item": "home_cleaning", **where, **window}
            self.names[f"order_{name}"] = (await self.client.done("orders", "/v1/orders", body))["id"]

    async def go_on(self) -> None:
        """One of them is completed, one taken, one remains offered; the love order is claimed."""
        who = Actor(role="claimant", subject="claimant", owner=self.names["claimant"])
        path = f"/v1/love-orders/{self.names['love_order']}/claims"
        self.names["claim"] = (await self.client.done("charity", path, by=who))["claim_id"]
        for name in ("completed", "taken"):
            path = f"/v1/offers/{self.names[f'order_{name}']}/acceptance"
            await self.client.done("providers", path, by=self.county.provider)
        body = self.visit(self.names["order_completed"])
        self.names["visit"] = (await self.client.done("providers", "/v1/visits", body, by=self.county.provider))["id"]

    def visit(self, order: str) -> dict[str, Any]:
        """A visit on the first of the next month."""
        day = self.county.last + timedelta(days=1)
        return {
            "order_id": order,
            "worker_id": self.county.workers[0],
            "item": "home_cleaning",
            "started_at": shanghai(day, 8).isoformat(),
            "ended_at": shanghai(day, 9).isoformat(),
        }


async def play_all(plays: list[Play]) -> None:
    """The counties side by side, act by act, since they share the clock."""
    county = plays[0].county
    for play in plays:
        await play.prepare()
    await county.rest()
    for play in plays:
        await play.give()
    await county.client.move_clock(shanghai(county.first, 0, 10))
    await county.rest()
    for play in plays:
        await play.county.accept_offers()
    for play in plays:
        await play.county.serve()
    for play in plays:
        await play.close()
    for play in plays:
        await play.order()
    await county.rest()
    for play in plays:
        await play.go_on()
    await county.rest()
