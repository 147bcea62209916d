"""Households read: in lists, one by one, as a file 一户一档, and the address for a purpose."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from chassis.http import Body, Call, Routes
from services.orders.api.personal import opened
from services.orders.api.shapes import ASSESSMENT, CONTACT, Line, read_lists

routes = Routes(tag="households")


class MemberLine(Body):
    """A member by id; who they are stands in the register."""

    person: UUID
    relation: str
    from_day: date
    to_day: date | None


class ClassLine(Body):
    """A class of the household; ``due``: the check again was due and has not been made."""

    category: str
    grade: str
    from_day: date
    to_day: date | None
    recheck_on: date
    due: bool


class HouseholdRow(Body):
    """A household in a list."""

    id: UUID
    household_number: str
    township: str
    village: str
    registered_region: str
    single: bool
    recheck_on: date | None
    recheck_due: bool


class HouseholdAnswer(HouseholdRow):
    """A household with its members and classes, of all times."""

    members: list[MemberLine]
    classes: Annotated[list[ClassLine] | None, ASSESSMENT]


class MemberFile(Body):
    """A present member, by service number, and whether anything is missing in their file."""

    person: UUID
    service_number: str
    relation: str
    from_day: date
    plan_id: UUID | None
    materials: int


class HouseholdFile(HouseholdRow):
    """The household's file: its running classes and its present members in the order of their service numbers."""

    classes: Annotated[list[ClassLine] | None, ASSESSMENT]
    members: list[MemberFile]


class HouseholdPersonal(Body):
    """What finds the household, and what was found when it was last checked."""

    address: Annotated[str | None, CONTACT] = None
    findings: Annotated[str | None, CONTACT] = None


routes.page(
    "/v1/households", row=HouseholdRow, township="township",
    filters={"township": str, "village": str, "single": bool, "recheck_due": bool, "household_number": str},
    sql="select id, number, household_number, township, village, registered_region, single, recheck_on, recheck_due"
        " from households where county = $1",
    order=("number",), summary="家庭 Households",
)  # fmt: skip


@routes.get("/v1/households/{household_id}", answer=HouseholdAnswer, summary="家庭 A household",
            stream="household_id")  # fmt: skip
async def one_household(call: Call[None]) -> dict[str, Any] | None:
    """Members and classes of all times."""
    return await _row(call)


@routes.get("/v1/households/{household_id}/file", answer=HouseholdFile, summary="一户一档 The household's file")
async def household_file(call: Call[None]) -> dict[str, Any] | None:
    """Present members by service number, and the classes that hold."""
    row = await _row(call)
    if row is None:
        return None
    present = {one["person"]: one for one in row["members"] if one["to_day"] is None}
    people = await call.fetch(
        "select b.id, b.service_number, b.plan_id, jsonb_array_length(f.held -> 'materials') as materials"
        " from beneficiaries b join person_files f on f.county = b.county and f.id = b.id"
        " where b.county = $1 and b.id = any($2::uuid[]) order by b.number",
        call.county,
        [UUID(person) for person in present],
    )
    members = [{**present[str(one["id"])], **one, "person": one["id"]} for one in people]
    return {**row, "classes": [one for one in row["classes"] if one["to_day"] is None], "members": members}


@routes.get(
    "/v1/households/{household_id}/personal", answer=HouseholdPersonal,
    filters={"purpose": Line}, required=("purpose",), scope="personal.read", refusals=("person.erased",),
    summary="查阅家庭住址（留痕） The address; the read is logged",
)  # fmt: skip
async def household_personal(call: Call[None]) -> dict[str, Any] | None:
    """Address and findings, for a purpose that is logged."""
    row = await _row(call)
    if row is None:
        return None
    boxes = json.loads(row["boxes"])
    return await opened(call, row["id"], boxes) if boxes else {}


async def _row(call: Call[None]) -> dict[str, Any] | None:
    sql = "select * from households where county = $1 and id = $2"
    row = await call.fetchrow(sql, call.county, call.path_id("household_id"))
    if row is None:
        return None
    call.permit(township=row["township"])
    return read_lists(row, "members", "classes")
