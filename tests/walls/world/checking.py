"""Spot checks of a county: two inspectors, a list whose numbers are awaited, and an inspection beside the draw."""

from __future__ import annotations

from typing import Any
from zlib import crc32

from services.orders.domain import spot_check
from services.orders.domain.spot_check import inspector
from tests.walls.asking import Request
from tests.walls.world.places import Spot, World, bureau, holder

RESULT = "orders POST /v1/inspections/{visit_id}/result"
INSPECTOR, LEAVING = f"inspector-asking-{crc32(RESULT.encode()):08x}", "inspector-leaving"
"""The one who is sent everywhere signs in as the one who asks to report; the other's days are over."""
YEAR = 2024


async def check(world: World, county: str, spots: list[Spot]) -> None:
    """The list is closed after November; every spot has a visit in it that is inspected because somebody complained."""
    for thing, subject, until in (("inspector", INSPECTOR, None), ("inspector_leaving", LEAVING, "2024-06-30")):
        days = {"valid_from": "2024-01-01", **({"valid_to": until} if until else {})}
        await _done(world, county, "/v1/inspectors", {"subject": subject, **days})
        for spot in spots:
            spot.things[thing] = str(inspector.stream_of(county, subject))
    await _done(world, county, f"/v1/spot-checks/{YEAR}/batches", None)
    for spot in spots:
        spot.things["spot_batch"] = str(spot_check.stream_of(county, YEAR, 1))
        await _done(world, county, "/v1/inspections", extra(spot))
        if spot.name == "other_owner":
            await _committed(world, spot)


async def _committed(world: World, spot: Spot) -> None:
    """The second provider has bound itself; the first and the bureau have not."""
    path = f"/v1/spot-check-batches/{spot['spot_batch']}/commitments"
    request = Request(service="orders", method="POST", path=path, body={"commitment": "5e" * 32})
    await world.done(request, holder("provider", spot))


def extra(spot: Spot) -> dict[str, Any]:
    """The November visit is looked at beside the draw."""
    return {"order_id": spot["order"], "visit_id": spot["visit"], "reason_code": "complaint"}


async def _done(world: World, county: str, path: str, body: dict[str, Any] | None) -> None:
    await world.done(Request(service="orders", method="POST", path=path, body=body), bureau(county))
