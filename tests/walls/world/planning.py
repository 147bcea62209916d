"""A plan in depth: helpers arranged, a provider's plan of service, orders that officers decide on."""

from __future__ import annotations

from typing import Any

from tests.walls.asking import Request
from tests.walls.world.helping import confirmed
from tests.walls.world.places import Spot, World, bureau, holder
from tests.walls.world.serving import single

BEGINS = "2024-12-03"


async def plan_in_depth(world: World, spot: Spot) -> None:
    """A plan with an item of each kind, which runs from the third of December; one item has its helper."""
    by = bureau(spot.county)
    spot.things["need_kept"] = need = await confirmed(world, spot, "kept", spot.bodies.item)
    served = {"provider_id": spot.bodies.provider, "service_plan": True}
    items = [
        {"item": spot.bodies.item},
        {"item": "social_inclusion", "mode": "party_pairing"},
        {"item": "daily_nursing", "mode": "institution"},
        {"item": "health_monitoring", "per": "as_needed"},
        {"item": "rehabilitation", **served},
        {"item": "errands", **served},
    ]
    answer = await world.done(asked(f"/v1/needs/{need}/assessment", {"items": items, "mode": "purchase"}), by)
    spot.things["plan_kept"] = spot.things["served_plan"] = plan = answer["plan_id"]
    path = f"/v1/plans/{plan}"
    await world.done(asked(f"{path}/notice", {"posted_on": "2024-12-01"}), holder("township", spot))
    await world.done(asked(f"{path}/start", {"from_day": BEGINS}), by)
    await world.done(asked(f"{path}/arrangement", helped(spot)), holder("township", spot))
    text = f"服务计划{spot.bodies.mark}{spot.mark}"
    spot.texts.add(text)
    submitted = asked(f"{path}/service-plan", {"item": "rehabilitation", "text": text})
    await world.done(submitted, holder("provider", spot))
    orders = await world.read("orders", "/v1/orders", spot.county, plan_id=plan, mode="party_pairing")
    [spot.things["order_aid"]] = [row["id"] for row in orders["items"]]


async def orders_in_depth(world: World, spot: Spot) -> None:
    """Single orders: two that nobody serves, one to be called off, one to be put off."""
    for name in ("order_called_off", "order_put_off"):
        spot.things[name] = (await world.done(asked("/v1/orders", single(spot)), bureau(spot.county)))["id"]
    for name in ("order_unserved", "order_ungiven"):
        body = {**single(spot), "person_id": spot["kept"], "item": "health_monitoring"}
        spot.things[name] = (await world.done(asked("/v1/orders", body), bureau(spot.county)))["id"]


def helped(spot: Any) -> dict[str, Any]:
    """One person is responsible for the visits of company."""
    return {
        "item": "social_inclusion", "from_day": BEGINS,
        "helpers": [{"role": "responsible", "name": "孙某某"}],
    }  # fmt: skip


def asked(path: str, body: dict[str, Any]) -> Request:
    """A command to the orders service."""
    return Request(service="orders", method="POST", path=path, body=body)
