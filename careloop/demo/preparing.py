"""The demand side: the county's packs, and everybody from registration to a plan that starts in the first month."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, time, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from careloop.demo import enrolling, needing
from careloop.demo.arranging import arrange
from careloop.demo.calendar import BEGINS, FIRST_MONTH, first_day, instant
from careloop.demo.caller import BUREAU
from careloop.demo.cast import CHANGES_PLAN, DISPUTED_THEN_MOVES_AWAY, IN_HOSPITAL, Cast, Helped, recalled
from careloop.demo.people import generate
from careloop.demo.stage import Stage

PACKS = Path(__file__).resolve().parents[2] / "deploy" / "localities" / "130528"
MORNING = time(9, 0)
A_MONTH = {"week": 4, "half_month": 2, "month": 1}
TRIED = {
    "130528/0002": "130528/0003",
    "\nbatch = false\n": "\nbatch = true\n",
    '\ncontent = "bureau"\n': '\ncontent = "either"\n',
}


def packs() -> list[tuple[str, str]]:
    """The county's packs in order, and a third that differs from the second in two words: orders are matched in
    batches, and the bureau may form a love order itself or refer a list of people of which the charity decides.

    A published pack never changes, so a county that tries something publishes a further version, as here.
    """
    first, second = ((PACKS / f"{number}.toml").read_text(encoding="utf-8") for number in ("0001", "0002"))
    third = second
    for word, other in TRIED.items():
        third = third.replace(word, other)
    return [("0001", first), ("0002", second), ("0003", third)]


async def publish(stage: Stage) -> None:
    """Publish the county's packs, each once; rest until all four services have them."""
    published = {row["version"] for row in await stage.caller.rows("orders", "/v1/policies", by=BUREAU)}
    for number, document in packs():
        if f"130528/{number}" not in published:
            await stage.caller.post("orders", "/v1/policies", {"document": document}, by=BUREAU, key=f"policy:{number}")
            await stage.rest()
    await stage.rest()


async def help_people(stage: Stage) -> Cast:
    """Everybody from registration to a started plan, with the days between the steps; noted when all is done."""
    people = generate(stage.people, stage.seed)
    known = recalled(people, stage.notes)
    if known is not None:
        return known
    items, begins = programme_items(), first_day(FIRST_MONTH)
    helped: dict[int, Helped] = {}
    refused: list[str] = []

    async def registered(one: Helped) -> None:
        id = one.id or await enrolling.register(stage, one.person)
        found = replace(one, id=id)
        found = replace(found, need=await needing.register_need(stage, found, needing.wanted(found, items)))
        helped[one.person.number] = found
        await needing.classify(stage, found)
        if found.person.role or found.person.kind.minor:
            await enrolling.complete(stage, found)
        await needing.survey(stage, found, found.need, found.key)

    async def assessed(one: Helped) -> None:
        plan = await needing.assess(stage, one, needing.wanted(one, items))
        helped[one.person.number] = replace(one, plan=plan)

    async def confirmed(one: Helped) -> None:
        await needing.confirm(stage, one)

    async def started(one: Helped) -> None:
        await _start(stage, one, begins)

    await stage.forward(BEGINS)
    imported = await enrolling.take_in_ledger(stage, people)
    everybody = [Helped(person=person, id=imported.get(person.number, "")) for person in people]
    await stage.each("登记、入户调查 register and survey", registered, everybody)
    await _beside(stage, Cast(tuple(helped.values())), refused)
    await stage.forward(instant(date(2024, 10, 15), MORNING))
    await stage.each("乡镇审核确认 township confirms", confirmed, list(helped.values()))
    await stage.forward(instant(date(2024, 10, 22), MORNING))
    await stage.each("县民政局评估 county assesses", assessed, list(helped.values()))
    await stage.forward(instant(_notice_day(begins) + timedelta(days=1), MORNING))
    await stage.each("公示、签字、开始 notice, signature, start", started, list(helped.values()))
    stage.notes.put(_noted(helped))
    stage.tell(refused)
    return Cast(tuple(helped[person.number] for person in people))


async def _beside(stage: Stage, cast: Cast, refused: list[str]) -> None:
    """What happens to few before the township confirms: a list checked, papers asked for, an objection heard."""
    for one in cast.playing(CHANGES_PLAN)[:1]:
        await enrolling.look_into_list(stage, one)
    for one in cast.playing(IN_HOSPITAL):
        await needing.ask_once(stage, one, refused)
    for one in cast.playing(DISPUTED_THEN_MOVES_AWAY):
        await needing.dispute(stage, one)
    await stage.forward(instant(date(2024, 10, 14), MORNING))
    for one in cast.playing(DISPUTED_THEN_MOVES_AWAY):
        await needing.review(stage, one, date(2024, 10, 13))


def _noted(helped: dict[int, Helped]) -> dict[str, str]:
    return {
        f"{what}:{number}": id
        for number, one in helped.items()
        for what, id in (("person", one.id), ("need", one.need), ("plan", one.plan))
    }


async def _start(stage: Stage, one: Helped, begins: date) -> None:
    """Signed by the person, or for a child by the guardian; posted in the village; begun by the bureau."""
    caller, key, path = stage.caller, one.key, f"/v1/plans/{one.plan}"
    signed = {
        "signed_by": "guardian" if one.person.kind.minor else "person",
        "signed_on": _notice_day(begins).isoformat(),
        "document_sha256": sha256(f"agreement of {key}".encode()).hexdigest(),
    }
    await caller.decide("orders", path, "agreement", signed, by=one.finder, key=f"{key}:agreement")
    notice = {"posted_on": _notice_day(begins).isoformat()}
    await caller.post("orders", f"{path}/notice", notice, by=one.officer, key=f"{key}:notice")
    if one.person.role or one.person.kind.minor:
        await arrange(stage, one, begins)
    await caller.decide("orders", path, "start", {"from_day": begins.isoformat()}, by=BUREAU, key=f"{key}:start")


def _notice_day(begins: date) -> date:
    return begins - timedelta(days=9)


def programme_items() -> dict[str, list[dict[str, Any]]]:
    """What each programme of the pack usually gives a month: items as an assessment takes them."""
    pack = tomllib.loads((PACKS / "0001.toml").read_text(encoding="utf-8"))
    return {
        programme["id"]: [
            {"item": planned["item"], "times_per_month": planned["times"] * A_MONTH[planned["per"]]}
            for planned in programme["plan"]
            if planned["per"] in A_MONTH
        ]
        for programme in pack["orders"]["programme"]
    }
