"""Tickets of a spot about its provider, one at every step; who complains carries the spot's mark."""

from __future__ import annotations

from typing import Any

from tests.walls.asking import Request
from tests.walls.world.places import Holder, Spot, World, bureau, holder

TICKETS = (
    "complaint_new", "complaint_numbered", "complaint_handed", "complaint_heard", "complaint_asking",
    "complaint_answered", "complaint_closing", "complaint_unwanted",
)  # fmt: skip


async def complain(world: World, spot: Spot) -> None:
    """In December, by the hot-line: taken, numbered, handed to the township, put to the provider, answered."""
    by, township = holder("hotline", spot), holder("township", spot)
    named = f"{spot.bodies.mark}{spot.mark}举报人"
    spot.texts.add(named)
    for thing in TICKETS:
        kind = "help_request" if thing == "complaint_asking" else "complaint"
        about = {"whom": "provider", "owner": spot.bodies.provider}
        body = {
            "channel": "county_line", "kind": kind, "township": spot.township, "text": "上门时长不足", "name": named,
            "phone": f"0319-000{spot.mark}", "about": about,
        }  # fmt: skip
        spot.things[thing] = (await _done(world, "/v1/complaints", by, body))["id"]
    for thing in TICKETS[1:]:
        await _done(world, f"/v1/complaints/{spot[thing]}/registration", by)
    for thing in TICKETS[2:]:
        to = {"office": "township", "township": spot.township}
        await _done(world, f"/v1/complaints/{spot[thing]}/transfer", bureau(spot.county), to)
    await _done(world, f"/v1/complaints/{spot['complaint_heard']}/summary", township, {"text": "请说明时长"})
    for thing in ("complaint_answered", "complaint_closing"):
        answer = {"outcome": "upheld", "text": "已责令整改"}
        await _done(world, f"/v1/complaints/{spot[thing]}/answer", township, answer)
    slip = await world.read("orders", f"/v1/complaints/{spot['complaint_answered']}/slip", spot.county)
    spot.slip |= {"number": slip["number"], "secret": slip["secret"]}


async def _done(world: World, path: str, by: Holder, body: dict[str, Any] | None = None) -> dict[str, Any]:
    answer: dict[str, Any] = await world.done(Request(service="orders", method="POST", path=path, body=body), by)
    return answer
