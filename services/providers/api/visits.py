"""Routes of visits: reported by the provider's system, mended when sent back, read by whoever verifies."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from chassis.http import PLAIN, Body, Call, Id, Instant, Routes
from chassis.kernel import Rejected
from chassis.service import Ask, Step
from services.providers.api.shapes import Item, acting_provider, asked_providers
from services.providers.api.visit_shapes import (
    Evidence,
    Noticed,
    RegisterLine,
    TellVisit,
    VisitAnswer,
    answer_visit,
    to_report,
)
from services.providers.domain import search, visit

routes = Routes(tag="visits")
REPORTED = (
    "visit.order_unknown", "visit.not_your_order", "visit.reported_already", "visit.another_item",
    "visit.more_than_ordered", "visit.ended_before_it_began", "visit.in_the_future", "visit.longer_than_a_day",
    "visit.worker_unknown", "visit.worker_left", "visit.phone_not_allowed", "visit.photo_unknown",
)  # fmt: skip
Reason = Annotated[str, Field(pattern=rf"^{PLAIN}{{1,500}}$")]


class ReportVisit(TellVisit):
    """Who served whom with what, where, from when to when; ``photos`` are SHA-256 in hex, instants have a zone."""

    order_id: Id
    worker_id: Id
    item: Item
    started_at: Instant
    ended_at: Instant


class SupplementVisit(Body):
    """What is added, why, and whose cause it was: circumstances, an error, or somebody's fault. Times only of a visit
    that was sent back. ``reason`` is sealed.
    """

    cause: Literal["objective", "mistake", "violation"]
    reason: Reason
    evidence: Evidence = ()
    started_at: Instant | None = None
    ended_at: Instant | None = None
    register_line: RegisterLine | None = None


class VisitRow(Body):
    """A visit in a list."""

    id: UUID
    order_id: UUID
    provider: UUID
    worker: UUID
    item: str
    units: int
    day: date
    started_at: datetime
    ended_at: datetime
    minutes: int


class Fact(Body):
    """One of the six facts, where it comes from, and whether it is there."""

    fact: Literal["who", "whom", "what", "where", "from", "to"]
    value: str
    source: str
    complete: bool


class PhotoRow(Body):
    """A picture that proves the visit."""

    sha256: str
    kind: str
    taken_at: datetime | None = None


class GoodRow(Body):
    """What was handed over."""

    code: str
    count: int


class SupplementRow(Body):
    """What was mended when, by whom, and the values from before."""

    at: datetime
    by: str
    cause: str
    photos: list[str]
    started_at_before: datetime
    ended_at_before: datetime
    register_line_before: str


class VisitWhole(VisitRow):
    """A visit with its six facts, its proof, what was noticed about it and what was mended.

    ``code`` is what became of the one-time code; ``skew_seconds`` how far the device's clock was behind; ``device`` and
    ``sequence`` the packet it came in.
    """

    exceptions: list[Noticed]
    facts: list[Fact]
    photos: list[str]
    evidence: list[PhotoRow]
    goods: list[GoodRow]
    code: str
    source: str
    register_line: str
    reported_at: datetime | None
    reported_after_minutes: int
    skew_seconds: int
    confirmed_by: str
    mode: str
    signed_by: str
    device: UUID | None
    sequence: int | None
    returned: bool
    supplements: list[SupplementRow]


@routes.post(
    "/v1/visits", bulk="/v1/bulk/visits", body=ReportVisit, answer=VisitAnswer, status=201,
    summary="报告上门服务 Report a visit", refusals=(*REPORTED, "visit.too_old"),
)  # fmt: skip
async def report_visit(call: Call[ReportVisit]) -> Ask:
    """Report a whole visit, also late or from where there was no signal; what looks odd is answered as an exception,
    not refused.
    """
    body, stream, owner = call.body, call.new_id("visit"), acting_provider(call)
    noted = search.NoteVisit(visit_id=stream, provider=owner, item=body.item, units=body.units, at=call.at)
    report = to_report(
        call, body, order_id=body.order_id, provider=owner, worker=body.worker_id, item=body.item,
        started_at=body.started_at, ended_at=body.ended_at,
    )  # fmt: skip
    return call.ask(
        Step(decider=search.decider, stream=body.order_id, command=noted, permit=call.judged(asked_providers)),
        Step(decider=visit.decider, stream=stream, command=report),
        answer=answer_visit,
    )


@routes.post(
    "/v1/visits/{visit_id}/supplements", body=SupplementVisit, answer=VisitAnswer, guarded="visit_id",
    summary="补充服务记录 Supplement a visit",
    refusals=(
        "visit.unknown", "visit.order_unknown", "visit.not_your_order", "visit.reported_already", "visit.another_item",
        "visit.more_than_ordered", "visit.nothing_supplemented", "visit.times_stand", "visit.ended_before_it_began",
        "visit.in_the_future", "visit.longer_than_a_day", "visit.photo_unknown",
    ),
)  # fmt: skip
async def supplement_visit(call: Call[SupplementVisit]) -> Ask:
    """Add proof; mend the times of a visit that was sent back, which then stands again. The old values stay."""
    body, stream = call.body, call.path_id("visit_id")
    row = await _visit_of_order(call, stream)
    call.permit(township=row["township"], owner=row["provider"])
    owner = acting_provider(call)
    boxes = await call.vault.seal(row["person"], {"visit_supplement": body.reason})
    mended = body.started_at is not None or body.ended_at is not None
    noted = search.NoteVisit(visit_id=stream, provider=owner, item=row["item"], units=row["units"], at=call.at)
    command = visit.Supplement(
        order_id=row["order_id"],
        provider=owner,
        worker=row["worker"],
        cause=body.cause,
        reason=boxes["visit_supplement"],
        evidence=tuple(photo.to_domain() for photo in body.evidence),
        started_at=(body.started_at or row["started_at"]).astimezone(UTC) if mended else None,
        ended_at=(body.ended_at or row["ended_at"]).astimezone(UTC) if mended else None,
        register_line=body.register_line or "",
        by=call.caller.subject,
        at=call.at,
    )
    return call.ask(
        Step(decider=search.decider, stream=row["order_id"], command=noted),
        Step(decider=visit.decider, stream=stream, command=command),
        answer=answer_visit,
    )


async def _visit_of_order(call: Call[Any], stream: UUID) -> dict[str, Any]:
    row = await call.fetchrow(
        "select v.order_id, v.provider, v.worker, v.item, v.units, v.started_at, v.ended_at, s.township, s.person"
        " from visits v join searches s on s.county = v.county and s.id = v.order_id where v.county = $1 and v.id = $2",
        call.county,
        stream,
    )
    if row is None:
        # To a provider nobody's visit looks like another's.
        raise Rejected("not_found" if call.running.authority.hides(call.caller.role) else "visit.unknown")
    return row


routes.page(
    "/v1/visits", row=VisitRow, owner="provider", township="township",
    filters={"order_id": UUID, "provider": UUID, "worker": UUID, "day": date, "month": str},
    sql="select v.id, v.order_id, v.provider, v.worker, v.item, v.units, v.day, v.month, v.started_at, v.ended_at,"
        " v.minutes, s.township from visits v join searches s on s.county = v.county and s.id = v.order_id"
        " where v.county = $1",
    order=("started_at", "id"), newest_first=True, summary="上门服务记录 Visits",
    sorts={"started_at": ("started_at", "id")},
)  # fmt: skip

LISTS = ("exceptions", "facts", "photos", "evidence", "goods", "supplements")


@routes.get("/v1/visits/{visit_id}", answer=VisitWhole, summary="上门服务 A visit", stream="visit_id")
async def one_visit(call: Call[None]) -> dict[str, Any] | None:
    """A visit with its six facts, its proof and its exceptions."""
    row = await call.fetchrow(
        "select v.*, s.township from visits v join searches s on s.county = v.county and s.id = v.order_id"
        " where v.county = $1 and v.id = $2",
        call.county,
        call.path_id("visit_id"),
    )
    if row:
        call.permit(township=row["township"], owner=row["provider"])
    return row and {**row, **{name: json.loads(row[name]) for name in LISTS}}
