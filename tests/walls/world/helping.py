"""People of a spot, their needs at every stage, their plans."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from services.orders.domain.identity import check_character
from tests.walls.asking import Request
from tests.walls.world.places import Spot, World, bureau, holder

FINDINGS = {"body_and_mind": 2, "daily_care": 3, "family": 1, "social_support": 4}
PEOPLE = ("person", "mortal", "applicant", "leaving", "departed", "kept")
_ELDEST = date(1939, 3, 1)


def identity_number(spot: Spot, number: int) -> tuple[str, date]:
    """A generated number (sequence 000) with a birthday nobody else has, and that birthday."""
    born = _ELDEST + timedelta(days=100 * int(spot.mark) + number)
    first_17 = f"{spot.county}{born:%Y%m%d}000"
    return first_17 + check_character(first_17), born


def beneficiary(spot: Spot, number: int) -> dict[str, Any]:
    """A person of the spot as they are registered."""
    id_number, born = identity_number(spot, number)
    return {
        "name": f"赵{spot.bodies.mark}{spot.mark}第{number}",
        "id_number": id_number,
        "phone": f"0319-{spot.mark}88{number:04}",
        "address": f"{spot.bodies.mark}{spot.mark}巷{number}号",
        "born": born.isoformat(),
        "township": spot.township,
        "village": spot.village,
        "categories": ["destitute_dispersed"],
        "tier": "half",
        "generated": True,
    }


async def help_people(world: World, spot: Spot) -> None:
    """Six people: one served in November, one to die, one who applies in December, one whose help will stop, one who
    has died, one whose plan is kept fitting."""
    for number, name in enumerate(PEOPLE, 1):
        body = beneficiary(spot, number)
        request = Request(service="orders", method="POST", path="/v1/beneficiaries", body=body)
        answer = await world.done(request, holder("village", spot))
        spot.things[name] = answer["id"]
        spot.things.setdefault("service_number", answer["service_number"])
        spot.texts |= {body["name"], body["id_number"], body["phone"], body["address"], answer["service_number"]}
    death = Request(
        service="orders", method="POST", path=f"/v1/beneficiaries/{spot['departed']}/death", body={"day": "2024-10-19"}
    )
    await world.done(death, holder("township", spot))
    spot.things["need"] = await confirmed(world, spot, "person", spot.bodies.item)
    await assess(world, spot, "need", "plan", posted_on="2024-10-18", from_day="2024-11-01")


async def apply(world: World, spot: Spot) -> None:
    """In December: needs that wait for each decision, a plan that waits for its notice, one that will be stopped."""
    for stage in ("need_registered", "need_refused"):
        spot.things[stage] = await registered(world, spot, "person", "bathing_help")
    for stage in ("need_surveyed", "need_refused"):
        spot.things[stage] = await surveyed(world, spot, "person", "errands")
    spot.things["need_confirmed"] = await confirmed(world, spot, "person", "housekeeping")
    spot.things["need_applied"] = await confirmed(world, spot, "applicant", spot.bodies.item)
    await assess(world, spot, "need_applied", "plan_waiting")
    spot.things["need_left"] = await confirmed(world, spot, "leaving", spot.bodies.item)
    await assess(world, spot, "need_left", "plan_leaving", posted_on="2024-12-01", from_day="2024-12-03")


async def registered(world: World, spot: Spot, person: str, item: str) -> str:
    """A need as the village worker finds it."""
    body = {"person_id": spot[person], "items": [item], "channel": "village"}
    request = Request(service="orders", method="POST", path="/v1/needs", body=body)
    return str((await world.done(request, holder("village", spot)))["id"])


async def surveyed(world: World, spot: Spot, person: str, *items: str) -> str:
    """A need with its survey."""
    need = await registered(world, spot, person, items[0])
    survey = {"village_worker": f"surveyor-{spot.name}", "aide": f"aide-{spot.name}", "findings": FINDINGS}
    request = Request(service="orders", method="POST", path=f"/v1/needs/{need}/survey", body=survey)
    await world.done(request, holder("village", spot))
    return need


async def confirmed(world: World, spot: Spot, person: str, item: str) -> str:
    """A need that the township has confirmed."""
    need = await surveyed(world, spot, person, item)
    request = Request(service="orders", method="POST", path=f"/v1/needs/{need}/confirmation")
    await world.done(request, holder("township", spot))
    return need


async def assess(world: World, spot: Spot, need: str, plan: str, *, posted_on: str = "", from_day: str = "") -> None:
    """The need's plan for one visit a month; posted and started where the days are given."""
    body = {"items": [{"item": spot.bodies.item, "times_per_month": 1}], "mode": "purchase"}
    by = bureau(spot.county)
    request = Request(service="orders", method="POST", path=f"/v1/needs/{spot[need]}/assessment", body=body)
    spot.things[plan] = (await world.done(request, by))["plan_id"]
    path = f"/v1/plans/{spot[plan]}"
    if posted_on:
        notice = Request(service="orders", method="POST", path=f"{path}/notice", body={"posted_on": posted_on})
        await world.done(notice, holder("township", spot))
    if from_day:
        await world.done(
            Request(service="orders", method="POST", path=f"{path}/start", body={"from_day": from_day}), by
        )
