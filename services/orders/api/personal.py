"""Routes that open sealed data: each names its purpose and leaves a trace (Social Assistance Law, art. 70(6))."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from chassis.http import Body, Call, Routes
from chassis.kernel import Sealed
from services.orders.api.shapes import CONTACT, Line

routes = Routes(tag="personal")


class Personal(Body):
    """What names a person."""

    name: Annotated[str | None, CONTACT]
    id_number: Annotated[str | None, CONTACT]
    phone: Annotated[str | None, CONTACT] = None
    address: Annotated[str | None, CONTACT] = None


@routes.get(
    "/v1/beneficiaries/{beneficiary_id}/personal", answer=Personal,
    filters={"purpose": Line}, required=("purpose",), scope="personal.read",
    refusals=("person.erased",),
    summary="查阅个人信息（留痕） Personal data; the read is logged",
)  # fmt: skip
async def personal(call: Call[None]) -> dict[str, Any] | None:
    """Name, identity number, phone and address, for a purpose that is logged."""
    row = await call.fetchrow(
        "select id, township, name_box, id_number_box, phone_box, address_box from beneficiaries"
        " where county = $1 and id = $2",
        call.county,
        call.path_id("beneficiary_id"),
    )
    if row is None:
        return None
    call.permit(township=row["township"])
    return await _open(call, row, "name", "id_number", "phone", "address")


async def opened(call: Call[None], person: UUID, boxes: Mapping[str, str]) -> dict[str, str]:
    """The boxes of ``person`` in clear, for the purpose that the query names; the read is noted first."""
    sealed = {field: Sealed(box=box) for field, box in boxes.items()}
    return dict(await call.vault.open(person, sealed, purpose=call.query["purpose"]))


async def _open(call: Call[None], row: dict[str, Any], *fields: str) -> dict[str, Any]:
    boxes = {field: Sealed(box=row[f"{field}_box"]) for field in fields if row[f"{field}_box"] is not None}
    return dict(await call.vault.open(row["id"], boxes, purpose=call.query["purpose"]))
