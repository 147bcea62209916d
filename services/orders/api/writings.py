"""Routes that open what was written about a need, a plan or an order: why somebody objects, minutes, what was found.

Who decides reads it first; each read names its purpose and leaves a trace (Social Assistance Law, art. 70(6)).
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from chassis.http import Body, Call, Routes
from chassis.http.writings import Names, written
from services.orders.api.shapes import CONTACT, Line
from services.orders.domain import need, order, plan

routes = Routes(tag="personal")
OF_A_NEED: Names = {
    need.Disputed: ("reason", "dispute"),
    need.ReviewHeld: ("minutes", "minutes"),
    need.CaseDecided: ("minutes", "minutes"),
    need.Watched: ("reason", "watch"),
    need.Approved: ("override", "override"),
}
OF_A_PLAN: Names = {
    plan.Refreshed: ("findings", "plan_findings"),
    plan.ReferredToHospital: ("finding", "institution_finding"),
}
OF_AN_ORDER: Names = {
    order.Completed: ("content", "content"),
    order.Undone: ("text", "undone"),
}


class Writing(Body):
    """What was written with one event, and when."""

    event: str
    at: datetime
    text: Annotated[str | None, CONTACT]


class Writings(Body):
    """Everything that was written, the oldest first; empty where nothing was."""

    items: list[Writing]


async def _written(call: Call[None], table: str, path: str, names: Names) -> dict[str, Any] | None:
    stream = call.path_id(path)
    row = await call.fetchrow(
        f"select person, township from {table} where county = $1 and id = $2", call.county, stream
    )
    if row is None:
        return None
    call.permit(township=row["township"])
    return {"items": await written(call, stream, row["person"], names)}


@routes.get(
    "/v1/needs/{need_id}/writings", answer=Writings, filters={"purpose": Line}, required=("purpose",),
    scope="personal.read", refusals=("person.erased",),
    summary="异议、会议记录等原文（留痕） Objections, minutes and reasons; the read is logged",
)  # fmt: skip
async def writings_of_need(call: Call[None]) -> dict[str, Any] | None:
    """For whoever decides: why somebody objects, what meetings said, why a limit was exceeded, why it is watched."""
    return await _written(call, "needs", "need_id", OF_A_NEED)


@routes.get(
    "/v1/plans/{plan_id}/writings", answer=Writings, filters={"purpose": Line}, required=("purpose",),
    scope="personal.read", refusals=("person.erased",),
    summary="月度回访所见等原文（留痕） What monthly looks have found; the read is logged",
)  # fmt: skip
async def writings_of_plan(call: Call[None]) -> dict[str, Any] | None:
    """What was found month by month, and why an institution was not possible."""
    return await _written(call, "plans", "plan_id", OF_A_PLAN)


@routes.get(
    "/v1/orders/{order_id}/writings", answer=Writings, filters={"purpose": Line}, required=("purpose",),
    scope="personal.read", refusals=("person.erased",),
    summary="村级服务记录原文（留痕） What the village recorded was done; the read is logged",
)  # fmt: skip
async def writings_of_order(call: Call[None]) -> dict[str, Any] | None:
    """For whoever verifies help that the village recorded (paper 001, part 3 (6) item 6)."""
    return await _written(call, "orders", "order_id", OF_AN_ORDER)
