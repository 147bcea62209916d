"""How to reach a person who is given something, opened from the seal for a purpose that is logged.

A child is reached through the guardian alone: the child's own name and phone stay closed (minors: only through the
charity of the order, never to a claimant).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from chassis.http import Body, Call
from chassis.kernel import Sealed
from services.orders.api.shapes import CONTACT
from services.orders.domain.days import business_day, completed_years

OF_AGE = 18
PERSON = (
    "select b.id, b.born, b.name_box, b.phone_box, b.address_box, f.boxes from beneficiaries b"
    " left join person_files f on f.county = b.county and f.id = b.id where b.county = $1 and b.id = $2"
)


class Contact(Body):
    """Whom to ask for, and where; ``guardian``: the name and phone are the guardian's, since the person is a minor."""

    name: Annotated[str | None, CONTACT]
    phone: Annotated[str | None, CONTACT] = None
    address: Annotated[str | None, CONTACT] = None
    guardian: bool = False


async def person_row(call: Call[None], person: UUID) -> Mapping[str, Any] | None:
    """What is sealed about a person, and the day of birth."""
    return await call.fetchrow(PERSON, call.county, person)


def minor(call: Call[None], row: Mapping[str, Any]) -> bool:
    """Whether the person is under age today."""
    return completed_years(row["born"], business_day(call.at)) < OF_AGE


async def reached(call: Call[None], person: UUID, *, of_minors: bool = True) -> dict[str, Any] | None:
    """The person's name, phone and address; of a minor, if ``of_minors``, the guardian's name and phone."""
    row = await person_row(call, person)
    if row is None:
        return None
    boxes = {"address": row["address_box"]}
    if young := of_minors and minor(call, row):
        kept: dict[str, str] = json.loads(row["boxes"] or "{}")
        boxes |= {f"guardian_{field}": kept.get(f"guardian_{field}") for field in ("name", "phone")}
    else:
        boxes |= {"name": row["name_box"], "phone": row["phone_box"]}
    sealed = {field: Sealed(box=box) for field, box in boxes.items() if box is not None}
    clear = await call.vault.open(person, sealed, purpose=call.query["purpose"])
    told = {field.removeprefix("guardian_"): text for field, text in clear.items()}
    return {"name": None, **told, "guardian": young}
