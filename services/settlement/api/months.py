"""Routes of months: asking for the close, what it waits for, what was closed."""

from __future__ import annotations

import json
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime

from chassis.http import Body, Call, Routes, field_class
from chassis.service import Ask, Outcome, Step
from services.settlement.api.shapes import Wait, month_of
from services.settlement.domain import month
from services.settlement.views import known
from services.settlement.views.books import books

routes = Routes(tag="months")
MONTH = "select * from months where county = $1 and month = $2"
CLOSED = ("through", "after", "public_hash", "policy_hashes", "statements", "waiting", "digest", "at")
"""What is told of a close; draws stand with the statements and the funds."""
REFUSALS = (
    "month.malformed", "month.not_over", "month.later_closed", "month.earlier_open", "month.events_parked",
    "settlement.contradiction",
)  # fmt: skip


class CloseAnswer(Body):
    """The close is asked for; it happens by itself once ``waits_for`` is empty."""

    month: str
    status: str
    waits_for: list[Wait]


class MonthRow(Body):
    """A month and how far it is."""

    id: UUID
    month: str
    status: str
    requested_at: AwareDatetime | None
    closed_at: AwareDatetime | None
    payable_fen: Annotated[int | None, field_class("money")]


class MonthAnswer(CloseAnswer):
    """``seals`` are positions by source; ``waiting`` counts services done there and not accepted at the seal.

    ``closed`` tells of a close: ``through`` by source, ``policy_hashes`` by version, totals, ``digest``.
    """

    requested_at: AwareDatetime | None
    seals: dict[str, int]
    waiting: dict[str, int]
    closed: dict[str, Any] | None


@routes.post(
    "/v1/months/{month}/close", answer=CloseAnswer, status=202, summary="申请月结 Ask for the close",
    refusals=REFUSALS,
)  # fmt: skip
async def close_month(call: Call[None]) -> Ask:
    """Every service is asked for its seal. Asked again, an unfinished close is tried again."""
    name = month_of(call)
    waits = await missing(call, name, {})

    def answer(outcomes: tuple[Outcome, ...]) -> dict[str, Any]:
        state: month.Month = outcomes[0].state
        left = [one for one in waits if one["what"] != "seal" or one["which"] not in state.seals]
        return {"month": name, "status": state.status, "waits_for": [] if state.closed else left}

    command = month.RequestClose(month=name, at=call.at)
    return call.ask(
        Step(decider=month.decider, stream=month.stream_of(call.county, name), command=command), answer=answer
    )


async def missing(call: Call[None], name: str, seals: dict[str, int]) -> list[dict[str, str]]:
    """Everything that stands between now and the close."""
    about = await known.about_month(call, name, closing=False)
    draft = (await books(call, name)).answer()
    due = month.grades_due(draft, await known.drawn_of(call, name))
    return [
        *({"what": "seal", "which": source} for source in month.SEALING if source not in seals),
        *({"what": "parked", "which": which} for which in about.parked),
        *({"what": "month", "which": which} for which in about.earlier_open),
        *({"what": "grade", "which": f"{one.payee}/{one.township}"} for one in due),
    ]


@routes.get(
    "/v1/months/{month}", answer=MonthAnswer, summary="月结进度 A month and what it waits for",
    refusals=("month.malformed", "settlement.contradiction"),
)  # fmt: skip
async def one_month(call: Call[None]) -> dict[str, Any]:
    """Also for a month that nobody has asked to close yet."""
    name = month_of(call)
    row = await call.fetchrow(MONTH, call.county, name)
    seals: dict[str, int] = json.loads(row["seals"]) if row else {}
    document = json.loads(row["document"]) if row and row["document"] else None
    closed = {part: document[part] for part in CLOSED} if document else None
    return {
        "month": name,
        "status": row["status"] if row else "open",
        "waits_for": [] if closed else await missing(call, name, seals),
        "requested_at": row["requested_at"] if row else None,
        "seals": seals,
        "waiting": json.loads(row["waiting"]) if row else {},
        "closed": closed,
    }


routes.page(
    "/v1/months", row=MonthRow, filters={"status": str}, newest_first=True, order=("month", "id"),
    sql="select id, month, status, requested_at, closed_at, payable_fen from months where county = $1",
    summary="各月 Months",
)  # fmt: skip
