"""Routes that open what was written about a grade or a finding; each read names its purpose and leaves a trace."""

from __future__ import annotations

from typing import Any

from chassis.http import Call, Routes
from chassis.http.writings import Names, written
from services.providers.api.shapes import Line
from services.providers.api.writings import Writings
from services.providers.domain import finding, month_grade

routes = Routes(tag="personal")
OF_A_GRADE: Names = {
    month_grade.Entered: ("text", "entry"),
    month_grade.Objected: ("text", "objection"),
    month_grade.Rejudged: ("text", "rejudgement"),
}
OF_A_FINDING: Names = {
    finding.Opened: ("text", "finding"),
    finding.Answered: ("text", "answer"),
    finding.Closed: ("text", "reinspection"),
    finding.Failed: ("text", "reinspection"),
}


async def _written(call: Call[None], table: str, path: str, names: Names) -> dict[str, Any] | None:
    """The texts are sealed under the key of the grade or finding itself."""
    stream = call.path_id(path)
    row = await call.fetchrow(
        f"select provider, township from {table} where county = $1 and id = $2", call.county, stream
    )
    if row is None:
        return None
    call.permit(township=row["township"], owner=row["provider"])
    return {"items": await written(call, stream, stream, names)}


@routes.get(
    "/v1/month-grades/{grade_id}/writings", answer=Writings, filters={"purpose": Line}, required=("purpose",),
    scope="personal.read", refusals=("person.erased",),
    summary="考核记录、异议与复核原文（留痕） What was written about a grade; the read is logged",
)  # fmt: skip
async def writings_of_grade(call: Call[None]) -> dict[str, Any] | None:
    """For who judges, and the provider that is judged."""
    return await _written(call, "month_grades", "grade_id", OF_A_GRADE)


@routes.get(
    "/v1/findings/{finding_id}/writings", answer=Writings, filters={"purpose": Line}, required=("purpose",),
    scope="personal.read", refusals=("person.erased",),
    summary="问题、整改与复查原文（留痕） What was written about a finding; the read is logged",
)  # fmt: skip
async def writings_of_finding(call: Call[None]) -> dict[str, Any] | None:
    """For who looks at it, and who is to mend it."""
    return await _written(call, "findings", "finding_id", OF_A_FINDING)
