"""November is graded in every spot: entered by an inspector, signed by the bureau; a finding is open."""

from __future__ import annotations

from typing import Any

from tests.walls.asking import Holder, Request
from tests.walls.world.places import MONTH, Spot, World, bureau


def assessor(spot: Spot) -> Holder:
    """An inspector who signs nothing."""
    return Holder(role="inspector", subject=f"assessor-{spot.name}", county=spot.county)


async def grade(world: World, spot: Spot) -> None:
    """What monthly grades, duties and findings can be asked about."""
    about = {"provider_id": spot.bodies.provider, "township": spot.township}
    text = f"考核所见{spot.mark}"
    spot.texts.add(text)
    for measure in ("pictures", "home_visits"):
        entry = {**about, "measure": measure, "points": 9, "samples": 5, "text": text}
        await _done(world, f"/v1/grade-rounds/{MONTH}/entries", entry, assessor(spot))
    issued = await _done(world, f"/v1/grade-rounds/{MONTH}/grades", about, bureau(spot.county))
    spot.things["graded"] = issued["id"]
    duty = {
        "month": MONTH, "township": spot.township, "duty": "cadre_visits", "samples": 10, "met": 9, "text": text,
    }  # fmt: skip
    spot.things["duty_seen"] = (await _done(world, "/v1/duties", duty, assessor(spot)))["id"]
    found = {**about, "code": "room_not_cleaned", "source": "unscheduled", "text": text}
    spot.things["finding"] = (await _done(world, "/v1/findings", found, assessor(spot)))["id"]


async def _done(world: World, path: str, body: dict[str, Any], by: Holder) -> Any:
    return await world.done(Request(service="providers", method="POST", path=path, body=body), by)
