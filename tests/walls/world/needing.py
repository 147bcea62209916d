"""Needs of a spot beside their way: one helped at once whose papers never came, and some at every turn it may take."""

from __future__ import annotations

from typing import Any

from tests.walls.asking import Request
from tests.walls.world.helping import registered, surveyed
from tests.walls.world.places import Holder, Spot, World, holder


async def help_at_once(world: World, spot: Spot) -> None:
    """In October: approved before anybody went there; in November its papers are overdue."""
    body = {"person_id": spot["person"], "items": ["counselling"], "channel": "hotline", "urgent": True}
    answer = await _done(world, "/v1/needs", holder("village", spot), body)
    spot.things["need_late"] = answer["id"]
    given = {"items": [{"item": "counselling"}], "mode": "charity"}
    await _done(world, f"/v1/needs/{spot['need_late']}/assessment", holder("township", spot), given)


async def apply_otherwise(world: World, spot: Spot) -> None:
    """In December: needs to be classified, disputed, watched, withdrawn, refused; and matters of other departments."""
    by = holder("township", spot)
    for thing in ("need_open", "need_asked", "need_disputed", "need_unready", "need_unwanted"):
        spot.things[thing] = await registered(world, spot, "person", "errands")
    missing = {"documents": ["proxy_letter"]}
    await _done(world, f"/v1/needs/{spot['need_asked']}/missing-documents", by, missing)
    await _done(world, f"/v1/needs/{spot['need_disputed']}/dispute", by, {"reason": "邻居提出异议"})
    spot.things["need_turned_down"] = need = await surveyed(world, spot, "person", "errands")
    await _done(world, f"/v1/needs/{need}/refusal", by, {"reason": f"{spot.bodies.mark}{spot.mark}不符合条件"})
    sent = {"person_id": spot["person"], "department": "health", "matter_code": "surgery", "note": "请协调"}
    for thing in ("forwarding", "forwarding_received"):
        spot.things[thing] = (await _done(world, "/v1/forwardings", by, sent))["id"]
    received = f"/v1/forwardings/{spot['forwarding_received']}/receipt"
    await _done(world, received, by, {"reference": f"WJ-{spot.mark}"})


async def _done(world: World, path: str, by: Holder, body: dict[str, Any]) -> dict[str, Any]:
    return await world.done(Request(service="orders", method="POST", path=path, body=body), by)
