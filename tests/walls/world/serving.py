"""Orders of a spot that go to its provider: the November one served and accepted, one for each state in December."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_OID, uuid5

from tests.walls.asking import Request
from tests.walls.world.founding import POINT
from tests.walls.world.places import Spot, World, bureau, holder, verifier

TAKEN = (
    "order_taken", "order_visitable", "order_visitable_too", "order_completed", "order_schedulable", "order_appointed",
    "order_late", "order_undone", "order_rejected",
)  # fmt: skip
STATES = ("order_offered", "order_acceptable", "order_refusable", *TAKEN)


async def take_november(world: World, spot: Spot) -> None:
    """The plan's order of the month is accepted."""
    orders = await world.read("orders", "/v1/orders", spot.county, plan_id=spot["plan"])
    [spot.things["order"]] = [row["id"] for row in orders["items"]]
    await accept(world, spot, "order")


async def serve_november(world: World, spot: Spot) -> None:
    """It is served on the twenty-seventh."""
    spot.things["visit"] = await report(world, spot, "order", "2024-11-27")


async def verify_november(world: World, spot: Spot) -> None:
    """A person accepts it."""
    path = f"/v1/orders/{spot['order']}/verification"
    request = Request(service="orders", method="POST", path=path, body={"result": "accepted"})
    await world.done(request, verifier(spot.county))


async def order_december(world: World, spot: Spot) -> None:
    """Single orders, which the provider is offered."""
    for state in STATES:
        request = Request(service="orders", method="POST", path="/v1/orders", body=single(spot))
        spot.things[state] = (await world.done(request, bureau(spot.county)))["id"]


async def take_december(world: World, spot: Spot) -> None:
    """Some of them are taken, one of those is served."""
    for state in TAKEN:
        await accept(world, spot, state)
    spot.things["visit_waiting"] = await report(world, spot, "order_completed", "2024-12-03", mock_location=True)
    await _explain(world, spot)
    await _send(world, spot)


async def _explain(world: World, spot: Spot) -> None:
    """Something is odd about the visit that waits, and the provider says why."""
    about = {"visit_id": spot["visit_waiting"], "code": "place_doubtful"}
    odd = await world.read("providers", "/v1/exceptions", spot.county, **about)
    [spot.things["exception"]] = [row["id"] for row in odd["items"]]
    body = {"text": f"异常说明{spot.mark}"}
    spot.texts.add(body["text"])
    path = f"/v1/exceptions/{spot['exception']}/explanation"
    await world.done(Request(service="providers", method="POST", path=path, body=body), holder("provider", spot))


async def _send(world: World, spot: Spot) -> None:
    """A worker is sent twice, and two reports came too late."""
    by = holder("provider", spot)
    for name, order, day in (("appointment", "order_appointed", 10), ("appointment_needless", "order_late", 11)):
        body = appointment(spot, order, day)
        request = Request(service="providers", method="POST", path="/v1/appointments", body=body)
        spot.things[name] = (await world.done(request, by))["id"]
    for late in ("late_report", "late_report_refused"):
        body = {**visit(spot, spot["order_late"], "2024-12-03"), "reason": f"补报说明{spot.mark}"}
        spot.texts.add(body["reason"])
        told = Request(service="providers", method="POST", path="/v1/late-reports", body=body)
        spot.things[late] = (await world.done(told, by))["id"]


def appointment(spot: Spot, order: str, day: int) -> dict[str, Any]:
    """An hour of the day that no other spot has."""
    hour = 8 + int(spot.mark)
    return {
        "order_id": spot[order], "worker_id": spot["worker"], "starts_at": f"2024-12-{day}T{hour:02}:00:00+08:00",
        "ends_at": f"2024-12-{day}T{hour:02}:50:00+08:00",
    }  # fmt: skip


def single(spot: Spot) -> dict[str, Any]:
    """An order outside any plan, for what only the spot's provider does."""
    return {
        "person_id": spot["person"], "item": spot.bodies.item, "township": spot.township, "village": spot.village,
        "window_from": "2024-12-03", "window_to": "2024-12-20",
    }  # fmt: skip


def visit(spot: Spot, order: str, day: str) -> dict[str, Any]:
    """Half an hour in the morning."""
    photo = uuid5(NAMESPACE_OID, f"photo {order}").hex * 2
    spot.texts.add(photo)
    return {
        "order_id": order, "worker_id": spot["worker"], "item": spot.bodies.item,
        "started_at": f"{day}T07:10:00+08:00", "ended_at": f"{day}T07:40:00+08:00", "place": POINT,
        "photos": [photo], "code": "1234",
    }  # fmt: skip


async def accept(world: World, spot: Spot, order: str) -> None:
    """The provider takes what it is offered."""
    path = f"/v1/offers/{spot[order]}/acceptance"
    await world.done(Request(service="providers", method="POST", path=path), holder("provider", spot))


async def report(world: World, spot: Spot, order: str, day: str, **more: Any) -> str:
    """The provider reports a visit."""
    body = {**visit(spot, spot[order], day), **more}
    request = Request(service="providers", method="POST", path="/v1/visits", body=body)
    return str((await world.done(request, holder("provider", spot)))["id"])
