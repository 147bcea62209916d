"""Routes of reports that came too late: filed by the provider, a visit only when the township answers for it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.http import Body, Call, Routes, Thing
from chassis.kernel import Rejected, Sealed
from chassis.service import Ask, Outcome, Step
from services.providers.api.shapes import acting_provider
from services.providers.api.visit_shapes import to_report
from services.providers.api.visits import REPORTED, Reason, ReportVisit
from services.providers.domain import late_report

routes = Routes(tag="late reports")


class FileLateReport(ReportVisit):
    """The whole report, and why it comes only now; ``reason`` is sealed."""

    reason: Reason


class DecideLateReport(Body):
    """Why the township answers for it, or does not; sealed."""

    reason: Reason


class LateReportAnswer(Body):
    """Where the late report stands; ``visit`` once it became one."""

    id: UUID
    order_id: UUID
    status: str
    visit: UUID | None


class LateReportRow(Body):
    """A report that came too late."""

    id: UUID
    order_id: UUID
    provider: UUID
    worker: UUID
    township: str
    item: str
    units: int
    started_at: datetime
    ended_at: datetime
    filed_at: datetime
    status: str
    visit: UUID | None
    decided_by: str


def _thing(state: late_report.LateReport) -> Thing | None:
    filed = state.filed
    return Thing(township=filed.township, owners=(filed.report.provider,)) if filed else None


def _answer(outcomes: tuple[Outcome, ...]) -> LateReportAnswer:
    state: late_report.LateReport = outcomes[0].state
    assert state.filed is not None
    return LateReportAnswer(
        id=outcomes[0].stream, order_id=state.filed.report.order_id, status=state.status, visit=state.visit
    )


@routes.post(
    "/v1/late-reports", body=FileLateReport, answer=LateReportAnswer, status=201,
    summary="补报上门服务 File a report that comes too late", refusals=("late_report.order_not_taken",),
)  # fmt: skip
async def file_late_report(call: Call[FileLateReport]) -> Ask:
    """A report older than the county's days is not lost: it waits for the township."""
    body, stream, owner = call.body, call.new_id("late_report"), acting_provider(call)
    order = await call.fetchrow(
        "select provider, township, person from searches where county = $1 and id = $2", call.county, body.order_id
    )
    if order is None:
        raise Rejected("not_found")
    call.permit(township=order["township"], owner=order["provider"])
    boxes = await call.vault.seal(order["person"], {"late_report": body.reason})
    report = to_report(
        call, body, order_id=body.order_id, provider=owner, worker=body.worker_id, item=body.item,
        started_at=body.started_at, ended_at=body.ended_at,
    )  # fmt: skip
    command = late_report.File(report=report, reason=boxes["late_report"], at=call.at)
    return call.ask(Step(decider=late_report.decider, stream=stream, command=command), answer=_answer)


@routes.post(
    "/v1/late-reports/{late_report_id}/confirmation", body=DecideLateReport, answer=LateReportAnswer,
    guarded="late_report_id", summary="确认补报 Answer for a late report",
    refusals=(*REPORTED, "late_report.unknown", "late_report.reporter_decides", "late_report.decided_already"),
)  # fmt: skip
async def confirm_late_report(call: Call[DecideLateReport]) -> Ask:
    """The township looked into it: it becomes a visit, which says who answered for it."""
    row, reason = await _sealed(call)
    command = late_report.Confirm(
        visit=call.new_id("visit"),
        order_id=row["order_id"],
        worker=row["worker"],
        photos=tuple(json.loads(row["photos"])),
        reason=reason,
        by=call.caller.subject,
        at=call.at,
    )
    return call.ask(_step(call, command), answer=_answer)


@routes.post(
    "/v1/late-reports/{late_report_id}/refusal", body=DecideLateReport, answer=LateReportAnswer,
    guarded="late_report_id", summary="不予确认补报 Refuse a late report",
    refusals=("late_report.unknown", "late_report.reporter_decides", "late_report.decided_already"),
)  # fmt: skip
async def refuse_late_report(call: Call[DecideLateReport]) -> Ask:
    """The township does not answer for it; the report stays readable and becomes no visit."""
    _, reason = await _sealed(call)
    command = late_report.Refuse(reason=reason, by=call.caller.subject, at=call.at)
    return call.ask(_step(call, command), answer=_answer)


def _step(call: Call[Any], command: late_report.Command) -> Step:
    stream = call.path_id("late_report_id")
    return Step(decider=late_report.decider, stream=stream, command=command, permit=call.judged(_thing))


async def _sealed(call: Call[DecideLateReport]) -> tuple[dict[str, Any], Sealed]:
    """The late report, for whoever may decide on it, and the reason sealed with the person's key."""
    row = await call.fetchrow(
        "select l.order_id, l.worker, l.photos, l.township, l.provider, s.person from late_reports l join searches s"
        " on s.county = l.county and s.id = l.order_id where l.county = $1 and l.id = $2",
        call.county,
        call.path_id("late_report_id"),
    )
    if row is None:
        raise Rejected("late_report.unknown")
    call.permit(township=row["township"], owner=row["provider"])
    boxes = await call.vault.seal(row["person"], {"late_report_decision": call.body.reason})
    return row, boxes["late_report_decision"]


COLUMNS = (
    "id, order_id, provider, worker, township, item, units, started_at, ended_at, filed_at, status, visit, decided_by"
)
routes.page(
    "/v1/late-reports", row=LateReportRow, owner="provider", township="township",
    filters={"status": str, "provider": UUID, "township": str, "order_id": UUID},
    sql=f"select {COLUMNS} from late_reports where county = $1", order=("filed_at", "id"),
    summary="补报 Reports that came too late",
)  # fmt: skip


@routes.get(
    "/v1/late-reports/{late_report_id}", answer=LateReportRow, summary="一份补报 A late report",
    stream="late_report_id",
)  # fmt: skip
async def one_late_report(call: Call[None]) -> dict[str, Any] | None:
    """What was told too late, and what became of it."""
    row = await call.fetchrow(
        f"select {COLUMNS} from late_reports where county = $1 and id = $2",
        call.county,
        call.path_id("late_report_id"),
    )
    if row:
        call.permit(township=row["township"], owner=row["provider"])
    return row
