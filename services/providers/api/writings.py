"""Routes that open what was written about a report: why it came late or was supplemented, and what was decided.

Each read names its purpose and leaves a trace (Social Assistance Law, art. 70(6)).
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from chassis.http import Body, Call, Routes, field_class
from chassis.http.writings import Names, written
from services.providers.api.shapes import Line
from services.providers.domain import late_report, visit

routes = Routes(tag="personal")
CONTACT = field_class("contact")
OF_A_LATE_REPORT: Names = {
    late_report.Filed: ("reason", "late_report"),
    late_report.Confirmed: ("reason", "late_report_decision"),
    late_report.Refused: ("reason", "late_report_decision"),
}
OF_A_VISIT: Names = {visit.Supplemented: ("reason", "visit_supplement")}


class Writing(Body):
    """What was written with one event, and when."""

    event: str
    at: datetime
    text: Annotated[str | None, CONTACT]


class Writings(Body):
    """Everything that was written, the oldest first; empty where nothing was."""

    items: list[Writing]


async def _written(call: Call[None], table: str, path: str, names: Names) -> dict[str, Any] | None:
    stream = call.path_id(path)
    row = await call.fetchrow(
        f"select r.provider, s.township, s.person from {table} r"
        " join searches s on s.county = r.county and s.id = r.order_id where r.county = $1 and r.id = $2",
        call.county,
        stream,
    )
    if row is None:
        return None
    call.permit(township=row["township"], owner=row["provider"])
    return {"items": await written(call, stream, row["person"], names)}


@routes.get(
    "/v1/late-reports/{late_report_id}/writings", answer=Writings, filters={"purpose": Line}, required=("purpose",),
    scope="personal.read", refusals=("person.erased",),
    summary="补报理由与处理意见（留痕） Why a report came late, and what was decided; the read is logged",
)  # fmt: skip
async def writings_of_late_report(call: Call[None]) -> dict[str, Any] | None:
    """For the township that answers for it, the bureau, and the provider that filed it."""
    return await _written(call, "late_reports", "late_report_id", OF_A_LATE_REPORT)


@routes.get(
    "/v1/visits/{visit_id}/writings", answer=Writings, filters={"purpose": Line}, required=("purpose",),
    scope="personal.read", refusals=("person.erased",),
    summary="补正说明（留痕） Why a report was supplemented; the read is logged",
)  # fmt: skip
async def writings_of_visit(call: Call[None]) -> dict[str, Any] | None:
    """For whoever verifies the visit, and the provider that supplemented its report."""
    return await _written(call, "visits", "visit_id", OF_A_VISIT)
