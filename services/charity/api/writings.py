"""Routes that open what was written about a love order, a claimant or a charity; each read names its purpose."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from chassis.http import Body, Call, Routes, field_class
from chassis.http.writings import Names, written
from services.charity.api.shapes import Line
from services.charity.domain import charity, claimant, love_order

routes = Routes(tag="personal")
CONTACT = field_class("contact")
OF_A_LOVE_ORDER: Names = {love_order.Declined: ("reason", "decline")}
OF_A_CLAIMANT: Names = {claimant.Blocked: ("reason", "block"), claimant.Consented: ("guardian", "guardian")}
OF_A_CHARITY: Names = {charity.Suspended: ("reason", "suspension"), charity.Removed: ("reason", "removal")}


class Writing(Body):
    """What was written with one event, and when."""

    event: str
    at: datetime
    text: Annotated[str | None, CONTACT]


class Writings(Body):
    """Everything that was written, the oldest first; empty where nothing was."""

    items: list[Writing]


async def _written(call: Call[None], table: str, stream: UUID, names: Names) -> dict[str, Any] | None:
    row = await call.fetchrow(f"select * from {table} where county = $1 and id = $2", call.county, stream)
    if row is None:
        return None
    call.permit(township=row.get("township", ""))
    return {"items": await written(call, stream, stream, names)}


@routes.get(
    "/v1/love-orders/{order_id}/writings", answer=Writings, filters={"purpose": Line}, required=("purpose",),
    scope="personal.read", refusals=("person.erased",),
    summary="退回说明（留痕） Why a love order came back; the read is logged",
)  # fmt: skip
async def writings_of_love_order(call: Call[None]) -> dict[str, Any] | None:
    """For the bureau, which decides how it goes on."""
    return await _written(call, "love_orders", call.path_id("order_id"), OF_A_LOVE_ORDER)


@routes.get(
    "/v1/claimants/{claimant_id}/writings", answer=Writings, filters={"purpose": Line}, required=("purpose",),
    scope="personal.read", refusals=("person.erased",),
    summary="停止认领原因、监护人（留痕） Why somebody was blocked, and guardians; the read is logged",
)  # fmt: skip
async def writings_of_claimant(call: Call[None]) -> dict[str, Any] | None:
    """For the bureau."""
    return await _written(call, "claimants", call.path_id("claimant_id"), OF_A_CLAIMANT)


@routes.get(
    "/v1/charities/{charity_id}/writings", answer=Writings, filters={"purpose": Line}, required=("purpose",),
    scope="personal.read", refusals=("person.erased",),
    summary="暂停、移出原因（留痕） Why a charity was suspended or struck off; the read is logged",
)  # fmt: skip
async def writings_of_charity(call: Call[None]) -> dict[str, Any] | None:
    """For the bureau."""
    return await _written(call, "charities", call.path_id("charity_id"), OF_A_CHARITY)
