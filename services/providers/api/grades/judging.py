"""Routes of a monthly grade: what assessors enter, the grade signed, objected to, judged anew."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Routes, Thing
from chassis.kernel import Rejected, Sealed
from chassis.service import Ask, Outcome, Step
from services.providers.api.grades.shapes import GradeAnswer, MonthGradeRow, MonthGradeWhole, Written, month_of
from services.providers.api.shapes import Code, Month, Township
from services.providers.domain import month_grade
from services.providers.domain.grading import WAIVED

routes = Routes(tag="grades")
GRADED = ("provider.unknown", "month_grade.not_drawn", "grade_round.none_here", "month_grade.issued_already")
COLUMNS = (
    "id, month, provider, township, status, grade, score, sheet, overdue, overdue_at, false_service, honoured,"
    " poor_in_a_row, issued_at, object_until, objected_at, rejudged_at"
)


class EnterMeasure(Body):
    """What was seen: ``points`` of those the sheet has for the measure, after ``samples``; ``text`` is sealed.

    ``sample_ids`` are visits or orders looked at. ``false_service``: something told was never done.
    """

    provider_id: UUID
    township: Township
    measure: Code
    points: Annotated[int, Field(ge=0, le=1000)]
    samples: Annotated[int, Field(ge=1, le=100_000)]
    sample_ids: Annotated[tuple[UUID, ...], Field(max_length=200)] = ()
    false_service: bool = False
    text: Written


class IssueGrade(Body):
    """The grade that the sheet gives; or, where nothing was served, that it is ``waived`` and why."""

    provider_id: UUID
    township: Township
    waived: Code | None = None


class WriteText(Body):
    """Why; it is sealed."""

    text: Written


def _thing(state: month_grade.Grade) -> Thing | None:
    opened = state.opened
    return Thing(township=opened.township, owners=(opened.provider,)) if opened else None


def _answer(outcomes: tuple[Outcome, ...]) -> dict[str, Any]:
    state: month_grade.Grade = outcomes[0].state
    opened, judged = state.opened, state.judged
    assert opened is not None
    return {
        "id": outcomes[0].stream,
        "month": opened.month,
        "provider": opened.provider,
        "township": opened.township,
        "status": state.status,
        "grade": judged.grade if judged else WAIVED if state.waived else "",
        "score": judged.score if judged else None,
        "false_service": bool(judged and judged.false_service),
        "figures": [asdict(one) for one in judged.figures] if judged else [],
    }


@routes.post(
    "/v1/grade-rounds/{month}/entries", body=EnterMeasure, answer=GradeAnswer, status=201,
    summary="录入考核评分 Enter what was seen for a measure",
    refusals=(*GRADED, "month_grade.no_such_measure", "month_grade.computed", "month_grade.points_beyond"),
)  # fmt: skip
async def enter_measure(call: Call[EnterMeasure]) -> Ask:
    """Pictures, home visits, neighbours: what the log cannot tell. A later entry for a measure takes its place."""
    body, month = call.body, month_of(call)
    call.permit(township=body.township, owner=body.provider_id)
    stream = month_grade.stream_of(month, body.provider_id, body.township)
    boxes = await call.vault.seal(stream, {"entry": body.text})
    command = month_grade.Enter(
        month=month,
        provider=body.provider_id,
        township=body.township,
        measure=body.measure,
        points=body.points,
        samples=body.samples,
        sample_ids=body.sample_ids,
        false_service=body.false_service,
        text=boxes["entry"],
        by=call.caller.subject,
        at=call.at,
    )
    return call.ask(Step(decider=month_grade.decider, stream=stream, command=command), answer=_answer)


@routes.post(
    "/v1/grade-rounds/{month}/grades", body=IssueGrade, answer=GradeAnswer, status=201,
    summary="签发月度考核结果 Issue a monthly grade",
    refusals=(
        *GRADED, "month_grade.waived_already", "month_grade.assessed_by_signer", "month_grade.entry_missing",
        "month_grade.nothing_served", "month_grade.something_served",
    ),
)  # fmt: skip
async def issue_grade(call: Call[IssueGrade]) -> Ask:
    """The sheet gives it; who assessed does not sign. It is told to the settlement at once."""
    body, month = call.body, month_of(call)
    call.permit(township=body.township, owner=body.provider_id)
    about: dict[str, Any] = {
        "month": month, "provider": body.provider_id, "township": body.township, "by": call.caller.subject,
        "at": call.at,
    }  # fmt: skip
    command = month_grade.Issue(**about) if body.waived is None else month_grade.Waive(**about, reason_code=body.waived)
    stream = month_grade.stream_of(month, body.provider_id, body.township)
    return call.ask(Step(decider=month_grade.decider, stream=stream, command=command), answer=_answer)


@routes.post(
    "/v1/month-grades/{grade_id}/objection", body=WriteText, answer=GradeAnswer, guarded="grade_id",
    summary="对考核结果提出异议 Object to a grade",
    refusals=("month_grade.not_issued", "month_grade.objection_late", "month_grade.objected_already"),
)  # fmt: skip
async def object_to_grade(call: Call[WriteText]) -> Ask:
    """The provider's own; the grade stands until somebody else has judged it anew."""
    box = await _sealed(call, "objection")
    return _decided(call, month_grade.Object(text=box, by=call.caller.subject, at=call.at))


