"""Money that people give in December, and the paper that a claimant asks for: each thing for what is asked of it."""

from __future__ import annotations

from typing import Any

from tests.walls.asking import Holder, Request
from tests.walls.world.places import Spot, World, bureau, holder


async def give(world: World, spot: Spot) -> None:
    """Funds, an appeal, pledges and donations of the spot's charity, and a certificate for its claimant."""
    charity, claimant = holder("charity", spot), holder("claimant", spot)
    for name in ("pot_fund", "pot_closed"):
        body = {"title": f"社区基金{spot.mark}", "village": spot.village}
        spot.things[name] = await _done(world, charity, "/v1/village-funds", body)
    qualified = {"number": f"募捐{spot.mark}", "valid_from": "2024-01-01", "valid_to": "2024-12-31"}
    await _done(world, bureau(spot.county), f"/v1/charities/{spot.bodies.charity}/fundraising", qualified)
    spot.things["pot_appeal"] = await _done(world, charity, "/v1/appeals", appeal(spot))
    for name in ("pledge_open", "pledge_taken"):
        spot.things[name] = await _done(world, claimant, "/v1/pledges", pledged(spot), "pledge_id")
    body = {**pledged(spot), "to": {"kind": "order", "id": spot["love_published"]}, "amount": 5}
    spot.things["pledge_bound"] = await _done(world, claimant, "/v1/pledges", body, "pledge_id")
    for name in ("donation_kept", "donation_void"):
        body = {**donated(spot), "donor": {"claimant": spot.bodies.claimant}}
        spot.things[name] = await _done(world, charity, "/v1/donations", body, "donation_id")
    path = f"/v1/claimants/{spot.bodies.claimant}/certificates"
    spot.things["certificate_given"] = await _done(world, claimant, path, certified(spot), "number")


def appeal(spot: Spot) -> dict[str, Any]:
    """On days on which the charity is qualified."""
    return {"title": f"冬日送暖{spot.mark}", "first": "2024-12-01", "last": "2024-12-31"}


def pledged(spot: Spot) -> dict[str, Any]:
    """For the fund."""
    return {"to": {"kind": "village_fund", "id": spot["pot_fund"]}, "amount": 70_000}


def donated(spot: Spot) -> dict[str, Any]:
    """To the fund."""
    return {"to": {"kind": "village_fund", "id": spot["pot_fund"]}, "amount": 60_000, "day": "2024-12-02"}


def certified(spot: Spot) -> dict[str, Any]:
    """Over November."""
    return {"charity_id": spot.bodies.charity, "first": "2024-11-01", "last": "2024-11-30"}


async def _done(world: World, by: Holder, path: str, body: dict[str, Any], named: str = "id") -> str:
    request = Request(service="charity", method="POST", path=path, body=body)
    return str((await world.done(request, by))[named])
