"""The verification desk of a spot: one order was accepted, taken back and rejected, another rejected; both are appealed
against."""

from __future__ import annotations

from typing import Any

from tests.walls.asking import Request
from tests.walls.world.places import Holder, Spot, World, holder, verifier
from tests.walls.world.serving import visit

BEGAN = {"order_undone": "05", "order_rejected": "06"}
"""The hour of each visit, which no other visit of the worker has."""


async def serve(world: World, spot: Spot) -> None:
    """Both are served early in the day."""
    for order, hour in BEGAN.items():
        body = visit(spot, spot[order], "2024-12-03")
        times = {"started_at": f"2024-12-03T{hour}:10:00+08:00", "ended_at": f"2024-12-03T{hour}:40:00+08:00"}
        request = Request(service="providers", method="POST", path="/v1/visits", body={**body, **times})
        spot.things[f"visit_{order}"] = (await world.done(request, holder("provider", spot)))["id"]


async def judge(world: World, spot: Spot) -> None:
    """Another officer than who judged takes the judgement back; the provider appeals against both rejections."""
    second = Holder(role="bureau", subject=f"second-of-{spot.county}", county=spot.county)
    await _judged(world, spot, "order_undone", {"result": "accepted"}, verifier(spot.county))
    found = f"撤回说明{spot.mark}"
    undo = {
        "visit_id": spot["visit_order_undone"], "cause": "mistake", "reason_code": "wrong_person", "text": found,
    }  # fmt: skip
    await _done(world, f"/v1/orders/{spot['order_undone']}/verification-undo", undo, second)
    for order in BEGAN:
        await _judged(world, spot, order, {"result": "rejected", "note_code": "not_done"}, verifier(spot.county))
        grounds = f"申诉理由{spot.mark}"
        spot.texts |= {found, grounds}
        body = {"visit_id": spot[f"visit_{order}"], "grounds": grounds}
        answer = await _done(world, f"/v1/orders/{spot[order]}/appeals", body, holder("provider", spot))
        spot.things[f"appeal_{order}"] = answer["id"]
    rows = await world.read("orders", "/v1/corrections", spot.county, order_id=spot["order_undone"])
    [spot.things["correction"]] = [row["id"] for row in rows["items"]]


async def _judged(world: World, spot: Spot, order: str, said: dict[str, Any], by: Holder) -> None:
    body = {**said, "visit_id": spot[f"visit_{order}"]}
    await _done(world, f"/v1/orders/{spot[order]}/verification", body, by)


async def _done(world: World, path: str, body: dict[str, Any], by: Holder) -> dict[str, Any]:
    answer: dict[str, Any] = await world.done(Request(service="orders", method="POST", path=path, body=body), by)
    return answer
