"""What a month changes: a plan, a stay in hospital, a move, a death, who phases out or moves away; and the refresh."""

from __future__ import annotations

from datetime import date
from typing import Any

from careloop.demo.caller import BUREAU, village_worker
from careloop.demo.cast import (
    CHANGES_PLAN,
    DIES,
    DISPUTED_THEN_MOVES_AWAY,
    IN_HOSPITAL,
    MOVES,
    PHASED_OUT,
    Cast,
    Helped,
)
from careloop.demo.stage import Stage
from careloop.demo.world import TOWNSHIPS

MOVED_IN = date(2024, 11, 15)
HEARD, NOTIFIED = date(2024, 11, 4), date(2024, 11, 6)
REFRESHED_ON = 25
"""The day of the month on which the village looks at every plan again."""
ENDED = ("plan.not_running",)
FIRST_LOOK = date(2024, 10, 25)
"""In October nobody is forgotten."""
FORGOTTEN = (49, 70, 91)
"""Of every hundred people, who is forgotten."""


async def step(stage: Stage, cast: Cast, day: date) -> bool:
    """What happens on ``day``; whether anything did that changes orders."""
    scenes = {
        date(2024, 11, 8): (_change, CHANGES_PLAN),
        date(2024, 11, 10): (_suspend, IN_HOSPITAL),
        date(2024, 11, 12): (_move, MOVES),
        date(2024, 11, 13): (_phase_out, PHASED_OUT),
        date(2024, 11, 19): (_die, DIES),
        date(2024, 11, 21): (_move_away, DISPUTED_THEN_MOVES_AWAY),
    }
    if day in scenes:
        scene, role = scenes[day]
        for one in cast.playing(role):
            await scene(stage, one)
    if day.day == REFRESHED_ON:
        await _refresh(stage, cast, day)
    return day in scenes or day == MOVED_IN


async def _change(stage: Stage, one: Helped) -> None:
    """More from the 15th on: that needs no hearing."""
    body: dict[str, Any] = {
        "from_day": "2024-11-15",
        "items": [{"change": "set", "item": "errands", "per": "month", "times": 2}],
        "reason_code": "needs_more",
    }
    await _plan(stage, one, "changes", body)


async def _suspend(stage: Stage, one: Helped) -> None:
    await _plan(stage, one, "suspension", {"from_day": "2024-11-11", "to_day": "2024-11-20", "reason_code": "hospital"})


async def _move(stage: Stage, one: Helped) -> None:
    """To the next township, in the middle of the month; orders from then on are for the new place."""
    place = [township.code for township in TOWNSHIPS].index(one.person.township)
    there = TOWNSHIPS[(place + 1) % len(TOWNSHIPS)]
    body = {"township": there.code, "village": there.villages[0].code, "from_day": MOVED_IN.isoformat()}
    path, key = f"/v1/beneficiaries/{one.id}", f"{one.key}:move"
    await stage.caller.decide("orders", path, "move", body, by=BUREAU, key=key)


async def _phase_out(stage: Stage, one: Helped) -> None:
    """Better off: two more months, fewer visits each, after a hearing and a written notice."""
    body = {
        "months": 2, "way": "shrinking", "reason_code": "better_off",
        "heard_on": HEARD.isoformat(), "notified_on": NOTIFIED.isoformat(),
    }  # fmt: skip
    await _plan(stage, one, "phase-out", body)


async def _die(stage: Stage, one: Helped) -> None:
    """Told a day late."""
    path, key = f"/v1/beneficiaries/{one.id}", f"{one.key}:death"
    await stage.caller.decide("orders", path, "death", {"day": "2024-11-18"}, by=one.officer, key=key)


async def _move_away(stage: Stage, one: Helped) -> None:
    await _plan(stage, one, "stop", {"last_day": "2024-11-24", "reason_code": "moved_away"})


async def _plan(stage: Stage, one: Helped, action: str, body: dict[str, Any]) -> None:
    path, key = f"/v1/plans/{one.plan}", f"{one.key}:{action}"
    await stage.caller.decide("orders", path, action, body, by=BUREAU, key=key)


async def _refresh(stage: Stage, cast: Cast, day: date) -> None:
    """The village looks whether plan and need still fit; a few are forgotten and show up as stale afterwards."""
    rows = await stage.caller.rows("orders", "/v1/plans", by=BUREAU, state="started")
    people = cast.by_id

    def forgotten(row: dict[str, Any]) -> bool:
        person = people.get(row["person"])
        if day == FIRST_LOOK:
            return False
        return person is None or person.role == PHASED_OUT or person.number % 100 in FORGOTTEN

    async def look(row: dict[str, Any]) -> None:
        body = {"looked_on": day.isoformat(), "result": "unchanged", "findings": "需求与措施仍相符（示例）"}
        told = stage.sealed(body, "findings")
        path, key = f"/v1/plans/{row['id']}", f"{row['id']}:refresh:{day}"
        by = village_worker(row["township"])
        await stage.caller.decide("orders", path, "refresh", told, by=by, key=key, expected=ENDED)

    looked_at = [row for row in rows if not forgotten(row)]
    await stage.each("每月更新 monthly refresh", look, looked_at, passing=True)
