"""What is overdue 超期清单: every step with a day by which it should be done, oldest first."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Page, Routes
from chassis.http.cursors import bound_to
from chassis.http.paging import behind, page, page_size
from chassis.http.sorting import Order
from services.orders.api.ledgers.shared import policy_of, today, township_of
from services.orders.domain.waiting import KINDS, WHO, Kind, due_on, latest_overdue
from services.orders.views.ledgers.waiting import waiting

routes = Routes(tag="ledgers")
ORDER = Order("", ("since", "kind", "id"), descending=False)


class WaitingRow(Body):
    """A thing that should be done by now: ``turn`` is whose it usually is, ``days`` how long it is overdue."""

    kind: Annotated[Kind, Field(title="环节 Step")]
    id: Annotated[UUID, Field(title="编号 Id")]
    person: Annotated[UUID, Field(title="救助对象 Person")]
    township: Annotated[str, Field(title="乡镇 Township")]
    village: Annotated[str, Field(title="村 Village")]
    turn: Annotated[str, Field(title="应办理 Whose turn")]
    since: Annotated[date, Field(title="起始日 Since")]
    due_on: Annotated[date, Field(title="期限 Due on")]
    days: Annotated[int, Field(title="超期天数 Days overdue")]


@routes.get(
    "/v1/overdue", answer=Page[WaitingRow], files="overdue", refusals=("policy.none",),
    filters={"kind": Kind, "township": str, "limit": int, "after": str},
    summary="超期清单 What is overdue",
)  # fmt: skip
async def overdue(call: Call[None]) -> dict[str, Any]:
    """Entry, review, notice, start, service and verification, as far as this service knows of them."""
    township, limit, day = township_of(call), page_size(call), today(call)
    bound = bound_to(call, {"kind": call.query.get("kind"), "township": township})
    after: Any = behind(call, bound) or None
    policy = await policy_of(call, day)
    kinds = [kind for kind in KINDS if call.query.get("kind", kind) == kind]
    latest = {kind: latest_overdue(kind, day, policy) for kind in kinds}
    rows = [
        {**row, "turn": WHO[row["kind"]], "due_on": (due := due_on(row["kind"], row["since"], policy)),
         "days": (day - due).days}
        for row in await waiting(call, latest, township, after, limit + 1)
    ]  # fmt: skip
    return dict(page(call, rows, limit, ORDER, bound))
