"""A county that helps people at home: its rules, its supply side, the way from a need to an accepted visit."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import asyncpg

from careloop.lags import quiet
from chassis.clock import SHANGHAI
from services.declared import declared
from services.orders.domain.identity import check_character
from services.providers.domain.credit_code import ALPHABET
from tests.journeys.client import BUREAU, FINANCE, TOWNSHIP, VERIFIER, VILLAGE, Actor, Client

PACKS = Path(__file__).resolve().parents[2] / "deploy" / "localities" / "130528"
TIMES = 4
"""Home cleanings a month for everybody, one a week."""
ITEM = "home_cleaning"
POINT = {"lat": 37_620_000, "lon": 114_920_000}
WORKERS = 3
FINDINGS = {"body_and_mind": 2, "daily_care": 3, "family": 1, "social_support": 4}


def pack_of(county: str, *, waiting_list: int = 20, version: str = "0001") -> str:
    """Ningjin's pack as ``county``'s, with so many places on the waiting list of a love order."""
    text = (PACKS / f"{version}.toml").read_text(encoding="utf-8").replace("130528", county)
    begins = text.index("[charity.waiting_list]")
    return text[:begins] + text[begins:].replace("places = 20", f"places = {waiting_list}", 1)


def credit_code(number: int) -> str:
    """A unified social credit code with its check character."""
    stem = f"91130528MTEXT{number:04}"
    weighted = sum(ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(stem))
    return stem + ALPHABET[-weighted % 31]


def shanghai(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant of a business day."""
    return datetime.combine(day, time(hour, minute), SHANGHAI)


