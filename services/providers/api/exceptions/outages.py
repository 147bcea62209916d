"""Routes of outages: recorded by the bureau, so that nobody answers for what the platform did."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal
from uuid import UUID

from chassis.http import Body, Call, Instant, Routes
from chassis.service import Ask, Outcome, Step
from services.providers.api.shapes import Code
from services.providers.domain import outage

routes = Routes(tag="exceptions")


class RecordOutage(Body):
    """From when to when what did not work: taking reports (``reporting``), one-time codes (``codes``), or ``all``."""

    down: Literal["reporting", "codes", "all"]
    from_at: Instant
    to_at: Instant
    reason_code: Code


class OutageAnswer(Body):
    """The outage in the log."""

    id: UUID


class OutageRow(Body):
    """An outage; ``done``: every visit around it has been looked at."""

    id: UUID
    down: str
    from_at: datetime
    to_at: datetime
    reason_code: str
    recorded_by: str
    recorded_at: datetime
    done: bool


@routes.post(
    "/v1/outages", body=RecordOutage, answer=OutageAnswer, status=201, summary="登记平台停机 Record an outage",
    refusals=("outage.ends_before_it_begins", "outage.in_the_future", "outage.longer_than_a_week"),
)  # fmt: skip
async def record_outage(call: Call[RecordOutage]) -> Ask:
    """Reports that were late and codes that were missing because of it become grey, those that stand already too."""
    call.permit()
    body = call.body
    command = outage.Record(
        down=body.down,
        from_at=body.from_at.astimezone(UTC),
        to_at=body.to_at.astimezone(UTC),
        reason_code=body.reason_code,
        by=call.caller.subject,
        at=call.at,
    )
    return call.ask(Step(decider=outage.decider, stream=call.new_id("outage"), command=command), answer=_answer)


def _answer(outcomes: tuple[Outcome, ...]) -> OutageAnswer:
    return OutageAnswer(id=outcomes[0].stream)


routes.page(
    "/v1/outages", row=OutageRow, filters={"down": str},
    sql="select id, down, from_at, to_at, reason_code, recorded_by, recorded_at, done from outages where county = $1",
    order=("from_at", "id"), newest_first=True, summary="平台停机 Outages",
)  # fmt: skip
