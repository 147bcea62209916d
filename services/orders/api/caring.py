"""Routes that show who cares for whom, and who lacks a carer or an escort."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from chassis.http import Body, Call, Routes
from chassis.kernel import Sealed
from services.orders.api.shapes import ASSESSMENT, CONTACT, VERSION, Line, one_row

routes = Routes(tag="carers")


class CareRow(Body):
    """A person's care: ``state`` none, running, found, ordered or failed; ``agreements`` counts those signed so far."""

    id: UUID
    version: int
    person: UUID
    township: str
    village: str
    covered: bool
    state: str
    relation: str
    from_day: date | None
    valid_to: date | None
    agreements: int
    rectify_by: date | None
    running: bool
    escorted: bool


class OpenFinding(Body):
    """A finding that is not mended."""

    id: UUID
    code: str
    contact: UUID | None


class CareAnswer(CareRow):
    """A person's care with the carer's duties and the findings not mended yet."""

    duties: list[str]
    findings: Annotated[list[OpenFinding] | None, ASSESSMENT]


class CarePersonal(Body):
    """What names carer and escort, and what was written: findings by their ids, order and judgement."""

    carer_name: Annotated[str | None, CONTACT] = None
    carer_phone: Annotated[str | None, CONTACT] = None
    escort_name: Annotated[str | None, CONTACT] = None
    escort_phone: Annotated[str | None, CONTACT] = None
    rectification: Annotated[str | None, CONTACT] = None
    judgement: Annotated[str | None, CONTACT] = None
    findings: Annotated[dict[str, str] | None, CONTACT] = None


class LackRow(Body):
    """A person under the duty without a running agreement, or without an escort."""

    id: UUID
    person: UUID
    township: str
    village: str
    running: bool
    escorted: bool
    state: str


routes.page(
    "/v1/carers", row=CareRow, township="township",
    filters={
        "person": UUID, "township": str, "village": str, "state": str, "running": bool, "escorted": bool,
        "covered": bool,
    },
    sql="select id, person, township, village, covered, state, relation, from_day, valid_to, agreements, rectify_by,"
        f" running, escorted, {VERSION} from carers shown where county = $1",
    order=("township", "village", "id"), summary="照料协议 Care agreements",
)  # fmt: skip
routes.page(
    "/v1/coverage/carers", row=LackRow, township="township",
    filters={"township": str, "village": str, "person": UUID, "running": bool, "escorted": bool},
    sql="select id, person, township, village, running, escorted, state from carers"
        " where county = $1 and covered and not (running and escorted)",
    order=("township", "village", "id"), summary="无人照料或无人陪护 Who lacks a carer or an escort",
)  # fmt: skip


@routes.get("/v1/carers/{care_id}", answer=CareAnswer, summary="照料协议 A person's care", stream="care_id")
async def one_care(call: Call[None]) -> dict[str, Any] | None:
    """The agreement that was signed last, without what names anybody."""
    sql = "select * from carers where county = $1 and id = $2"
    return await one_row(call, sql, call.path_id("care_id"), "duties", "findings")


@routes.get(
    "/v1/carers/{care_id}/personal", answer=CarePersonal, filters={"purpose": Line}, required=("purpose",),
    scope="personal.read", refusals=("person.erased",),
    summary="查阅照料人和整改记录（留痕） Who cares, and what was written; the read is logged",
)  # fmt: skip
async def care_personal(call: Call[None]) -> dict[str, Any] | None:
    """Names, phones, findings, order and judgement, for a purpose that is logged."""
    sql = "select person, township, boxes from carers where county = $1 and id = $2"
    row = await call.fetchrow(sql, call.county, call.path_id("care_id"))
    if row is None:
        return None
    call.permit(township=row["township"])
    boxes = {field: Sealed(box=box) for field, box in json.loads(row["boxes"]).items()}
    opened = await call.vault.open(row["person"], boxes, purpose=call.query["purpose"])
    findings = {field.partition("/")[2]: text for field, text in opened.items() if field.startswith("finding/")}
    return {**opened, "findings": findings}
