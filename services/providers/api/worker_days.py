"""The route of a worker's day: what a provider's system hands to the worker. No name, no address."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from chassis.http import Body, Call, Day, Routes

routes = Routes(tag="appointments")


class DayRow(Body):
    """One visit of a day: where to, what for; names and addresses are opened by the order, for a purpose."""

    id: UUID
    order_id: UUID
    item: str
    units: int
    township: str
    village: str
    starts_at: datetime
    ends_at: datetime
    status: str


class WorkerDay(Body):
    """Everything a worker is sent to on a day, in its order."""

    worker: UUID
    day: date
    appointments: list[DayRow]


@routes.get(
    "/v1/workers/{worker_id}/day", answer=WorkerDay, filters={"day": Day}, required=("day",),
    summary="派工单：服务人员一天的安排 A worker's day",
)  # fmt: skip
async def worker_day(call: Call[None]) -> dict[str, Any] | None:
    """The dispatch message (paper 001): the provider's system pulls it and hands it to the worker."""
    worker, day = call.path_id("worker_id"), call.query["day"]
    found = await call.fetchrow(
        "select provider, township from workers where county = $1 and id = $2", call.county, worker
    )
    if found is None:
        return None
    call.permit(owner=found["provider"], township=found["township"])
    rows = await call.fetch(
        "select a.id, a.order_id, a.item, s.units, a.township, a.village, a.starts_at, a.ends_at, a.status"
        " from appointments a join searches s on s.county = a.county and s.id = a.order_id where a.county = $1"
        " and a.worker = $2 and a.day = $3 and a.status <> 'cancelled' order by a.starts_at, a.id",
        call.county,
        worker,
        day,
    )
    return {"worker": worker, "day": day, "appointments": rows}
