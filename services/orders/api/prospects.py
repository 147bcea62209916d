"""Routes of departments' lists: entries one by one, each checked until something is found."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID, uuid5

from pydantic import Field

from chassis.http import PLAIN, Body, Call, Day, Id, Routes, Thing
from chassis.http.call import KEYED
from chassis.kernel import Rejected
from chassis.service import Ask, Step
from services.orders.api.personal import opened
from services.orders.api.shapes import (
    ASSESSMENT,
    CONTACT,
    Code,
    ItemId,
    Line,
    Township,
    Village,
    Writing,
    one_row,
)
from services.orders.domain import identity, prospect

routes = Routes(tag="prospects")
Risk = Literal["high", "medium", "low"]


class ListProspect(Body):
    """Somebody who may need help: ``kind`` is what the list attests, ``source`` whose list it is."""

    name: Annotated[str, Field(pattern=rf"^{PLAIN}{{1,60}}$")]
    id_number: Annotated[str, Field(pattern=r"^[0-9]{17}[0-9X]$")]
    phone: Annotated[str, Field(pattern=r"^[0-9+ -]{5,20}$")] | None = None
    address: Line | None = None
    born: Day
    township: Township
    village: Village
    kind: ItemId
    source: Code
    risk: Risk = "low"


class FindProspect(Body):
    """What the check found; eligible names the registered person and the need, gone a reason."""

    result: Literal["eligible", "not_yet", "gone"]
    person_id: Id | None = None
    need_id: Id | None = None
    reason_code: Code | None = None
    findings: Writing | None = None
    recheck_on: Day | None = None


class Mark(Body):
    """What a list says, and whose list it is."""

    source: str
    kind: str


class ProspectRow(Body):
    """An entry without anything that names the person; ``late``: the check is overdue."""

    id: UUID
    township: str
    village: str
    risk: str
    state: str
    due_on: date
    late: bool
    recheck_on: date | None
    reason_code: Annotated[str | None, ASSESSMENT]
    person: UUID | None
    need: UUID | None


class ProspectAnswer(ProspectRow):
    """An entry with what the lists say."""

    marks: Annotated[list[Mark] | None, ASSESSMENT]


class ProspectPersonal(Body):
    """What names the person, and what the last check found."""

    name: Annotated[str | None, CONTACT] = None
    id_number: Annotated[str | None, CONTACT] = None
    phone: Annotated[str | None, CONTACT] = None
    address: Annotated[str | None, CONTACT] = None
    findings: Annotated[str | None, CONTACT] = None


def stream_of(county: str, id_index: str) -> UUID:
    """The entry of whoever has this identity number: one, however many lists name them."""
    return uuid5(KEYED, f"{county}/prospect/{id_index}")


@routes.post(
    "/v1/prospects", body=ListProspect, status=201, summary="登记待核查对象 List somebody to be checked",
    refusals=("beneficiary.id_number_wrong", "beneficiary.born_differs", "prospect.region_wrong", "policy.none"),
)  # fmt: skip
async def list_prospect(call: Call[ListProspect]) -> Ask:
    """By the deadline that the risk gives, somebody looks; a second list adds to the entry there is."""
    body = call.body
    call.permit(township=body.township)
    identity.check(body.id_number, body.born)
    index = await call.vault.index(body.id_number, "id_number")
    stream = stream_of(call.county, index)
    texts = {"name": body.name, "id_number": body.id_number, "phone": body.phone, "address": body.address}
    boxes = await call.vault.seal(stream, {field: text for field, text in texts.items() if text is not None})
    listed = prospect.Listed(
        name=boxes["name"],
        id_number=boxes["id_number"],
        phone=boxes.get("phone"),
        address=boxes.get("address"),
        id_index=index,
        born=body.born,
        township=body.township,
        village=body.village,
    )
    command = prospect.List(listed=listed, kind=body.kind, source=body.source, risk=body.risk, at=call.at)
    return call.ask(Step(decider=prospect.decider, stream=stream, command=command))


@routes.post(
    "/v1/prospects/{prospect_id}/finding", body=FindProspect, guarded="prospect_id",
    summary="核查结果 What the check found",
    refusals=(
        "prospect.unknown", "prospect.closed", "prospect.reason_missing", "prospect.need_missing",
        "prospect.somebody_else", "prospect.need_of_somebody_else", "prospect.recheck_not_later",
        "prospect.recheck_too_late", "person.erased",
    ),
)  # fmt: skip
async def find_prospect(call: Call[FindProspect]) -> Ask:
    """Eligible with a registered need, gone with a reason, or not yet: then the entry is watched and comes back."""
    body, stream = call.body, call.path_id("prospect_id")
    row = await call.fetchrow("select township from prospects where county = $1 and id = $2", call.county, stream)
    if row is None:
        raise Rejected("prospect.unknown")
    call.permit(township=row["township"])
    boxes = {} if body.findings is None else await call.vault.seal(stream, {"findings": body.findings})
    command = prospect.Find(
        result=body.result,
        person=body.person_id,
        need=body.need_id,
        reason_code=body.reason_code or "",
        findings=boxes.get("findings"),
        recheck_on=body.recheck_on,
        by=call.caller.subject,
        at=call.at,
    )
    return call.ask(Step(decider=prospect.decider, stream=stream, command=command, permit=call.judged(_facts)))


def _facts(state: prospect.Prospect | None) -> Thing | None:
    return Thing(township=state.listed.township) if state else None


routes.page(
    "/v1/prospects", row=ProspectRow, township="township",
    filters={
        "township": str, "village": str, "state": Literal["open", "watched", "eligible", "gone"], "late": bool,
        "risk": Risk, "person": UUID,
    },
    sql="select id, township, village, risk, state, due_on, late, recheck_on, reason_code, person, need from prospects"
        " where county = $1",
    order=("due_on", "id"), summary="待核查对象 Entries to be checked",
)  # fmt: skip


@routes.get("/v1/prospects/{prospect_id}", answer=ProspectAnswer, summary="待核查对象 An entry",
            stream="prospect_id")  # fmt: skip
async def one_prospect(call: Call[None]) -> dict[str, Any] | None:
    """An entry without anything that names the person."""
    sql = "select * from prospects where county = $1 and id = $2"
    return await one_row(call, sql, call.path_id("prospect_id"), "marks")


@routes.get(
    "/v1/prospects/{prospect_id}/personal", answer=ProspectPersonal,
    filters={"purpose": Line}, required=("purpose",), scope="personal.read", refusals=("person.erased",),
    summary="查阅名单人员信息（留痕） Personal data; the read is logged",
)  # fmt: skip
async def prospect_personal(call: Call[None]) -> dict[str, Any] | None:
    """Who stands on the list, for a purpose that is logged; a registered person's data stand in the register."""
    row = await call.fetchrow(
        "select id, township, boxes from prospects where county = $1 and id = $2",
        call.county,
        call.path_id("prospect_id"),
    )
    if row is None:
        return None
    call.permit(township=row["township"])
    boxes = json.loads(row["boxes"])
    return await opened(call, row["id"], boxes) if boxes else {}
