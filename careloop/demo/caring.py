"""Who looks after whom near home: responsible cadres, monthly visits and calls, pairs, a carer who is replaced."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from careloop.demo.calendar import FIRST_MONTH, instant
from careloop.demo.caller import BUREAU, officer, village_worker
from careloop.demo.cast import HAS_CARER, PAIRED, URGENT_FILED_LATE, Cast, Helped
from careloop.demo.stage import Stage

SEEN_AT = time(15, 0)
FINE = {"food": "ok", "clothes": "ok", "housing": "ok", "medical": "ok", "hygiene": "ok", "utilities": "ok"}
PAIR_SEEN = (date(2024, 10, 25), date(2024, 11, 20))
NEVER_SEEN = URGENT_FILED_LATE
"""Nobody comes to them in October and November: the months end overdue."""


async def name_responsible(stage: Stage) -> None:
    """Everybody under the duty gets a cadre of the township who answers for it."""
    rows = await stage.caller.rows("orders", "/v1/duties", by=BUREAU, covered="true", assigned="false")

    async def name(row: dict[str, Any]) -> None:
        body = {"responsible": f"demo-cadre-{row['township']}"}
        path, key = f"/v1/duties/{row['id']}", f"duty:{row['id']}:{row['township']}"
        by = officer(row["township"])
        await stage.caller.decide("orders", path, "responsible", body, by=by, key=key, version=row["version"])

    await stage.each("责任人 responsible cadres", name, rows, passing=True)


async def see_everybody(stage: Stage, cast: Cast, day: date) -> None:
    """One contact with everybody due this month, at home or by phone; some are forgotten, one is in trouble."""
    month = f"{day:%Y-%m}"
    rows = await stage.caller.rows("orders", "/v1/contacts/due", by=BUREAU, month=month, state="due")
    people = cast.by_id
    seen_otherwise = (HAS_CARER,) if month == FIRST_MONTH else ()
    skipped = {one.id for one in cast.playing(NEVER_SEEN, *seen_otherwise)}
    chosen = [row for row in rows if row["person"] in people and row["person"] not in skipped]

    async def see(row: dict[str, Any]) -> None:
        way = "home" if people[row["person"]].number % 2 else "phone"
        await contact(stage, row["person"], row["township"], day, way, f"{month}:{row['person']}:contact")

    await stage.each("走访联系 monthly contacts", see, chosen, passing=True)


async def contact(
    stage: Stage, person: str, township: str, day: date, way: str, key: str, **more: Any
) -> dict[str, Any]:
    """One visit or call, with its notes; what it led to."""
    body: dict[str, Any] = {
        "person_id": person,
        "way": way,
        "captured_at": instant(day, SEEN_AT).isoformat(),
        "visitor": f"demo-cadre-{township}",
        "checklist": FINE,
        "notes": "精神尚好，已嘱按时吃药（示例）",
        **more,
    }
    told = stage.sealed(body, "notes")
    return (await stage.caller.post("orders", "/v1/contacts", told, by=village_worker(township), key=key)).body


async def pair(stage: Stage, one: Helped, day: date) -> None:
    """A party member is paired with the person, and comes again within the month."""
    helper, key = f"demo-party-{one.person.number}", f"{one.key}:pair"
    body = {"person_id": one.id, "helper": helper, "from_day": day.isoformat()}
    if day == PAIR_SEEN[0]:
        await stage.caller.post("orders", "/v1/pairs", body, by=one.officer, key=key)
    await contact(stage, one.id, one.person.township, day, "home", f"{key}:{day}", visitor=helper)


class Carers:
    """Somebody signs to care for a person, does not, is told to mend it, refuses, is replaced; the next signs again."""

    def __init__(self, stage: Stage, cast: Cast) -> None:
        self._stage = stage
        self._cast = cast

    async def step(self, now: datetime) -> None:
        """What happens on this day to those who have a carer."""
        steps = {
            date(2024, 10, 25): self._sign,
            date(2024, 10, 29): self._fail,
            date(2024, 11, 9): self._refuse,
            date(2024, 11, 10): self._replace,
            date(2024, 11, 28): self._renew,
        }
        work = steps.get(now.date())
        if work is not None:
            for one in self._cast.playing(HAS_CARER):
                await work(one)
        if now.date() in PAIR_SEEN:
            for one in self._cast.playing(PAIRED):
                await pair(self._stage, one, now.date())

    async def _path(self, one: Helped) -> str:
        rows = await self._stage.caller.rows("orders", "/v1/carers", by=BUREAU, person=one.id)
        return f"/v1/carers/{rows[0]['id']}"

    def _agreed(self, name: str, signed: date, relation: str) -> dict[str, Any]:
        body = {
            "name": f"{name}（生成）", "phone": "002-00000001", "relation": relation, "signed_on": signed.isoformat(),
            "from_day": signed.isoformat(), "valid_to": "2025-10-31", "duties": ["meals", "medicine"],
        }  # fmt: skip
        return self._stage.sealed(body, "name", "phone")

    async def _sign(self, one: Helped) -> None:
        body = self._agreed("照料人甲", date(2024, 10, 25), "relative") | {"person_id": one.id}
        await self._stage.caller.post("orders", "/v1/carers", body, by=one.officer, key=f"{one.key}:carer")
        escort = self._stage.sealed(
            {"name": "陪同人（生成）", "phone": "002-00000002", "relation": "neighbour", "from_day": "2024-10-25"},
            "name", "phone",
        )  # fmt: skip
        path = f"/v1/beneficiaries/{one.id}/escort"
        await self._stage.caller.post("orders", path, escort, by=one.officer, key=f"{one.key}:escort")

    async def _fail(self, one: Helped) -> None:
        path, caller = await self._path(one), self._stage.caller
        found = self._stage.sealed({"code": "medicine_not_given", "text": "连续三日未送药（示例）"}, "text")
        await caller.post("orders", f"{path}/findings", found, by=one.finder, key=f"{one.key}:finding")
        order = self._stage.sealed({"due_on": "2024-11-08", "text": "限期整改，按协议照料（示例）"}, "text")
        await caller.decide("orders", path, "rectification", order, by=BUREAU, key=f"{one.key}:rectify")

    async def _refuse(self, one: Helped) -> None:
        judged = self._stage.sealed({"result": "refused", "text": "拒不整改（示例）"}, "text")
        path, key = await self._path(one), f"{one.key}:rectified"
        await self._stage.caller.decide("orders", path, "rectification-result", judged, by=BUREAU, key=key)

    async def _replace(self, one: Helped) -> None:
        body = self._agreed("照料人乙", date(2024, 11, 10), "neighbour")
        path, key = await self._path(one), f"{one.key}:replaced"
        await self._stage.caller.decide("orders", path, "replacement", body, by=one.officer, key=key)

    async def _renew(self, one: Helped) -> None:
        body = {"signed_on": "2024-11-28", "valid_to": "2026-10-31"}
        path, key = await self._path(one), f"{one.key}:renewed"
        await self._stage.caller.decide("orders", path, "renewal", body, by=one.officer, key=key)
