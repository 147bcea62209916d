"""Two duties that one person may not have, tried over HTTP with tokens of one subject in two roles."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from tests.walls.asking import Answer, Holder, Request
from tests.walls.world import Spot, World
from tests.walls.world.giving import claim, form, publish
from tests.walls.world.helping import FINDINGS, registered, surveyed
from tests.walls.world.places import bureau, holder
from tests.walls.world.serving import accept, report, single

LOOKS, LOOK_S = 200, 0.05
CONFLICTS = {
    "forbidden.conflict", "order.verifier_reported_it", "need.confirmer_surveyed", "need.confirmer_assessed",
    "approval.same_person", "need.surveyor_decided", "need.surveyor_verified", "need.decider_verified",
}  # fmt: skip


@pytest.fixture
def spot(counties: World) -> Spot:
    """A county in which nothing else is tried."""
    return counties.others["far"]


def as_(role: str, subject: str, spot: Spot) -> Holder:
    """The holder of a token of ``role`` whose subject is somebody known from elsewhere."""
    return replace(holder(role, spot), subject=subject)


async def command(
    world: World, service: str, path: str, by: Holder, body: Any = None, reader: Holder | None = None
) -> Answer:
    """Whatever a command is answered."""
    request = Request(service=service, method="POST", path=path, body=body)
    return await world.door.ask_as_seen(request, by, reader or bureau(by.county))


async def position(world: World, service: str, county: str) -> int:
    """Where the county's log ends."""
    found: int = await world.connection.fetchval(f"select position from {service}.head where county = $1", county)
    return found


async def refused(
    world: World, service: str, path: str, by: Holder, body: Any = None, *, code: str = "", status: int = 403
) -> None:
    """The command is refused as a conflict, and nothing is written."""
    before = await position(world, service, by.county)
    answer = await command(world, service, path, by, body)
    assert answer.status == status, answer.body.decode()
    assert answer.code == code if code else answer.code in CONFLICTS
    assert await position(world, service, by.county) == before


async def completed(world: World, spot: Spot, order: str) -> None:
    """Wait until the orders service has heard that the order is done."""
    for _ in range(LOOKS):
        if (await world.read("orders", f"/v1/orders/{order}", spot.county))["state"] == "completed":
            return
        await asyncio.sleep(LOOK_S)
    raise AssertionError(f"{order} is not completed")


async def offered(world: World, spot: Spot, order: str) -> None:
    """Wait until the provider is asked."""
    for _ in range(LOOKS):
        offers = (await world.read("providers", "/v1/offers", spot.county, provider=spot.bodies.provider))["items"]
        if order in {offer["id"] for offer in offers}:
            return
        await asyncio.sleep(LOOK_S)
    raise AssertionError(f"{order} is not offered")


async def test_who_reported_a_visit_does_not_verify_it(counties: World, spot: Spot) -> None:
    opened = Request(service="orders", method="POST", path="/v1/orders", body=single(spot))
    order = (await counties.done(opened, bureau(spot.county)))["id"]
    await offered(counties, spot, order)
    spot.things["order_conflict"] = order
    await accept(counties, spot, "order_conflict")
    await report(counties, spot, "order_conflict", "2024-12-03")
    await completed(counties, spot, order)
    path, reporter = f"/v1/orders/{order}/verification", holder("provider", spot).subject
    for result in ({"result": "accepted"}, {"result": "rejected", "note_code": "not_done"}):
        await refused(counties, "orders", path, as_("bureau", reporter, spot), result)
    many = {"items": [{"order_id": order, "result": "accepted", "if_match": "*"}]}
    answer = await command(counties, "orders", "/v1/bulk/verifications", as_("bureau", reporter, spot), many)
    assert (answer.of_the_first().status, answer.of_the_first().code in CONFLICTS) == (403, True)
    accepted = await command(counties, "orders", path, as_("bureau", "somebody-else", spot), {"result": "accepted"})
    assert accepted.status == 200


