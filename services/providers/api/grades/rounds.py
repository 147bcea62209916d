"""Routes of a month's round: begun, what was drawn, and what a township's own duties came to."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Routes
from chassis.service import Ask, Step
from services.providers.api.grades.shapes import Written, month_of
from services.providers.api.shapes import Month, Township
from services.providers.domain import duty, grade_round

routes = Routes(tag="grades")
ROUND = (
    "select id, month, sheet, percent, candidates, drawn, head_hash, seed, due_on, begun_at from grade_rounds"
    " where county = $1 and month = $2"
)


class BeginRound(Body):
    """The month that is assessed."""

    month: Month


class RoundRow(Body):
    """A month's round; grades are due by the end of ``due_on``."""

    id: UUID
    month: str
    sheet: str
    percent: int
    due_on: date
    begun_at: datetime


class RoundWhole(RoundRow):
    """``drawn`` of the ``candidates`` are those with the smallest SHA-256 of ``<seed>|<township>``."""

    candidates: list[str]
    drawn: list[str]
    head_hash: str
    seed: str


class AssessDuty(Body):
    """``met`` of ``samples`` cases looked at were as they should be; ``text`` is sealed."""

    month: Month
    township: Township
    duty: duty.Duty
    samples: Annotated[int, Field(ge=1, le=100_000)]
    met: Annotated[int, Field(ge=0, le=100_000)]
    text: Written


class DutyRow(Body):
    """A township's duty in a month."""

    id: UUID
    month: str
    township: str
    duty: str
    samples: int
    met: int
    assessed_by: str
    assessed_at: datetime


@routes.post(
    "/v1/grade-rounds", body=BeginRound, status=201, summary="开始月度考核并随机抽取乡镇 Begin a month's round",
    refusals=("grade_round.month_not_over", "grade_round.none_here"),
)  # fmt: skip
async def begin_round(call: Call[BeginRound]) -> Ask:
    """By hand, where it has not begun by itself on the first: the townships are drawn, their grades are due."""
    call.permit()
    command = grade_round.Begin(month=call.body.month, by=call.caller.subject, at=call.at)
    return call.ask(Step(decider=grade_round.decider, stream=grade_round.stream_of(command.month), command=command))


@routes.get(
    "/v1/grade-rounds/{month}", answer=RoundWhole, summary="某月考核与抽取过程 A month's round and its draw",
)  # fmt: skip
async def one_round(call: Call[None]) -> dict[str, Any] | None:
    """Everything needed to draw again: candidates, percent, the log's head and the seed made of it."""
    call.permit()
    row = await call.fetchrow(ROUND, call.county, month_of(call))
    if row is None:
        return None
    return {**row, "candidates": json.loads(row["candidates"]), "drawn": json.loads(row["drawn"])}


routes.page(
    "/v1/grade-rounds", row=RoundRow, newest_first=True, order=("month", "id"),
    sql="select id, month, sheet, percent, due_on, begun_at from grade_rounds where county = $1",
    summary="各月考核 Rounds",
)  # fmt: skip


@routes.post(
    "/v1/duties", body=AssessDuty, status=201, summary="登记乡镇履职考核 Assess a township's duty",
    refusals=("duty.met_beyond", "duty.month_not_begun"),
)  # fmt: skip
async def assess_duty(call: Call[AssessDuty]) -> Ask:
    """Cadres' visits, guardians, funds, goods in place; it touches no money. A later one takes its place."""
    body = call.body
    call.permit(township=body.township)
    stream = duty.stream_of(body.month, body.township, body.duty)
    boxes = await call.vault.seal(stream, {"duty": body.text})
    command = duty.Assess(
        month=body.month,
        township=body.township,
        duty=body.duty,
        samples=body.samples,
        met=body.met,
        text=boxes["duty"],
        by=call.caller.subject,
        at=call.at,
    )
    return call.ask(Step(decider=duty.decider, stream=stream, command=command))


routes.page(
    "/v1/duties", row=DutyRow, township="township", filters={"month": Month, "township": str, "duty": str},
    sql="select id, month, township, duty, samples, met, assessed_by, assessed_at from duties where county = $1",
    order=("month", "id"), newest_first=True, summary="乡镇履职考核 Duties assessed",
)  # fmt: skip
