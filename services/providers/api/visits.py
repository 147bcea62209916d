"""Routes of visits: reported by the provider's system, read by whoever verifies."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, Field

from chassis.http import Body, Call, Id, Instant, Routes
from chassis.service import Ask, Outcome, Step
from services.providers.api.shapes import Item, Point, acting_provider, asked_providers
from services.providers.domain import search, visit

routes = Routes(tag="visits")


def _different(photos: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(photos)) != len(photos):
        raise ValueError("a photo is named twice")
    return photos


class ReportVisit(Body):
    """Who served whom with what, where, from when to when; ``photos`` are SHA-256 in hex, instants have a zone."""

    order_id: Id
    worker_id: Id
    item: Item
    units: Annotated[int, Field(ge=1, le=100_000)] = 1
    started_at: Instant
    ended_at: Instant
    place: Point | None = None
    photos: Annotated[
        tuple[Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")], ...],
        Field(max_length=20),
        AfterValidator(_different),
    ] = ()
    code: Annotated[str, Field(pattern=r"^[0-9]{4,8}$")] | None = None


class Noticed(Body):
    """An exception: only red keeps the visit from being accepted by itself."""

    code: str
    colour: str


class VisitAnswer(Body):
    """The visit as it was taken."""

    id: UUID
    order_id: UUID
    minutes: int
    exceptions: list[Noticed]


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


class VisitWhole(VisitRow):
    """A visit with what was noticed about it."""

    exceptions: list[Noticed]


@routes.post(
    "/v1/visits", bulk="/v1/bulk/visits", body=ReportVisit, answer=VisitAnswer, status=201,
    summary="报告上门服务 Report a visit",
    refusals=(
        "visit.order_unknown", "visit.not_your_order", "visit.reported_already", "visit.another_item",
        "visit.more_than_ordered", "visit.ended_before_it_began", "visit.in_the_future", "visit.longer_than_a_day",
        "visit.worker_unknown", "visit.worker_left",
    ),
)  # fmt: skip
async def report_visit(call: Call[ReportVisit]) -> Ask:
    """Report a visit; what looks odd is answered as an exception, not refused."""
    body, stream, owner = call.body, call.new_id("visit"), acting_provider(call)
    noted = search.NoteVisit(visit_id=stream, provider=owner, item=body.item, units=body.units, at=call.at)
    report = visit.Report(
        order_id=body.order_id,
        provider=owner,
        worker=body.worker_id,
        item=body.item,
        units=body.units,
        started_at=body.started_at.astimezone(UTC),
        ended_at=body.ended_at.astimezone(UTC),
        place=body.place.to_domain() if body.place else None,
        photos=body.photos,
        code_given=body.code is not None,
        by=call.caller.subject,
        at=call.at,
    )
    return call.ask(
        Step(decider=search.decider, stream=body.order_id, command=noted, permit=call.judged(asked_providers)),
        Step(decider=visit.decider, stream=stream, command=report),
        answer=_answer,
    )


def _answer(outcomes: tuple[Outcome, ...]) -> VisitAnswer:
    completed: visit.Completed = outcomes[1].state
    return VisitAnswer(
        id=outcomes[1].stream,
        order_id=completed.order_id,
        minutes=completed.minutes,
        exceptions=[Noticed(code=one.code, colour=one.colour) for one in completed.exceptions],
    )


routes.page(
    "/v1/visits", row=VisitRow, owner="provider", township="township",
    filters={"order_id": UUID, "provider": UUID, "worker": UUID, "day": date, "month": str},
    sql="select v.id, v.order_id, v.provider, v.worker, v.item, v.units, v.day, v.month, v.started_at, v.ended_at,"
        " v.minutes, s.township from visits v join searches s on s.county = v.county and s.id = v.order_id"
        " where v.county = $1",
    order=("started_at", "id"), newest_first=True, summary="上门服务记录 Visits",
    sorts={"started_at": ("started_at", "id")},
)  # fmt: skip


@routes.get("/v1/visits/{visit_id}", answer=VisitWhole, summary="上门服务 A visit", stream="visit_id")
async def one_visit(call: Call[None]) -> dict[str, Any] | None:
    """A visit with its exceptions."""
    row = await call.fetchrow(
        "select v.*, s.township from visits v join searches s on s.county = v.county and s.id = v.order_id"
        " where v.county = $1 and v.id = $2",
        call.county,
        call.path_id("visit_id"),
    )
    if row:
        call.permit(township=row["township"], owner=row["provider"])
    return row and {**row, "exceptions": json.loads(row["exceptions"])}
