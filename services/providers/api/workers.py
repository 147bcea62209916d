"""Routes of a provider's workers. Names and phones are sealed; reading them needs a purpose and is noted."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Day, Routes, field_class
from chassis.kernel import Sealed
from chassis.service import Ask, Step
from services.providers.api.shapes import Code, Line, Outlet, StartVillage, Township, WorkerCapacity
from services.providers.domain import worker

routes = Routes(tag="workers")
CONTACT = field_class("contact")


class EmployWorker(Body):
    """A worker who can be sent to people of a township.

    ``outlet`` is one of the provider's by name, ``village`` where the worker sets out, empty where it is the outlet.
    ``low_income`` is whether the household is one of low income (paper 000); ``monthly_capacity`` 0: not limited.
    """

    name: Line
    phone: Annotated[str, Field(pattern=r"^[0-9+-]{5,20}$")] | None = None
    qualifications: Annotated[tuple[Code, ...], Field(max_length=50)] = ()
    township: Township
    outlet: Outlet = ""
    village: StartVillage = ""
    low_income: bool = False
    monthly_capacity: WorkerCapacity = 0


class WorkerLeaves(Body):
    """From ``day`` on the worker is not sent any more."""

    day: Day


class WorkerRow(Body):
    """A worker without name."""

    id: UUID
    provider: UUID
    township: str
    left_on: date | None


class WorkerPersonal(Body):
    """Name and phone in clear."""

    id: UUID
    name: Annotated[str | None, CONTACT]
    phone: Annotated[str | None, CONTACT] = None
    qualifications: list[str]


@routes.post(
    "/v1/providers/{provider_id}/workers", body=EmployWorker, status=201,
    summary="登记服务人员 Employ a worker", refusals=("provider.unknown", "worker.outlet_unknown"),
)  # fmt: skip
async def employ_worker(call: Call[EmployWorker]) -> Ask:
    """Enter a worker."""
    owner, body = call.path_id("provider_id"), call.body
    call.permit(owner=owner)
    stream = call.new_id("worker")
    fields = {"name": body.name} | ({"phone": body.phone} if body.phone else {})
    boxes = await call.vault.seal(stream, fields)
    command = worker.Employ(
        provider=owner,
        name=boxes["name"],
        phone=boxes.get("phone"),
        qualifications=body.qualifications,
        township=body.township,
        outlet=body.outlet,
        village=body.village,
        monthly_capacity=body.monthly_capacity,
        low_income=body.low_income,
        at=call.at,
    )
    return call.ask(Step(decider=worker.decider, stream=stream, command=command))


@routes.post(
    "/v1/providers/{provider_id}/workers/{worker_id}/departure", body=WorkerLeaves,
    summary="服务人员离职 A worker leaves", refusals=("worker.unknown",),
)  # fmt: skip
async def worker_leaves(call: Call[WorkerLeaves]) -> Ask:
    """A worker leaves the provider."""
    owner = call.path_id("provider_id")
    call.permit(owner=owner)
    command = worker.Leave(provider=owner, day=call.body.day, at=call.at)
    return call.ask(Step(decider=worker.decider, stream=call.path_id("worker_id"), command=command))


routes.page(
    "/v1/workers", row=WorkerRow, filters={"provider": UUID, "township": str}, owner="provider",
    sql="select id, provider, township, left_on from workers where county = $1", order=("id",),
    summary="服务人员名录 Workers",
)  # fmt: skip


@routes.get(
    "/v1/workers/{worker_id}/personal", answer=WorkerPersonal,
    filters={"purpose": str}, required=("purpose",), scope="personal.read",
    summary="服务人员姓名电话（留痕） A worker's name and phone; the read is logged",
)  # fmt: skip
async def worker_personal(call: Call[None]) -> dict[str, Any] | None:
    """Name and phone, for a stated purpose; the read is noted."""
    stream = call.path_id("worker_id")
    row = await call.fetchrow("select * from workers where county = $1 and id = $2", call.county, stream)
    if row is None:
        return None
    call.permit(owner=row["provider"])
    boxes = {"name": row["name_box"]} | ({"phone": row["phone_box"]} if row["phone_box"] else {})
    sealed = {field: Sealed(box=box) for field, box in boxes.items()}
    opened = await call.vault.open(stream, sealed, purpose=call.query["purpose"])
    return {"id": stream, "qualifications": json.loads(row["qualifications"]), **opened}
