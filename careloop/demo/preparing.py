"""The demand side: the county's pack, and everybody from registration to a plan that starts in the first month."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from careloop.demo.calendar import BEGINS, FIRST_MONTH, first_day, instant
from careloop.demo.caller import BUREAU, officer, village_worker
from careloop.demo.people import Person, generate
from careloop.demo.stage import Stage

PACK = Path(__file__).resolve().parents[2] / "deploy" / "localities" / "130528" / "0001.toml"
MORNING = time(9, 0)
A_MONTH = {"week": 4, "half_month": 2, "month": 1}
FINDINGS = {"body_and_mind": 3, "daily_care": 3, "family": 1, "social_support": 2}


async def publish(stage: Stage) -> None:
    """Publish the county's pack, once; rest until all four services have it."""
    published = await stage.caller.rows("orders", "/v1/policies", by=BUREAU)
    if not published:
        body = {"document": PACK.read_text(encoding="utf-8")}
        await stage.caller.post("orders", "/v1/policies", body, by=BUREAU, key="policy:0001")
    await stage.rest()


async def help_people(stage: Stage) -> None:
    """Everybody from registration to a started plan, with the days between the steps."""
    items = programme_items()
    helped: dict[int, dict[str, str]] = {}
    people = generate(stage.people, stage.seed)
    begins = first_day(FIRST_MONTH)

    async def registered(person: Person) -> None:
        helped[person.number] = await _register(stage, person, items)

    async def confirmed(person: Person) -> None:
        ids, key = helped[person.number], f"person:{person.number}"
        path, by = f"/v1/needs/{ids['need']}", officer(person.township)
        await stage.caller.decide("orders", path, "confirmation", by=by, key=f"{key}:confirm")

    async def assessed(person: Person) -> None:
        ids, key = helped[person.number], f"person:{person.number}"
        body = {"items": items[person.kind.programme], "mode": "purchase"}
        path = f"/v1/needs/{ids['need']}/assessment"
        answer = await stage.caller.post("orders", path, body, by=BUREAU, key=f"{key}:assess")
        ids["plan"] = answer.body["plan_id"]

    async def started(person: Person) -> None:
        await _start(stage, person, helped[person.number]["plan"], begins)

    await stage.forward(BEGINS)
    await stage.each("登记、入户调查 register and survey", registered, people)
    await stage.forward(instant(date(2024, 10, 15), MORNING))
    await stage.each("乡镇审核确认 township confirms", confirmed, people)
    await stage.forward(instant(date(2024, 10, 22), MORNING))
    await stage.each("县民政局评估 county assesses", assessed, people)
    await stage.forward(instant(_notice_day(begins) + timedelta(days=1), MORNING))
    await stage.each("公示、开始服务 notice and start", started, people)


async def _register(stage: Stage, person: Person, items: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, str]:
    """Register the person and the need, and record the survey of two people."""
    caller, key = stage.caller, f"person:{person.number}"
    by = village_worker(person.township)
    told = stage.sealed(person.body(), "name", "id_number", "phone", "address")
    registered = await caller.post("orders", "/v1/beneficiaries", told, by=by, key=f"{key}:register")
    body: dict[str, Any] = {
        "person_id": registered.body["id"],
        "items": [item["item"] for item in items[person.kind.programme]],
        "channel": "village",
    }
    need = await caller.post("orders", "/v1/needs", body, by=by, key=f"{key}:need")
    survey = {"village_worker": by.subject, "aide": f"demo-aide-{person.township}", "findings": FINDINGS}
    path = f"/v1/needs/{need.body['id']}/survey"
    await caller.post("orders", path, survey, by=by, key=f"{key}:survey")
    return {"id": registered.body["id"], "need": need.body["id"]}


async def _start(stage: Stage, person: Person, plan: str, begins: date) -> None:
    caller, key = stage.caller, f"person:{person.number}"
    notice = {"posted_on": _notice_day(begins).isoformat()}
    await caller.post("orders", f"/v1/plans/{plan}/notice", notice, by=officer(person.township), key=f"{key}:notice")
    start = {"from_day": begins.isoformat()}
    await caller.decide("orders", f"/v1/plans/{plan}", "start", start, by=BUREAU, key=f"{key}:start")


def _notice_day(begins: date) -> date:
    return begins - timedelta(days=9)


def programme_items() -> dict[str, list[dict[str, Any]]]:
    """What each programme of the pack usually gives a month: items as an assessment takes them."""
    pack = tomllib.loads(PACK.read_text(encoding="utf-8"))
    return {
        programme["id"]: [
            {"item": planned["item"], "times_per_month": planned["times"] * A_MONTH[planned["per"]]}
            for planned in programme["plan"]
            if planned["per"] in A_MONTH
        ]
        for programme in pack["orders"]["programme"]
    }
