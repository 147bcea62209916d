"""Routes for a carer who fails: what was found, the order to mend, and what became of it."""

from __future__ import annotations

from typing import Literal

from chassis.http import Body, Call, Day, Id, Routes
from chassis.service import Ask
from services.orders.api.care_shapes import CareState, ask, seal
from services.orders.api.shapes import Code, Writing
from services.orders.domain import care

routes = Routes(tag="carers")


class FindCare(Body):
    """Which duty is not done, and what was seen; it is sealed."""

    code: Code
    text: Writing
    contact_id: Id | None = None


class RectifyCare(Body):
    """Until when to mend, and what; it is sealed."""

    due_on: Day
    text: Writing


class JudgeCare(Body):
    """Whether the carer has mended; the grounds are sealed."""

    result: Literal["mended", "refused"]
    text: Writing


@routes.post(
    "/v1/carers/{care_id}/findings", body=FindCare, answer=CareState, summary="照料人履职不到位 A carer fails",
    refusals=("care.unknown", "care.no_agreement_runs", "person.erased"),
)  # fmt: skip
async def find_care(call: Call[FindCare]) -> Ask:
    """Whoever visits says which duty is not done."""
    body, finding = call.body, call.new_id("finding")
    text = await seal(call, f"finding/{finding}", body.text)
    command = care.Find(
        finding_id=finding, code=body.code, text=text, contact_id=body.contact_id, by=call.caller.subject, at=call.at
    )
    return ask(call, command)


@routes.post(
    "/v1/carers/{care_id}/rectification", body=RectifyCare, answer=CareState, summary="责令整改 Order to mend",
    refusals=(
        "care.unknown", "care.not_yours_to_decide", "care.nothing_found", "care.already_ordered",
        "care.due_day_wrong", "person.erased",
    ),
    guarded="care_id",
)  # fmt: skip
async def rectify_care(call: Call[RectifyCare]) -> Ask:
    """The body that the policy names tells the carer to mend (paper 004, part 2 (2) item 3: the county)."""
    text = await seal(call, "rectification", call.body.text)
    caller = call.caller
    command = care.Rectify(due_on=call.body.due_on, text=text, by=caller.subject, role=caller.role, at=call.at)
    return ask(call, command)


@routes.post(
    "/v1/carers/{care_id}/rectification-result", body=JudgeCare, answer=CareState, summary="整改结果 Mended or refused",
    refusals=("care.unknown", "care.not_yours_to_decide", "care.nothing_ordered", "person.erased"), guarded="care_id",
)  # fmt: skip
async def judge_care(call: Call[JudgeCare]) -> Ask:
    """Mended closes the findings; who refuses may be replaced, and so may who lets the time pass."""
    text = await seal(call, "judgement", call.body.text)
    caller = call.caller
    command = care.Judge(result=call.body.result, text=text, by=caller.subject, role=caller.role, at=call.at)
    return ask(call, command)
