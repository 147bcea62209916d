"""Routes of findings: opened, answered, looked at again; and their results, published without personal data."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal
from uuid import UUID

from chassis.http import Body, Call, Routes, Thing
from chassis.kernel import Rejected, Sealed
from chassis.service import Ask, Outcome, Step
from services.providers.api.grades.shapes import Days, FindingRow, Reference, Written
from services.providers.api.shapes import Code, Month, Township
from services.providers.domain import finding

routes = Routes(tag="findings")
COLUMNS = (
    "id, code, source, provider, township, worker, reference, month, status, due_on, attempt, overdue, consequence,"
    " ended_by_reference, opened_by, opened_at, inspected_by, ended_at"
)


class OpenFinding(Body):
    """Of a provider, or of the township's own duty where none is named; ``text`` is sealed.

    ``days``: to mend it, the county's where none are named; ``reference`` names an order, a ticket, a carer's
    agreement; ``month`` is the assessed month it counts in.
    """

    code: Code
    source: finding.Source
    township: Township
    provider_id: UUID | None = None
    worker_id: UUID | None = None
    reference: Reference = ""
    month: Month | None = None
    days: Days | None = None
    text: Written


class AnswerFinding(Body):
    """What was done about it; sealed."""

    text: Written


class Reinspection(Body):
    """What was seen the second time. Of a failure: what follows, and by which paper or id; ``again`` with ``days``."""

    result: Literal["passed", "failed"]
    consequence: finding.Consequence | None = None
    days: Days | None = None
    reference: Reference = ""
    text: Written


class FindingAnswer(Body):
    """Where the finding stands."""

    id: UUID
    status: str
    due_on: date | None
    attempt: int


class PublishedFinding(Body):
    """What everybody may read of a finding."""

    id: UUID
    code: str
    source: str
    provider: UUID | None
    township: str
    status: str
    opened_on: date
    due_on: date
    overdue: bool


def _thing(state: finding.Finding) -> Thing | None:
    opened = state.opened
    return Thing(township=opened.township, owners=(opened.provider,)) if opened else None


def _answer(outcomes: tuple[Outcome, ...]) -> FindingAnswer:
    state: finding.Finding = outcomes[0].state
    return FindingAnswer(id=outcomes[0].stream, status=state.status, due_on=state.due_on, attempt=state.attempt)


@routes.post(
    "/v1/findings", body=OpenFinding, answer=FindingAnswer, status=201, summary="登记检查发现的问题 Open a finding",
    refusals=("provider.unknown", "finding.worker_elsewhere"),
)  # fmt: skip
async def open_finding(call: Call[OpenFinding]) -> Ask:
    """From a grade, a spot check, a complaint, an unscheduled inspection, an audit: it is mended by a day."""
    body, stream = call.body, call.new_id("finding")
    call.permit(township=body.township, owner=body.provider_id)
    boxes = await call.vault.seal(stream, {"finding": body.text})
    command = finding.Open(
        code=body.code,
        source=body.source,
        provider=body.provider_id,
        township=body.township,
        worker=body.worker_id,
        reference=body.reference,
        month=body.month or "",
        days=body.days,
        text=boxes["finding"],
        by=call.caller.subject,
        at=call.at,
    )
    return call.ask(Step(decider=finding.decider, stream=stream, command=command), answer=_answer)


@routes.post(
    "/v1/findings/{finding_id}/answer", body=AnswerFinding, answer=FindingAnswer, guarded="finding_id",
    summary="报告整改措施 Answer a finding", refusals=("finding.unknown", "finding.ended"),
)  # fmt: skip
async def answer_finding(call: Call[AnswerFinding]) -> Ask:
    """The provider, or the township for its own duty, tells what was done."""
    box = await _sealed(call, "answer", call.body.text)
    return _decided(call, finding.Answer(text=box, by=call.caller.subject, at=call.at))


@routes.post(
    "/v1/findings/{finding_id}/reinspection", body=Reinspection, answer=FindingAnswer, guarded="finding_id",
    summary="复查整改 Look at it again",
    refusals=(
        "finding.unknown", "finding.ended", "finding.opener_reinspects", "finding.not_answered",
        "finding.consequence_missing", "finding.reference_missing",
    ),
)  # fmt: skip
async def reinspect_finding(call: Call[Reinspection]) -> Ask:
    """By nobody who opened or answered it. Closed; or failed: another deadline, or what was done instead."""
    body = call.body
    box = await _sealed(call, "reinspection", body.text)
    command = finding.Reinspect(
        passed=body.result == "passed",
        consequence=body.consequence,
        days=body.days,
        reference=body.reference,
        text=box,
        by=call.caller.subject,
        at=call.at,
    )
    return _decided(call, command)


async def _sealed(call: Call[Any], name: str, text: str) -> Sealed:
    """The text, sealed under the finding's own key, once the caller may act on it."""
    stream = call.path_id("finding_id")
    row = await call.fetchrow(
        "select provider, township from findings where county = $1 and id = $2", call.county, stream
    )
    if row is None:
        raise Rejected("not_found")
    call.permit(township=row["township"], owner=row["provider"])
    return (await call.vault.seal(stream, {name: text}))[name]


def _decided(call: Call[Any], command: Any) -> Ask:
    stream = call.path_id("finding_id")
    step = Step(decider=finding.decider, stream=stream, command=command, permit=call.judged(_thing))
    return call.ask(step, answer=_answer)


routes.page(
    "/v1/findings", row=FindingRow, owner="provider", township="township",
    filters={
        "provider": UUID, "township": str, "status": str, "overdue": bool, "code": str, "source": str, "month": Month,
    },
    sql=f"select {COLUMNS} from findings where county = $1", order=("opened_at", "id"),
    sorts={"due": ("due_on", "id")}, newest_first=True, summary="问题与整改 Findings",
)  # fmt: skip


routes.page(
    "/v1/published-findings", row=PublishedFinding, filters={"township": str, "status": str, "code": str},
    sql="select id, code, source, provider, township, status, (opened_at at time zone 'Asia/Shanghai')::date as"
        " opened_on, due_on, overdue from findings where county = $1",
    order=("due_on", "id"), newest_first=True, summary="公开的检查结果 Findings, published",
)  # fmt: skip


@routes.get(
    "/v1/findings/{finding_id}", answer=FindingRow, summary="一个问题 A finding", stream="finding_id",
)  # fmt: skip
async def one_finding(call: Call[None]) -> dict[str, Any] | None:
    """How far its rectification is."""
    row = await call.fetchrow(
        f"select {COLUMNS} from findings where county = $1 and id = $2", call.county, call.path_id("finding_id")
    )
    if row is not None:
        call.permit(township=row["township"], owner=row["provider"])
    return row
