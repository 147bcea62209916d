"""Routes of what may follow a review: objections and meetings, and the written reason of a refusal, handed over."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from chassis.http import Body, Call, Day, Routes
from chassis.kernel import Sealed
from chassis.service import Ask
from services.orders.api.need_asking import NeedState, Purpose, ask, seal_one
from services.orders.api.shapes import CONTACT, Code, Writing
from services.orders.domain import need

routes = Routes(tag="needs")
People = Annotated[int, Field(ge=1, le=1000)]
Fen = Annotated[int, Field(ge=0, le=10**9)]


class HandOver(Body):
    """The day on which the person got the written reason, and how."""

    handed_on: Day
    way: Literal["in_person", "post", "electronic"]


class DisputeNeed(Body):
    """Who objects and why; it is sealed."""

    reason: Writing


class HoldReview(Body):
    """A democratic review: when, in which form, how many were there and in favour; the minutes are sealed."""

    held_on: Day
    form: Literal["meeting", "phone", "online"] = "meeting"
    present: People
    in_favour: Annotated[int, Field(ge=0, le=1000)]
    minutes: Writing


class DecideCase(Body):
    """What the departments decided, and how much may be given at most; the minutes are sealed."""

    held_on: Day
    departments: Annotated[tuple[Code, ...], Field(min_length=2, max_length=20)]
    outcome_code: Code
    most_fen: Fen = 0
    minutes: Writing


class WrittenReason(Body):
    """Why the need was refused, as it is told to the person."""

    register_number: str
    refused_on: date
    reason: Annotated[str | None, CONTACT]


class ScoreSheet(Body):
    """Answers to an instrument, by the version they were given to."""

    instrument: str
    answers: Annotated[dict[str, int] | None, CONTACT]


class Scores(Body):
    """What the survey answered, and what the assessing body did; None where an instrument was not used."""

    survey: ScoreSheet | None
    final: ScoreSheet | None


@routes.post(
    "/v1/needs/{need_id}/refusal-notice", body=HandOver, answer=NeedState,
    summary="书面告知已送达 The written reason was handed over",
    refusals=("need.unknown", "need.not_refused", "need.day_in_the_future"),
)  # fmt: skip
async def hand_refusal(call: Call[HandOver]) -> Ask:
    """The person has the written reason, since when and how."""
    body = call.body
    return ask(call, need.HandRefusal(handed_on=body.handed_on, way=body.way, by=call.caller.subject, at=call.at))


@routes.post(
    "/v1/needs/{need_id}/dispute", body=DisputeNeed, answer=NeedState,
    summary="登记异议 Record an objection", refusals=("need.unknown", "need.already_decided"),
)  # fmt: skip
async def dispute_need(call: Call[DisputeNeed]) -> Ask:
    """Somebody objects: a democratic review comes first; without an objection there is none (paper 000, part 2 (2))."""
    reason, caller = await seal_one(call, "dispute", call.body.reason), call.caller
    return ask(call, need.Dispute(reason=reason, by=caller.subject, role=caller.role, at=call.at))


@routes.post(
    "/v1/needs/{need_id}/democratic-review", body=HoldReview, answer=NeedState,
    summary="民主评议 Record a democratic review",
    refusals=("need.unknown", "need.not_disputed", "need.review_numbers_wrong", "need.day_in_the_future"),
)  # fmt: skip
async def hold_review(call: Call[HoldReview]) -> Ask:
    """More than half of those present in favour support the need."""
    body = call.body
    command = need.HoldReview(
        held_on=body.held_on,
        form=body.form,
        present=body.present,
        in_favour=body.in_favour,
        minutes=await seal_one(call, "minutes", body.minutes),
        by=call.caller.subject,
        at=call.at,
    )
    return ask(call, command)


@routes.post(
    "/v1/needs/{need_id}/case-decision", body=DecideCase, answer=NeedState,
    summary="一事一议 Record what the departments decided",
    refusals=("need.unknown", "need.already_decided", "need.surveyor_decided", "need.day_in_the_future"),
)  # fmt: skip
async def decide_case(call: Call[DecideCase]) -> Ask:
    """One case, one discussion: it may allow what limits or a review would not (paper 002, part 3 (3) item 10)."""
    body = call.body
    command = need.DecideCase(
        held_on=body.held_on,
        departments=body.departments,
        outcome_code=body.outcome_code,
        most_fen=body.most_fen,
        minutes=await seal_one(call, "minutes", body.minutes),
        by=call.caller.subject,
        at=call.at,
    )
    return ask(call, command)


@routes.get(
    "/v1/needs/{need_id}/refusal", answer=WrittenReason, filters=Purpose, required=("purpose",), scope="personal.read",
    refusals=("person.erased",), summary="不予救助的书面理由（留痕） The written reason; the read is logged",
)  # fmt: skip
async def written_reason(call: Call[None]) -> dict[str, Any] | None:
    """For whoever hands it to the person (art. 45)."""
    row = await _row(call, "refusal_box")
    if row is None or row["refusal_box"] is None:
        return None
    boxes = {"reason": Sealed(box=row["refusal_box"])}
    return {**row, **await call.vault.open(row["person"], boxes, purpose=call.query["purpose"])}


@routes.get(
    "/v1/needs/{need_id}/scores", answer=Scores, filters=Purpose, required=("purpose",), scope="personal.read",
    refusals=("person.erased",), summary="评估答卷（留痕） The answers scored; the read is logged",
)  # fmt: skip
async def scores(call: Call[None]) -> dict[str, Any] | None:
    """What the survey and the assessing body answered, by the version of the instrument of that day."""
    row = await _row(call, "survey_box, survey_version, final_box, final_version")
    if row is None:
        return None
    return {name: await _sheet(call, row, name) for name in ("survey", "final")}


async def _row(call: Call[None], columns: str) -> dict[str, Any] | None:
    row = await call.fetchrow(
        f"select person, township, register_number, refused_on, {columns} from needs where county = $1 and id = $2",
        call.county,
        call.path_id("need_id"),
    )
    if row is not None:
        call.permit(township=row["township"])
    return row


async def _sheet(call: Call[None], row: dict[str, Any], name: str) -> dict[str, Any] | None:
    if row[f"{name}_box"] is None:
        return None
    boxes = {"answers": Sealed(box=row[f"{name}_box"])}
    opened = await call.vault.open(row["person"], boxes, purpose=call.query["purpose"])
    return {"instrument": row[f"{name}_version"], "answers": json.loads(opened["answers"])}