@routes.post(
    "/v1/month-grades/{grade_id}/rejudgement", body=WriteText, answer=GradeAnswer, guarded="grade_id",
    summary="复核考核结果 Judge a grade anew",
    refusals=(
        "month_grade.no_objection", "month_grade.judged_by_same", "month_grade.assessed_by_signer",
        "month_grade.entry_missing", "grade_round.none_here",
    ),
)  # fmt: skip
async def rejudge_grade(call: Call[WriteText]) -> Ask:
    """By somebody else than who issued it, on what is known by now; it replaces the earlier, after a close too."""
    box = await _sealed(call, "rejudgement")
    return _decided(call, month_grade.Rejudge(text=box, by=call.caller.subject, at=call.at))


async def _sealed(call: Call[WriteText], name: str) -> Sealed:
    """The text, sealed under the grade's own key, once the caller may act on the grade."""
    stream = call.path_id("grade_id")
    row = await call.fetchrow(
        "select provider, township from month_grades where county = $1 and id = $2", call.county, stream
    )
    if row is None:
        raise Rejected("not_found")
    call.permit(township=row["township"], owner=row["provider"])
    return (await call.vault.seal(stream, {name: call.body.text}))[name]


def _decided(call: Call[Any], command: Any) -> Ask:
    stream = call.path_id("grade_id")
    step = Step(decider=month_grade.decider, stream=stream, command=command, permit=call.judged(_thing))
    return call.ask(step, answer=_answer)


routes.page(
    "/v1/month-grades", row=MonthGradeRow, owner="provider", township="township",
    filters={
        "month": Month, "provider": UUID, "township": str, "status": str, "grade": str, "overdue": bool,
        "honoured": bool,
    },
    sql=f"select {COLUMNS} from month_grades where county = $1", order=("month", "id"), newest_first=True,
    summary="月度考核结果 Monthly grades",
)  # fmt: skip


@routes.get(
    "/v1/month-grades/{grade_id}", answer=MonthGradeWhole, summary="一项考核结果 A monthly grade", stream="grade_id",
)  # fmt: skip
async def one_month_grade(call: Call[None]) -> dict[str, Any] | None:
    """With the figures it was reckoned from, and the entries behind them."""
    row = await call.fetchrow(
        f"select {COLUMNS}, figures, entries, issued_by from month_grades where county = $1 and id = $2",
        call.county,
        call.path_id("grade_id"),
    )
    if row is None:
        return None
    call.permit(township=row["township"], owner=row["provider"])
    return {**row, "figures": json.loads(row["figures"]), "entries": json.loads(row["entries"])}
