"""A county with Ningjin's rules in depth: several providers in two townships, and the steps of a person's way."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Self

import asyncpg

from chassis.clock import SHANGHAI
from services.orders.domain.identity import check_character
from tests.journeys.client import TOWNSHIP, VERIFIER, VILLAGE, Actor, Client
from tests.journeys.county import FINDINGS, ITEM, POINT, County, credit_code, pack_of, shanghai

KILOMETRE = 9_000
"""Micro-degrees of latitude."""
PURPOSE = "purpose=%E6%A0%B8%E5%AF%B9"
"""What somebody says who opens what is sealed: to check."""
COLLEAGUE = Actor(role="township", subject="township-2")
NEXT_TOWNSHIP = Actor(role="township", subject="township-3", township="101")


@dataclass(frozen=True, kw_only=True)
class House:
    """A provider: who acts for it, and who it sends."""

    actor: Actor
    worker: str
    agreement: str

    @property
    def id(self) -> str:
        """As others name it."""
        return self.actor.owner


class Way(County):
    """A county of its own on the running system; its month is the one after the clock's."""

    @classmethod
    async def begun(cls, client: Client, connection: asyncpg.Connection) -> Self:
        """With its rules published, and its places on the map: the second township is six kilometres away."""
        now = (await client.now()).astimezone(SHANGHAI)
        county = cls(client, connection, f"{now.date().replace(day=1) + timedelta(days=31):%Y-%m}")
        await client.done("orders", "/v1/policies", {"document": pack_of(county.code, version="0002")})
        await county.rest()
        far = {"lat": POINT["lat"] + 6 * KILOMETRE, "lon": POINT["lon"]}
        places = [{"code": code, "point": POINT} for code in (county.township, county.village)]
        places += [{"code": county.there, "point": far}, {"code": f"{county.there}202", "point": far}]
        await client.done("providers", "/v1/places", {"places": places})
        return county

    @property
    def there(self) -> str:
        """The other township."""
        return f"{self.code}101"

    def day(self, number: int) -> str:
        """A day of the month that is played."""
        return self.first.replace(day=number).isoformat()

    async def today(self) -> date:
        """The business day the clock shows."""
        return (await self.client.now()).astimezone(SHANGHAI).date()

    async def wait_until(self, day: int | str, hour: int = 9, minute: int = 0) -> None:
        """Let time pass until then, and whatever it brings be done."""
        then = date.fromisoformat(self.day(day) if isinstance(day, int) else day)
        await self.client.move_clock(shanghai(then, hour, minute))
        await self.rest()

    async def let_pass(self, **time: float) -> None:
        """Let so much time pass, and whatever it brings be done."""
        await self.client.move_clock(await self.client.now() + timedelta(**time))
        await self.rest()

    async def house(self, number: int, *townships: str, kilometres: int = 0, items: tuple[str, ...] = (ITEM,)) -> House:
        """A provider so far to the south of the first village, with an agreement for the townships and a worker."""
        serves = townships or (self.township,)
        done, point = self.client.done, {"lat": POINT["lat"] - kilometres * KILOMETRE, "lon": POINT["lon"]}
        body = {"name": f"安宁家政{number}", "credit_code": credit_code(number), "township": serves[0], "point": point}
        owner = (await done("providers", "/v1/providers", body))["id"]
        begins = self.first - timedelta(days=62)
        terms = {
            "number": f"N-{number}", "items": list(items), "townships": list(serves), "valid_from": begins.isoformat(),
            "valid_to": (begins + timedelta(days=360)).isoformat(), "monthly_capacity": 100, "tender": "NJZC-011",
        }  # fmt: skip
        await done("providers", f"/v1/providers/{owner}/agreements", terms)
        actor = Actor(role="provider", subject=f"provider-{number}", owner=owner)
        worker = {"name": f"王小梅{number}", "phone": "13800000000", "township": serves[0]}
        employed = await done("providers", f"/v1/providers/{owner}/workers", worker, by=actor)
        return House(actor=actor, worker=employed["id"], agreement=f"N-{number}")

    async def resident(self, number: int = 1, **changes: Any) -> str:
        """The id of a registered person of 84, partly unable, in dispersed care, in the first village."""
        first_17 = f"{self.code}19401016{number:03}"
        body = {
            "name": f"赵秀兰{number}", "id_number": first_17 + check_character(first_17), "phone": "13800000000",
            "born": "1940-10-16", "township": self.township, "village": self.village,
            "categories": ["destitute_dispersed"], "tier": "half", "generated": True, **changes,
        }  # fmt: skip
        return str((await self.client.done("orders", "/v1/beneficiaries", body, by=VILLAGE))["id"])

    async def need(self, person: str, *, by: Actor = VILLAGE, **changes: Any) -> str:
        """The id of a need that was registered."""
        body = {"person_id": person, "items": [ITEM], "channel": "village", **changes}
        return str((await self.client.done("orders", "/v1/needs", body, by=by))["id"])

    async def survey(self, need: str) -> None:
        """The village worker and the aide have been there."""
        body = {"village_worker": "village-1", "aide": "aide-1", "findings": FINDINGS}
        await self.client.done("orders", f"/v1/needs/{need}/survey", body, by=TOWNSHIP)

    async def confirm(self, need: str, by: Actor = TOWNSHIP) -> None:
        """The township has reviewed it."""
        await self.client.done("orders", f"/v1/needs/{need}/confirmation", by=by)

    async def assess(self, need: str, *items: dict[str, Any], by: Actor | None = None) -> str:
        """What is given is fixed, by default the cleaning of each week; the id of the plan."""
        body = {"items": items or [{"item": ITEM, "times_per_month": 4}], "mode": "purchase"}
        asked = {"by": by} if by else {}
        answer = await self.client.done("orders", f"/v1/needs/{need}/assessment", body, **asked)
        return str(answer["plan_id"])

    async def approve(self, person: str, *items: dict[str, Any], **changes: Any) -> tuple[str, str]:
        """A need with everything it takes, and its plan; nothing hangs or runs yet."""
        given = items or ({"item": ITEM, "times_per_month": 4},)
        need = await self.need(person, items=[str(item["item"]) for item in given], **changes)
        await self.survey(need)
        await self.confirm(need)
        return need, await self.assess(need, *given)

    async def post_notice(self, plan: str) -> None:
        """The plan hangs in the village from today on."""
        posted = {"posted_on": (await self.today()).isoformat()}
        await self.client.done("orders", f"/v1/plans/{plan}/notice", posted, by=TOWNSHIP)

    async def start(self, plan: str, from_day: str) -> None:
        """Service begins on a day."""
        await self.client.done("orders", f"/v1/plans/{plan}/start", {"from_day": from_day})
        await self.rest()

    async def begin_help(self, number: int = 1, *items: dict[str, Any], **changes: Any) -> tuple[str, str]:
        """A person and the plan that runs for them from the month's first day; nothing is open before it."""
        person = await self.resident(number, **changes)
        _, plan = await self.approve(person, *items)
        await self.post_notice(plan)
        await self.start(plan, self.day(1))
        return person, plan

    async def orders(self, **filters: str) -> list[dict[str, Any]]:
        """Orders by their windows."""
        query = "&".join(f"{name}={value}" for name, value in filters.items())
        rows = await self.client.rows("orders", f"/v1/orders?{query}")
        return sorted(rows, key=lambda row: (row["window_from"], row["item"], row["id"]))

    async def offers(self, house: House) -> list[str]:
        """The orders a provider is asked for."""
        rows = await self.client.rows("providers", "/v1/offers", by=house.actor)
        return [row["id"] for row in sorted(rows, key=lambda row: (row["window_from"], row["item"]))]

    async def take_all(self, house: House) -> list[str]:
        """The provider takes whatever it is offered."""
        offered = await self.offers(house)
        for order in offered:
            await self.client.done("providers", f"/v1/offers/{order}/acceptance", by=house.actor)
        await self.rest()
        return offered

    async def visit(
        self, house: House, order: str, starts: datetime, minutes: int = 40, *, photos: int = 2
    ) -> dict[str, Any]:  # fmt: skip
        """The worker has been there, with the person's code and two photos; told ten minutes after the end."""
        ends = starts + timedelta(minutes=minutes)
        await self.client.move_clock(ends + timedelta(minutes=10))
        code = (await self.client.get("providers", f"/v1/taken/{order}/code?{PURPOSE}"))["code"]
        item = (await self.client.get("orders", f"/v1/orders/{order}"))["item"]
        pictures = [hashlib.sha256(f"{order}/{starts}/{number}".encode()).hexdigest() for number in range(photos)]
        body = {
            "order_id": order, "worker_id": house.worker, "item": item, "started_at": starts.isoformat(),
            "ended_at": ends.isoformat(), "place": POINT, "photos": pictures, "code": code,
        }  # fmt: skip
        told: dict[str, Any] = await self.client.done("providers", "/v1/visits", body, by=house.actor)
        await self.rest()
        return told

    async def verify(self, order: str) -> None:
        """Somebody of the bureau who had no hand in it accepts the completion."""
        await self.client.done("orders", f"/v1/orders/{order}/verification", {"result": "accepted"}, by=VERIFIER)
        await self.rest()

    async def told(self, service: str, kind: str) -> list[dict[str, Any]]:
        """What a service has told of a kind, oldest first."""
        events = await self.client.get(service, "/v1/events?limit=1000")
        return [event["data"] for event in events["items"] if event["type"] == kind]

    async def bundles(self, person: str, month: str = "") -> dict[str, dict[str, Any]]:
        """By payee, what was told last of a person's month."""
        facts = [told["fact"] for told in await self.told("orders", "orders.bundle_month.v1")]
        return {
            fact["payee"]: fact for fact in facts if (fact["person"], fact["month"]) == (person, month or self.month)
        }

    async def drafts(self, month: str = "") -> dict[str, dict[str, Any]]:
        """By payee, the statements of an open month as they would be now."""
        rows = await self.client.rows("settlement", f"/v1/statements?month={month or self.month}")
        return {row["payee"]: await self.client.get("settlement", f"/v1/statements/{row['id']}") for row in rows}


def served(fact: dict[str, Any]) -> list[tuple[str, str]]:
    """The days of a bundle on which its payee was assigned, joined."""
    spans: list[tuple[str, str]] = []
    for days in fact["days"]:
        if not days["assigned"]:
            continue
        before = date.fromisoformat(days["from"]) - timedelta(days=1)
        if spans and spans[-1][1] == before.isoformat():
            spans[-1] = (spans[-1][0], days["to"])
        else:
            spans.append((days["from"], days["to"]))
    return spans
