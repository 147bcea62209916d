"""Help first, papers afterwards: a need found on a monthly visit is filed in time, one of the hot-line late."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from careloop.demo import caring, needing
from careloop.demo.caller import BUREAU, Actor
from careloop.demo.cast import HAS_CARER, URGENT_FILED_LATE, Cast, Helped
from careloop.demo.needing import HOTLINE
from careloop.demo.stage import Stage

ITEM = "meal_help"
LATE = "was overdue:"
"""How a note begins of what was late with an urgent need before its papers came, and who was told."""
FOUND, HELPED_TO = date(2024, 11, 5), date(2024, 11, 9)
FILED = {HAS_CARER: date(2024, 11, 7), URGENT_FILED_LATE: date(2024, 11, 22)}
"""The pack gives ten days; the second is told to township and county before its papers come."""


async def step(stage: Stage, cast: Cast, day: date) -> bool:
    """What happens on ``day`` to those two; whether anything did."""
    if day == FOUND:
        for one in cast.playing(*FILED):
            await _help(stage, one, await stage.notes.once(f"urgent:{one.person.number}", _finder(stage, one)))
    for role, filed in FILED.items():
        if day == filed:
            await _note_overdue(stage)
            for one in cast.playing(role):
                await _file(stage, one, stage.notes.ids[f"urgent:{one.person.number}"])
    return day == FOUND or day in FILED.values()


async def _note_overdue(stage: Stage) -> None:
    """Whose papers are late before they come, and how far up that is told."""
    rows = await stage.caller.rows("orders", "/v1/needs/overdue", by=BUREAU)
    late = [row for row in rows if row["urgency"] == "urgent"]
    urgent = Counter(f"{LATE} {row['overdue_step']}, {row['overdue_level']}" for row in late)
    stage.notes.put({name: str(number) for name, number in urgent.items()})


def _finder(stage: Stage, one: Helped) -> Any:
    async def found() -> str:
        return await (_by_visit(stage, one) if one.person.role == HAS_CARER else _by_hotline(stage, one))

    return found


async def _by_visit(stage: Stage, one: Helped) -> str:
    """The cadre on the monthly visit finds that nobody cooked, and registers a need in the same act."""
    trouble = {**caring.FINE, "food": "not_ok"}
    answer = await caring.contact(
        stage, one.id, one.person.township, FOUND, "home", f"{one.key}:trouble", checklist=trouble,
        notes="家中无人做饭（示例）", need={"items": [ITEM], "urgent": True},
    )  # fmt: skip
    return str(answer["need_id"])


async def _by_hotline(stage: Stage, one: Helped) -> str:
    body = {
        "person_id": one.id, "items": [ITEM], "channel": "hotline", "urgent": True,
        "ticket": f"12345-U{one.person.number}",
    }  # fmt: skip
    answer = await stage.caller.post("orders", "/v1/needs", body, by=HOTLINE, key=f"{one.key}:urgent")
    return str(answer.body["id"])


def _approver(one: Helped) -> Actor:
    """Urgent help is approved by the township's officer on duty, who is not the one that confirms afterwards."""
    return Actor(role="township", subject=f"demo-duty-{one.person.township}", township=one.person.township)


async def _help(stage: Stage, one: Helped, need: str) -> None:
    """Approved at once, and one order of a few days opened at once."""
    key = f"{one.key}:urgent"
    body = {"items": [{"item": ITEM, "per": "as_needed"}], "mode": "purchase"}
    path, by = f"/v1/needs/{need}/assessment", _approver(one)
    await stage.caller.post("orders", path, body, by=by, key=f"{key}:approve")
    order = {
        "person_id": one.id, "item": ITEM, "township": one.person.township, "village": one.person.village,
        "window_from": FOUND.isoformat(), "window_to": HELPED_TO.isoformat(), "need_id": need, "emergency": True,
    }  # fmt: skip
    await stage.caller.post("orders", "/v1/orders", order, by=by, key=f"{key}:order")


async def _file(stage: Stage, one: Helped, need: str) -> None:
    """Two people go there afterwards, and somebody else than who approved confirms."""
    key = f"{one.key}:urgent"
    await needing.survey(stage, one, need, key)
    await stage.caller.decide("orders", f"/v1/needs/{need}", "confirmation", by=one.officer, key=f"{key}:confirm")
    notice = {"posted_on": FILED[one.person.role].isoformat()}
    path = f"/v1/plans/{one.plan}/notice"
    await stage.caller.post("orders", path, notice, by=one.officer, key=f"{key}:notice")
