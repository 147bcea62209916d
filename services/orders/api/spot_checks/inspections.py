"""Routes of inspections: what was drawn is looked at by who was drawn, and what is found is judged by it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Id, Routes
from chassis.kernel import Rejected, Sealed
from chassis.service import Ask, Outcome, Step
from services.orders.api.shapes import CONTACT, Code, Line, Writing
from services.orders.domain import order
from services.orders.domain.cause import Cause
from services.orders.domain.days import business_day
from services.orders.domain.policy import in_force
from services.orders.domain.spot_check import inspection

routes = Routes(tag="spot-checks")
Method = Literal["home_visit", "phone", "register", "neighbours", "pictures"]
ONE = (
    "select i.*, o.person, o.judgements from inspections i join orders o on o.county = i.county and o.id = i.order_id"
    " where i.county = $1 and i.id = $2"
)
SHOWN = (
    "select id, order_id, batch, year, township, provider, item, day, stratum, why, extra, inspector, state, due_on,"
    " drawn_at, result, reason_code, finding_codes, methods, cause, reported_at from inspections where county = $1"
)


class ReportInspection(Body):
    """What was found, how one looked, and in words, which are sealed; a rejection has its reason and cause class."""

    result: Literal["accepted", "rejected"]
    finding_codes: Annotated[tuple[Code, ...], Field(max_length=30)] = ()
    methods: Annotated[tuple[Method, ...], Field(min_length=1, max_length=5)]
    reason_code: Code | None = None
    cause: Cause | None = None
    text: Writing | None = None


class ReplaceInspector(Body):
    """Who goes instead, and why."""

    inspector_id: Id
    reason_code: Code


class OrderInspection(Body):
    """What is to be looked at beside the draw, and why."""

    order_id: Id
    visit_id: Id
    reason_code: Code


class InspectionState(Body):
    """The inspection; its id is that of the visit."""

    id: UUID
    state: str
    inspector: UUID | None
    result: str


class InspectionRow(Body):
    """An inspection in a list. ``why``: drawn, grey, surprise or extra; ``extra`` ones count apart."""

    id: UUID
    order_id: UUID
    batch: UUID | None
    year: int
    township: str
    provider: UUID
    item: str
    day: date
    stratum: str
    why: str
    extra: bool
    inspector: UUID | None
    state: str
    due_on: date
    drawn_at: datetime
    result: str
    reason_code: str
    finding_codes: list[str]
    methods: list[str]
    cause: str
    reported_at: datetime | None


class Findings(Body):
    """What the inspector wrote."""

    text: Annotated[str | None, CONTACT]


@routes.post(
    "/v1/inspections/{visit_id}/result", body=ReportInspection, answer=InspectionState, guarded="visit_id",
    summary="提交检查结果 Report an inspection",
    refusals=(
        "inspection.unknown", "inspection.not_yours", "inspection.done", "inspection.had_a_hand",
        "inspection.rejected_needs_a_reason", "order.undone_too_soon", "order.undone_by_who_judged",
        "order.verifier_reported_it", "order.verifier_handled_the_need", "order.nothing_to_undo",
        "order.already_verified", "order.nothing_to_verify", "order.verification_needs_a_reason",
        "order.not_yours_to_verify", "person.erased", "policy.none",
    ),
)  # fmt: skip
async def report_inspection(call: Call[ReportInspection]) -> Ask:
    """A visit that waits is judged by it; one judged otherwise is taken back, with its cause, and judged anew."""
    body, visit = call.body, call.path_id("visit_id")
    row = await call.fetchrow(ONE, call.county, visit)
    if row is None:
        raise Rejected("inspection.unknown")
    call.permit(township=row["township"])
    text = None
    if body.text is not None:
        text = (await call.vault.seal(row["person"], {"text": body.text}))["text"]
    report = inspection.Report(
        result=body.result,
        finding_codes=body.finding_codes,
        methods=body.methods,
        reason_code=body.reason_code or "",
        cause=body.cause,
        text=text,
        by=call.caller.subject,
        at=call.at,
    )
    note = order.NoteInspection(visit_id=visit, draw=row["batch"] or visit, result=body.result, at=call.at)
    return call.ask(
        Step(decider=inspection.decider, stream=visit, command=report),
        Step(decider=order.decider, stream=row["order_id"], command=note),
        *await _judged(call, row, visit),
        answer=_state,
    )


async def _judged(call: Call[ReportInspection], row: Mapping[str, Any], visit: UUID) -> list[Step]:
    """What the order learns: nothing where it was judged alike; where it was judged otherwise, that is taken back."""
    body, role = call.body, in_force(await call.policies(), business_day(call.at)).verifies
    verdict = next(one["verdict"] for one in json.loads(row["judgements"]) if one["visit"] == str(visit))
    was: order.Was = "accepted" if body.result == "rejected" else "turned_down"
    commands: list[order.Command] = []
    if verdict == was:
        commands.append(
            order.Undo(
                visit_id=visit,
                cause=body.cause or "mistake",
                reason_code=body.reason_code or "inspected",
                by=call.caller.subject,
                role=role,
                at=call.at,
                way="inspection",
                was=was,
            )
        )
    if verdict in {was, "waiting"}:
        commands.append(
            order.Verify(
                visit_id=visit,
                result=body.result,
                note_code=body.reason_code or "",
                by=call.caller.subject,
                role=role,
                at=call.at,
            )
        )
    return [Step(decider=order.decider, stream=row["order_id"], command=command) for command in commands]


@routes.post(
    "/v1/inspections/{visit_id}/inspector", body=ReplaceInspector, answer=InspectionState, guarded="visit_id",
    summary="更换检查人员 Send another inspector",
    refusals=("inspection.unknown", "inspection.done", "inspection.inspector_barred"),
)  # fmt: skip
async def replace_inspector(call: Call[ReplaceInspector]) -> Ask:
    """With its reason, recorded; never one with a conflict."""
    visit = call.path_id("visit_id")
    row = await call.fetchrow(ONE, call.county, visit)
    call.permit(township=row["township"] if row else "")
    command = inspection.Replace(inspector=call.body.inspector_id, reason_code=call.body.reason_code, at=call.at)
    return call.ask(Step(decider=inspection.decider, stream=visit, command=command), answer=_state)


@routes.post(
    "/v1/inspections", body=OrderInspection, answer=InspectionState, status=201,
    summary="另行检查 Inspect beside the draw", refusals=("inspection.visit_unknown",),
)  # fmt: skip
async def order_inspection(call: Call[OrderInspection]) -> Ask:
    """Because of a complaint or a doubt; counted apart, since what somebody chose is no sample."""
    body = call.body
    row = await call.fetchrow(
        "select township from orders where county = $1 and id = $2", call.county, body.order_id
    )  # fmt: skip
    if row is None:
        raise Rejected("inspection.visit_unknown")
    call.permit(township=row["township"])
    command = inspection.Order(order=body.order_id, reason_code=body.reason_code, at=call.at)
    return call.ask(Step(decider=inspection.decider, stream=body.visit_id, command=command), answer=_state)


def _state(outcomes: tuple[Outcome, ...]) -> InspectionState:
    state: inspection.State = outcomes[0].state
    return InspectionState(
        id=outcomes[0].stream,
        state="done" if state.result else "open",
        inspector=state.inspector,
        result=state.result.result if state.result else "",
    )


def _read(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "finding_codes": json.loads(row["finding_codes"]), "methods": json.loads(row["methods"])}


async def _filled(_call: Call[None], rows: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    return [_read(row) for row in rows]


routes.page(
    "/v1/inspections", row=InspectionRow, township="township", owner="provider", sql=SHOWN,
    filters={
        "year": int, "state": str, "inspector": UUID, "township": str, "provider": UUID, "batch": UUID,
        "result": str, "extra": bool,
    },
    order=("due_on", "id"), filled=_filled, summary="检查任务（先到期者在前） Inspections, the ones due first",
)  # fmt: skip


@routes.get(
    "/v1/inspections/{visit_id}", answer=InspectionRow, stream="visit_id", summary="检查任务 An inspection",
)  # fmt: skip
async def one_inspection(call: Call[None]) -> dict[str, Any] | None:
    """Without what is sealed."""
    row = await call.fetchrow(f"{SHOWN} and id = $2", call.county, call.path_id("visit_id"))
    if row is None:
        return None
    call.permit(township=row["township"], owner=row["provider"])
    return _read(row)


@routes.get(
    "/v1/inspections/{visit_id}/findings", answer=Findings, filters={"purpose": Line}, required=("purpose",),
    scope="personal.read", refusals=("person.erased",),
    summary="查阅检查记录正文（留痕） What the inspector wrote; the read is logged",
)  # fmt: skip
async def inspection_findings(call: Call[None]) -> dict[str, Any] | None:
    """For a purpose that is logged; null where nothing was written."""
    row = await call.fetchrow(ONE, call.county, call.path_id("visit_id"))
    if row is None:
        return None
    call.permit(township=row["township"])
    boxes = {} if row["text_box"] is None else {"text": Sealed(box=row["text_box"])}
    return {"text": None, **await call.vault.open(row["person"], boxes, purpose=call.query["purpose"])}
