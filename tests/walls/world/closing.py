"""The end of November: grades, an own line for each payee, the close; and what is found of it."""

from __future__ import annotations

from uuid import NAMESPACE_OID, uuid5

from tests.walls.asking import Request
from tests.walls.world.places import MONTH, PARKED_AT, Spot, World, bureau

SERVICES = ("orders", "providers", "charity", "settlement")


async def rule(world: World, spot: Spot) -> None:
    """A line of the provider's statement with an amount that nobody else has."""
    amount = 70_219 + 2_027 * int(spot.mark)
    body = {
        "month": MONTH, "payee": spot.bodies.provider, "purchaser": spot.county, "township": spot.township,
        "person": spot["person"], "rule": "individual_service", "amount_fen": amount,
    }  # fmt: skip
    request = Request(service="settlement", method="POST", path="/v1/rulings", body=body)
    spot.things["ruling"] = (await world.done(request, bureau(spot.county)))["id"]
    spot.amounts.add(amount)


async def close(world: World, county: str) -> None:
    """Grade everybody and ask for the close."""
    by, path = bureau(county), f"/v1/months/{MONTH}"
    for wait in (await world.read("settlement", path, county))["waits_for"]:
        if wait["what"] == "grade":
            payee, _, township = wait["which"].partition("/")
            body = {"month": MONTH, "payee": payee, "township": township, "grade": "good"}
            await world.done(Request(service="settlement", method="POST", path="/v1/grades", body=body), by)
    await world.done(Request(service="settlement", method="POST", path=f"{path}/close"), by)


async def find(world: World, spot: Spot) -> None:
    """Ids that the closed month has given."""
    statements = (await world.read("settlement", "/v1/statements", spot.county, month=MONTH))["items"]
    for thing, payee in (("statement", spot.bodies.provider), ("gift_statement", spot.bodies.claimant)):
        [row] = [row for row in statements if row["payee"] == payee]
        spot.things[thing] = row["id"]
        spot.texts.add(row["digest"])
        spot.amounts.add(row["payable_fen"])
    grades = (await world.read("settlement", "/v1/grades", spot.county, month=MONTH))["items"]
    [spot.things["grade"]] = [
        row["id"] for row in grades if (row["payee"], row["township"]) == (spot.bodies.provider, spot.township)
    ]
    funds = (await world.read("settlement", "/v1/funds", spot.county))["items"]
    spot.things["fund"] = funds[0]["id"]
    months = (await world.read("settlement", "/v1/months", spot.county))["items"]
    spot.things["month"] = months[0]["id"]


PARK = (
    "insert into {service}.parked (county, source, position, event_id, type, subject, body, recorded_at, reason, tries,"
    " parked_at) values ($1, $2, $3, $4, 'orders.order_opened.v1', $4, '{{}}', now(), 'unreadable', 3, now())"
    " on conflict do nothing"
)


async def park(world: World, spot: Spot, service: str) -> None:
    """A message that the service could not apply, in its table of such messages: one a county."""
    spot.things["parked"] = str(uuid5(NAMESPACE_OID, f"parked in {spot.county}"))
    await world.connection.execute(
        PARK.format(service=service), spot.county, source_of(service), PARKED_AT, spot["parked"]
    )


def source_of(service: str) -> str:
    """A service that this one hears."""
    return "orders" if service != "orders" else "providers"
