"""Love orders of a spot: one done and verified in November, one for each thing that can be asked of one in December."""

from __future__ import annotations

from typing import Any

from careloop.demo.marks import credit_code
from tests.walls.asking import Request
from tests.walls.world.helping import confirmed
from tests.walls.world.places import Spot, World, bureau, holder, verifier

GIVEN, MISSED = "counselling", "health_monitoring"
STAGES = {
    "love_referred": "errands",
    "love_published": "housekeeping",
    "love_claimed": "attendance",
    "love_withdrawn": "social_inclusion",
    "love_fulfilled": "family_coaching",
    "love_kept": "health_education",
    "love_accepted": "daily_nursing",
    "love_declined": "meal_help",
    "love_sent_back": "bathing_help",
    "love_unbought": "individual_service",
    "love_money": "family_companionship",
    "love_formed": "rehabilitation",
}
"""What is to be asked of it, and the item that it is about; the last is left to be formed."""


def price_fen(spot: Spot) -> int:
    """An amount that no other spot has, and that is not in the hall any more."""
    return 40_317 + 1_013 * int(spot.mark)


async def give(world: World, spot: Spot) -> None:
    """The claimant does what a person of the spot needs, and is to be paid for it."""
    spot.things["need_given"] = await confirmed(world, spot, "person", GIVEN)
    items = [{"item": item} for item in (GIVEN, MISSED, *STAGES.values())]
    terms = {"price_fen": price_fen(spot), "rule": "love_order"}
    request = Request(
        service="orders", method="POST", path=f"/v1/needs/{spot['need_given']}/assessment",
        body={"items": items, "mode": "charity", **terms},
    )  # fmt: skip
    await world.done(request, bureau(spot.county))
    spot.things["love_given"] = await form(world, spot, GIVEN, expires_at="2024-11-20T12:00:00+08:00")
    spot.things["love_missed"] = await form(world, spot, MISSED, expires_at="2024-12-15T12:00:00+08:00")


async def publish_given(world: World, spot: Spot) -> None:
    """As soon as the charity has heard of them: later they would go back."""
    for name in ("love_given", "love_missed"):
        await publish(world, spot, name)


async def do_given(world: World, spot: Spot) -> None:
    """Claimed and done in one night, before the hold runs out."""
    spot.things["claim_given"] = await claim(world, spot, "love_given")
    path = f"/v1/love-orders/{spot['love_given']}/fulfilment"
    body = {"day": "2024-11-01", "time": "00:05"}
    request = Request(service="charity", method="POST", path=path, body=body)
    await world.done(request, holder("claimant", spot))


async def miss(world: World, spot: Spot) -> None:
    """Somebody is sure to come at the end of November, to each spot at an hour of its own, and will not."""
    claimed = spot.things["claim_missed"] = await claim(world, spot, "love_missed")
    path = f"/v1/love-orders/{spot['love_missed']}/claims/{claimed}/confirmation"
    body = {"day": "2024-11-30", "time": f"{10 + int(spot.mark)}:00", "minutes": 30}
    await world.done(Request(service="charity", method="POST", path=path, body=body), holder("claimant", spot))


async def verify_given(world: World, spot: Spot) -> None:
    """Accepted by a person."""
    request = Request(
        service="orders", method="POST", path=f"/v1/orders/{spot['love_given']}/verification",
        body={"result": "accepted"},
    )  # fmt: skip
    await world.done(request, verifier(spot.county))


async def refer(world: World, spot: Spot) -> None:
    """In December: love orders that charity hears of."""
    for stage, item in STAGES.items():
        if stage != "love_formed":
            spot.things[stage] = await form(world, spot, item, expires_at="2024-12-15T12:00:00+08:00")


async def stage(world: World, spot: Spot) -> None:
    """Published, and claimed where a claim is to be confirmed, withdrawn or fulfilled."""
    for name in STAGES:
        if name in ("love_published", "love_claimed", "love_withdrawn", "love_fulfilled", "love_money"):
            await publish(world, spot, name)
        if name in ("love_sent_back", "love_unbought"):
            await send_back(world, spot, name)
        if name in ("love_claimed", "love_withdrawn", "love_fulfilled", "love_money"):
            spot.things[name.replace("love", "claim")] = await claim(world, spot, name)
    await supply(world, spot)


async def supply(world: World, spot: Spot) -> None:
    """A company that offers at a low price, and a charity that is to be struck off."""
    number = 500 + int(spot.mark)
    body = {"kind": "company", "name": f"示例企业{number}", "phone": "0319-5550000"}
    request = Request(service="charity", method="POST", path="/v1/claimants", body=body)
    spot.things["company"] = (await world.done(request, holder("charity", spot)))["id"]
    request = Request(service="charity", method="POST", path="/v1/offers", body=offered(spot))
    spot.things["offer"] = (await world.done(request, bureau(spot.county)))["id"]
    body = {"name": f"另一慈善会{number}", "credit_code": credit_code("53", number)}
    request = Request(service="charity", method="POST", path="/v1/charities", body=body)
    spot.things["charity_spare"] = (await world.done(request, bureau(spot.county)))["id"]


def offered(spot: Spot) -> dict[str, Any]:
    """What the spot's company asks little for."""
    return {
        "claimant": spot["company"], "item": STAGES["love_published"], "price_fen": 1_00,
        "townships": [spot.township], "from_day": "2024-11-01", "to_day": "2024-12-31",
    }  # fmt: skip


async def form(world: World, spot: Spot, item: str, expires_at: str) -> str:
    """A love order of the need that was approved for charity."""
    request = Request(service="orders", method="POST", path="/v1/love-orders", body=formed(spot, item, expires_at))
    return str((await world.done(request, bureau(spot.county)))["id"])


def formed(spot: Spot, item: str, expires_at: str) -> dict[str, Any]:
    """What the bureau refers to the spot's charity."""
    return {
        "need_id": spot["need_given"], "item": item, "charity_id": spot.bodies.charity, "expires_at": expires_at,
        "price_fen": price_fen(spot) if item == GIVEN else 50_00, "rule": "love_order",
        "places": 1 if item == GIVEN else 20, "form": "money" if item == STAGES["love_money"] else "service",
    }  # fmt: skip


async def publish(world: World, spot: Spot, name: str) -> None:
    """On the hall."""
    body = {"wording": f"陪老人说说话{spot.mark}"}
    request = Request(service="charity", method="POST", path=f"/v1/love-orders/{spot[name]}/publication", body=body)
    await world.done(request, holder("charity", spot))


async def send_back(world: World, spot: Spot, name: str) -> None:
    """The charity does not take it."""
    body = {"reason_code": "no_volunteers"}
    request = Request(service="charity", method="POST", path=f"/v1/love-orders/{spot[name]}/decline", body=body)
    await world.done(request, holder("charity", spot))


async def claim(world: World, spot: Spot, name: str) -> str:
    """The claim of the spot's claimant."""
    request = Request(service="charity", method="POST", path=f"/v1/love-orders/{spot[name]}/claims")
    return str((await world.done(request, holder("claimant", spot)))["claim_id"])
