"""Orders that wait for a batch, one that a batch has decided, and one that nobody can serve."""

from __future__ import annotations

from tests.walls.asking import Request
from tests.walls.world.places import Spot, World, bureau
from tests.walls.world.serving import single

LONG = {"window_from": "2024-12-03", "window_to": "2025-05-31"}
"""Long enough to wait, see the counties' rules."""
AFTER_THE_AGREEMENT = {"window_from": "2025-09-03", "window_to": "2025-09-20"}


async def order_together(world: World, spot: Spot) -> None:
    """One waits for the bureau to decide, for another there is no agreement any more; the county tells a way."""
    way = {"source": "实测", "times": [{"place": spot.village, "to": spot.township, "minutes": 10}]}
    request = Request(service="providers", method="POST", path="/v1/travel-times", body=way)
    await world.done(request, bureau(spot.county))
    await _order(world, spot, "order_batched", LONG)
    await _order(world, spot, "order_uncovered", AFTER_THE_AGREEMENT)


async def decide_together(world: World, county: str) -> None:
    """The bureau decides what waits in its county."""
    answer = await world.done(Request(service="providers", method="POST", path="/v1/matching-batches"), bureau(county))
    for spot in world.spots:
        if spot.county == county:
            spot.things["batch"] = answer["id"]


async def wait(world: World, spot: Spot) -> None:
    """Another one waits after that."""
    await _order(world, spot, "order_waiting", LONG)


async def _order(world: World, spot: Spot, thing: str, window: dict[str, str]) -> None:
    request = Request(service="orders", method="POST", path="/v1/orders", body=single(spot) | window)
    spot.things[thing] = (await world.done(request, bureau(spot.county)))["id"]
