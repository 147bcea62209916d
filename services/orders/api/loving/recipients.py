"""Whom to serve: opened for who has taken an order and only while it is to be served; every read names its purpose.

A claimant reads it from the confirmation of the claim until the help is reported (no personal data before a claim is
confirmed); the charity of the order as long as one of its claims stands so. A child is reached through the charity.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.http import Call, Routes
from chassis.kernel import Rejected
from services.orders.api.loving.contacts import Contact, minor, person_row, reached
from services.orders.api.shapes import Line

routes = Routes(tag="personal")


@routes.get(
    "/v1/orders/{order_id}/recipient", answer=Contact,
    filters={"purpose": Line}, required=("purpose",), scope="personal.read",
    refusals=("person.erased", "order.through_the_charity"),
    summary="服务对象联系方式（留痕） Whom to serve; the read is logged",
)  # fmt: skip
async def recipient(call: Call[None]) -> dict[str, Any] | None:
    """For the provider that took the order, a claimant whose claim is confirmed, the charity of such an order."""
    row = await call.fetchrow(
        "select person, township, provider, state, charity, confirmed from orders where county = $1 and id = $2",
        call.county,
        call.path_id("order_id"),
    )
    if row is None:
        return None
    call.permit(township=row["township"], owners=_owners(call, row))
    person = await person_row(call, row["person"])
    if person is not None and call.caller.role == "claimant" and minor(call, person):
        raise Rejected("order.through_the_charity")
    return await reached(call, row["person"], of_minors=call.caller.role == "charity")


def _owners(call: Call[None], row: Mapping[str, Any]) -> tuple[UUID | str | None, ...]:
    """Whose business the person is at this moment."""
    holds = [
        one["claimant"]
        for one in json.loads(row["confirmed"])
        if one["until"] is None or call.at < datetime.fromisoformat(one["until"])
    ]
    match call.caller.role:
        case "provider":
            return (row["provider"] if row["state"] in {"matched", "returned"} else None,)
        case "claimant":
            return tuple(holds)
        case "charity":
            return (row["charity"] if holds else None,)
    return (row["provider"],)