class County:
    """A county played through ``client``; ids follow from the county's code, so that its play can be asked again."""

    def __init__(self, client: Client, connection: asyncpg.Connection, month: str) -> None:
        self.client = client
        self.connection = connection
        self.code = client.county
        self.month = month
        self.first = date.fromisoformat(f"{month}-01")
        self.last = (self.first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        self.township, self.village = f"{self.code}100", f"{self.code}100201"
        self.workers: list[str] = []
        self.provider = Actor(role="provider", subject="provider-1")

    async def rest(self) -> None:
        """Wait until everything told is heard and everything due is done."""
        await quiet(self.connection, declared(), await self.client.now())

    async def supply(self, *, waiting_list: int = 20) -> None:
        """Rules, places on the map, one provider with an agreement and workers."""
        document = pack_of(self.code, waiting_list=waiting_list)
        await self.client.done("orders", "/v1/policies", {"document": document}, key="policy")
        await self.rest()
        places = [{"code": code, "point": POINT} for code in (self.township, self.village)]
        await self.client.done("providers", "/v1/places", {"places": places}, key="places")
        body = {"name": "安宁家政", "credit_code": credit_code(1), "township": self.township, "point": POINT}
        owner = (await self.client.done("providers", "/v1/providers", body, key="provider"))["id"]
        self.provider = Actor(role="provider", subject="provider-1", owner=owner)
        await self.client.done("providers", f"/v1/providers/{owner}/agreements", self._agreement(), key="agreement")
        for number in range(WORKERS):
            worker = {"name": f"王小梅{number}", "phone": "13800000000", "township": self.township}
            path = f"/v1/providers/{owner}/workers"
            answer = await self.client.done("providers", path, worker, by=self.provider, key=f"worker:{number}")
            self.workers.append(answer["id"])

    def _agreement(self) -> dict[str, Any]:
        begins = self.first - timedelta(days=62)
        return {
            "number": "N-1",
            "items": [ITEM],
            "townships": [self.township],
            "valid_from": begins.isoformat(),
            "valid_to": (begins + timedelta(days=360)).isoformat(),
            "monthly_capacity": 10_000,
            "tender": "NJZC-011",
        }

    async def register(self, number: int) -> str:
        """The id of a registered person of 84, partly unable, in dispersed care."""
        first_17 = f"{self.code}19401016{number:03}"
        body = {
            "name": f"赵某{number}",
            "id_number": first_17 + check_character(first_17),
            "phone": "13800000000",
            "born": "1940-10-16",
            "township": self.township,
            "village": self.village,
            "categories": ["destitute_dispersed"],
            "tier": "half",
            "generated": True,
        }
        answer = await self.client.done("orders", "/v1/beneficiaries", body, by=VILLAGE, key=f"{number}:register")
        return str(answer["id"])

    async def confirm_need(self, number: int, person: str, item: str = ITEM) -> str:
        """A need, surveyed by two and confirmed by the township."""
        done, key = self.client.done, f"{number}:{item}"
        body = {"person_id": person, "items": [item], "channel": "village"}
        need = (await done("orders", "/v1/needs", body, by=VILLAGE, key=f"{key}:need"))["id"]
        survey = {"village_worker": "village-1", "aide": "aide-1", "findings": FINDINGS}
        await done("orders", f"/v1/needs/{need}/survey", survey, by=TOWNSHIP, key=f"{key}:survey")
        await done("orders", f"/v1/needs/{need}/confirmation", by=TOWNSHIP, key=f"{key}:confirm")
        return str(need)

    async def help(self, number: int) -> str:
        """A person from registration to a plan that runs from the month's first day; the person's id."""
        done, key = self.client.done, str(number)
        person = await self.register(number)
        need = await self.confirm_need(number, person)
        items = {"items": [{"item": ITEM, "times_per_month": TIMES}], "mode": "purchase"}
        assessed = await done("orders", f"/v1/needs/{need}/assessment", items, key=f"{key}:assess")
        plan = f"/v1/plans/{assessed['plan_id']}"
        posted = {"posted_on": (self.first - timedelta(days=15)).isoformat()}
        await done("orders", f"{plan}/notice", posted, by=TOWNSHIP, key=f"{key}:notice")
        await done("orders", f"{plan}/start", {"from_day": self.first.isoformat()}, key=f"{key}:start")
        return person

    async def help_all(self, numbers: Iterable[int]) -> list[str]:
        """Several people side by side."""
        return list(await asyncio.gather(*(self.help(number) for number in numbers)))

    async def accept_offers(self) -> int:
        """The provider takes whatever it is offered; how many orders that were."""
        offers = await self.client.rows("providers", "/v1/offers", by=self.provider)
        await self._each(offers, self._accept)
        return len(offers)

    async def _accept(self, offer: dict[str, Any]) -> None:
        path, key = f"/v1/offers/{offer['id']}/acceptance", f"accept:{offer['id']}"
        await self.client.done("providers", path, by=self.provider, key=key)

    async def report_visits(self) -> int:
        """A visit for every order that was taken and not served; how many that were."""
        taken = await self.client.rows("providers", "/v1/taken", by=self.provider)
        unserved = [order for order in sorted(taken, key=lambda order: str(order["id"])) if order["visit"] is None]
        await self._each(list(enumerate(unserved)), self._report)
        return len(unserved)

    async def _report(self, numbered: tuple[int, dict[str, Any]]) -> None:
        number, order = numbered
        # One worker's visits of a day follow one another: nobody is in two homes at once.
        slot = timedelta(minutes=45 * (number // WORKERS % 16))
        starts = shanghai(date.fromisoformat(order["window_from"]), 7) + slot
        body = {
            "order_id": order["id"],
            "worker_id": self.workers[number % WORKERS],
            "item": order["item"],
            "started_at": starts.isoformat(),
            "ended_at": (starts + timedelta(minutes=40)).isoformat(),
            "place": POINT,
            "photos": [uuid5(NAMESPACE_OID, order["id"]).hex * 2],
            "code": "1234",
        }
        await self.client.done("providers", "/v1/visits", body, by=self.provider, key=f"visit:{order['id']}")

    async def verify_all(self) -> int:
        """A person of the bureau accepts every completion; how many that were."""
        waiting = await self.client.rows("orders", "/v1/orders?state=completed")
        await self._each(waiting, self._verify)
        return len(waiting)

    async def _verify(self, order: dict[str, Any]) -> None:
        path, key = f"/v1/orders/{order['id']}/verification", f"verify:{order['id']}"
        await self.client.done("orders", path, {"result": "accepted"}, by=VERIFIER, key=key)

    async def serve(self) -> None:
        """What is offered is taken, done and accepted."""
        await self.accept_offers()
        await self.rest()
        # Keys are kept for thirty days: what was asked on the first can be asked again until here.
        await self.client.move_clock(shanghai(self.first + timedelta(days=27), 20))
        await self.report_visits()
        await self.rest()
        await self.verify_all()
        await self.rest()

    async def fund(self, fund: str = "county_budget", amount_fen: int = 10_000_000) -> None:
        """Money for the year."""
        body = {"fund": fund, "year": self.first.year, "amount_fen": amount_fen, "document": f"宁财 {fund} 1号"}
        await self.client.done("settlement", "/v1/allocations", body, by=FINANCE, key=f"fund:{fund}")

    async def ask_to_close(self) -> Any:
        """Grades for everybody, then the request, on the 3rd of the next month; its answer."""
        await self.client.move_clock(shanghai(self.last + timedelta(days=3), 9))
        await self.rest()
        path = f"/v1/months/{self.month}"
        for wait in (await self.client.get("settlement", path))["waits_for"]:
            if wait["what"] == "grade":
                payee, _, township = wait["which"].partition("/")
                body = {"month": self.month, "payee": payee, "township": township, "grade": "good"}
                await self.client.done("settlement", "/v1/grades", body, key=f"grade:{payee}")
        return await self.client.post("settlement", f"{path}/close", key="close")

    async def close(self) -> None:
        """The month closed over all services."""
        answer = await self.ask_to_close()
        assert answer.status == 202, answer.text
        await self.rest()
        month = await self.client.get("settlement", f"/v1/months/{self.month}")
        assert month["status"] == "closed", month["waits_for"]

    async def statements(self) -> list[dict[str, Any]]:
        """The month's statements, whole."""
        rows = await self.client.rows("settlement", f"/v1/statements?month={self.month}")
        return [await self.client.get("settlement", f"/v1/statements/{row['id']}") for row in rows]

    async def _each(self, items: list[Any], work: Callable[[Any], Awaitable[None]]) -> None:
        await asyncio.gather(*(work(item) for item in items))


__all__ = ["BUREAU", "County", "credit_code", "pack_of", "shanghai"]
