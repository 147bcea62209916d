"""Contacts with the people of a spot, a pair, and carers at every stage of failing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.orders.domain import care as cared
from services.orders.domain import duty, duty_month
from tests.walls.asking import Holder, Request
from tests.walls.world.helping import beneficiary
from tests.walls.world.places import MONTH, Spot, World, bureau, holder

LONE = 9
CAPTURED = "2024-12-02T09:00:00+08:00"


def agreement(spot: Spot, carer: str) -> dict[str, Any]:
    """What is signed with a carer of the spot."""
    return {
        "name": f"{carer}{spot.bodies.mark}{spot.mark}", "phone": f"0319-{spot.mark}660203", "relation": "neighbour",
        "signed_on": "2024-12-01", "from_day": "2024-12-01", "valid_to": "2025-11-30", "duties": ["meals"],
    }  # fmt: skip


async def care(world: World, spot: Spot) -> None:
    """A contact with notes and goods; a pair; carers found failing, told to mend, refusing; somebody without one."""
    answer = await _done(world, spot, "village", "/v1/beneficiaries", beneficiary(spot, LONE))
    spot.things["lone"] = answer["id"]
    person = UUID(spot["person"])
    spot.things["duty"] = str(duty.stream_of(person))
    spot.things["duty_month"] = str(duty_month.stream_of(person, MONTH))
    notes = f"走访记录{spot.bodies.mark}{spot.mark}"
    spot.texts |= {notes, *(agreement(spot, carer)["name"] for carer in ("韩", "冯"))}
    body = {
        "person_id": spot["person"], "way": "home", "captured_at": CAPTURED, "notes": notes,
        "checklist": {"food": "ok", "housing": "not_ok"}, "goods": [{"goods": "wheelchair", "bought": False}],
    }  # fmt: skip
    contact = await _done(world, spot, "village", "/v1/contacts", body)
    spot.things["contact"], [spot.things["errand"]] = contact["id"], contact["errands"]
    pair = {"person_id": spot["person"], "helper": "party-member", "from_day": "2024-12-01"}
    spot.things["pair"] = (await _done(world, spot, "township", "/v1/pairs", pair))["id"]
    await _failing(world, spot)
    escort = {"name": agreement(spot, "冯")["name"], "phone": f"0319-{spot.mark}660204", "relation": "hired",
              "from_day": "2024-12-01"}  # fmt: skip
    await _done(world, spot, "township", f"/v1/beneficiaries/{spot['mortal']}/escort", escort)


async def _failing(world: World, spot: Spot) -> None:
    for name, stages in {"person": 1, "applicant": 2, "leaving": 3, "mortal": 3}.items():
        body = {"person_id": spot[name], **agreement(spot, "韩")}
        answer = await _done(world, spot, "township", "/v1/carers", body)
        path, care_id = f"/v1/carers/{answer['id']}", answer["id"]
        spot.things[f"care_{name}"] = care_id
        assert care_id == str(cared.stream_of(UUID(spot[name])))
        text = f"履职记录{spot.bodies.mark}{spot.mark}"
        spot.texts.add(text)
        await _done(world, spot, "village", f"{path}/findings", {"code": "meals_missed", "text": text})
        steps = [
            ("rectification", {"due_on": "2024-12-20", "text": text}),
            ("rectification-result", {"result": "refused", "text": text}),
        ]
        for step, told in steps[: stages - 1]:
            await _done(world, spot, "bureau", f"{path}/{step}", told)


async def _done(world: World, spot: Spot, role: str, path: str, body: dict[str, Any]) -> Any:
    by: Holder = bureau(spot.county) if role == "bureau" else holder(role, spot)
    return await world.done(Request(service="orders", method="POST", path=path, body=body), by)