async def test_who_fulfilled_a_love_order_does_not_verify_it(counties: World, spot: Spot) -> None:
    order = await form(counties, spot, "rehabilitation", "2024-12-15T12:00:00+08:00")
    spot.things["love_conflict"] = order
    for _ in range(LOOKS):
        known = (await counties.read("charity", "/v1/love-orders", spot.county))["items"]
        if order in {row["id"] for row in known}:
            break
        await asyncio.sleep(LOOK_S)
    await publish(counties, spot, "love_conflict")
    await claim(counties, spot, "love_conflict")
    giver = holder("claimant", spot)
    done = {"day": "2024-12-03", "time": "08:30"}
    assert (await command(counties, "charity", f"/v1/love-orders/{order}/fulfilment", giver, done)).status == 201
    await completed(counties, spot, order)
    path = f"/v1/orders/{order}/verification"
    await refused(counties, "orders", path, as_("bureau", giver.subject, spot), {"result": "accepted"})
    accepted = await command(counties, "orders", path, as_("bureau", "somebody-else", spot), {"result": "accepted"})
    assert accepted.status == 200


async def test_who_surveyed_neither_confirms_nor_refuses(counties: World, spot: Spot) -> None:
    need = await surveyed(counties, spot, "person", "errands")
    path = f"/v1/needs/{need}"
    for went_there in (f"surveyor-{spot.name}", f"aide-{spot.name}"):
        await refused(counties, "orders", f"{path}/confirmation", as_("township", went_there, spot))
        await refused(counties, "orders", f"{path}/refusal", as_("township", went_there, spot), {"reason": "不符合"})
    assert (await command(counties, "orders", f"{path}/confirmation", as_("township", "desk", spot))).status == 200


async def test_who_confirmed_does_not_assess(counties: World, spot: Spot) -> None:
    need = await surveyed(counties, spot, "person", "housekeeping")
    path = f"/v1/needs/{need}"
    assert (await command(counties, "orders", f"{path}/confirmation", as_("township", "two-hats", spot))).status == 200
    body = {"items": [{"item": "housekeeping", "times_per_month": 1}], "mode": "purchase"}
    await refused(counties, "orders", f"{path}/assessment", as_("bureau", "two-hats", spot), body)
    assert (await command(counties, "orders", f"{path}/assessment", as_("bureau", "one-hat", spot), body)).status == 200


async def test_one_person_is_no_survey_of_two(counties: World, spot: Spot) -> None:
    need = await registered(counties, spot, "person", "errands")
    body = {"village_worker": "alone", "aide": "alone", "findings": FINDINGS}
    path, by = f"/v1/needs/{need}/survey", holder("village", spot)
    await refused(counties, "orders", path, by, body, status=422, code="need.survey_needs_two_people")


async def test_one_officer_does_not_sign_for_two_bodies(counties: World, spot: Spot) -> None:
    path, payee = f"/v1/statements/{spot['statement']}", holder("provider", spot)
    assert (await command(counties, "settlement", f"{path}/confirmation", payee)).status == 200
    first = await command(counties, "settlement", f"{path}/approval", as_("bureau", "chief", spot))
    assert (first.status, first.json["may_sign"]) == (200, ["finance"])
    await refused(counties, "settlement", f"{path}/approval", as_("finance", "chief", spot))
    await refused(
        counties, "settlement", f"{path}/payment", as_("finance", "chief", spot), {"reference": "P-1"},
        status=409, code="statement.not_approved",
    )  # fmt: skip
    second = await command(counties, "settlement", f"{path}/approval", as_("finance", "treasurer", spot))
    assert (second.status, second.json["may_sign"]) == (200, [])
    paid = await command(
        counties, "settlement", f"{path}/payment", as_("finance", "cashier", spot), {"reference": "P-1"}
    )
    assert paid.status == 200
