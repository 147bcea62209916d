"""A list of people of a spot that its charity decides on: one with a plan, two it has not decided on, one unlisted."""

from __future__ import annotations

from typing import Any

from tests.walls.asking import Request
from tests.walls.world.helping import confirmed
from tests.walls.world.places import Holder, Spot, World, bureau, holder

NEEDS = {"need_planned": "errands", "need_listed": "attendance", "need_listed_too": "housekeeping",
         "need_unlisted": "counselling"}  # fmt: skip


async def refer(world: World, spot: Spot) -> None:
    """In December, by the bureau, three of the four."""
    for thing, item in NEEDS.items():
        spot.things[thing] = need = await confirmed(world, spot, "person", item)
        given = {"items": [{"item": item}], "mode": "charity"}
        await _done(world, "orders", f"/v1/needs/{need}/assessment", bureau(spot.county), given)
    listed = [spot[thing] for thing in NEEDS if thing != "need_unlisted"]
    body = {"charity_id": spot.bodies.charity, "need_ids": listed}
    spot.things["referral"] = (await _done(world, "orders", "/v1/referrals", bureau(spot.county), body))["id"]


async def decide(world: World, spot: Spot) -> None:
    """The charity has a plan for one of them."""
    body = {
        "need_id": spot["need_planned"], "result": "content", "item": NEEDS["need_planned"], "units": 1, "places": 1,
        "expires_at": "2024-12-20T12:00:00+08:00", "plan": f"{spot.mark}号志愿者每周代买一次",
    }  # fmt: skip
    await _done(world, "charity", f"/v1/referrals/{spot['referral']}/decisions", holder("charity", spot), body)


async def _done(world: World, service: str, path: str, by: Holder, body: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = await world.done(Request(service=service, method="POST", path=path, body=body), by)
    return answer
