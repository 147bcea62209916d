"""Routes that look at tickets: lists, one, its texts, how quick answers were, and the page of who holds the slip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Routes
from chassis.http.writings import Names, written
from chassis.kernel import Rejected, Sealed
from services.orders.api.complaints.receiving import slip_key
from services.orders.api.complaints.shapes import COLUMNS, TicketRow, ticket
from services.orders.api.shapes import CONTACT, Line
from services.orders.domain import complaint
from services.orders.domain.complaint import slip

routes = Routes(tag="complaints")
TEXTS: Names = {
    complaint.Received: ("text", "text"),
    complaint.Urged: ("text", "text"),
    complaint.Summarised: ("summary", "summary"),
    complaint.Stated: ("statement", "statement"),
    complaint.Answered: ("text", "answer"),
    complaint.Reopened: ("reason", "reason"),
}


class OneTicket(TicketRow):
    """A ticket with its version, for ``If-Match``."""

    version: int


class Text(Body):
    """What was written with one event, and when."""

    event: str
    at: datetime
    text: Annotated[str | None, CONTACT]


class Texts(Body):
    """Who complains, where that was said, and everything that was written, the oldest first."""

    name: Annotated[str | None, CONTACT] = None
    phone: Annotated[str | None, CONTACT] = None
    items: list[Text]


class AboutUs(Body):
    """A ticket as who is complained of sees it: that there is one, and until when a statement counts."""

    id: UUID
    kind: str
    order_id: UUID | None
    state: str
    stated: bool
    complained_of: UUID
    received_at: datetime


class LookUp(Body):
    """Number and secret of the slip."""

    county: Annotated[str, Field(pattern=r"^[0-9]{6}$")]
    number: Annotated[str, Field(pattern=r"^20[0-9]{2}-[0-9]{5,7}$")]
    secret: Annotated[str, Field(pattern=r"^[A-Za-z2-7 -]{16,24}$")]


class Progress(Body):
    """How far it is; ``answer`` where there is one."""

    number: str
    kind: str
    state: str
    answered_at: datetime | None
    answer: str | None = None


class Reply(Body):
    """Tickets of a month from one channel: hours from receiving to answer, the middle and the slowest."""

    channel: str
    office: str
    tickets: int
    answered: int
    late: int
    reopened: int
    satisfied: int
    unsatisfied: int
    middle_hours: int | None
    slowest_hours: int | None


class Replies(Body):
    """By channel and office that answers."""

    items: list[Reply]


async def _not_about_oneself(call: Call[None], rows: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    return [
        {name: value for name, value in row.items() if name != "subject"}
        for row in rows
        if not row["subject"] or row["subject"] != call.caller.subject
    ]


routes.page(
    "/v1/complaints", row=TicketRow, township="township",
    filters={
        "kind": str, "channel": str, "state": str, "whom": str, "office": str, "overdue": bool, "reference": str,
        "month": str,
    },
    sql=f"select {COLUMNS}, month from complaints where county = $1",
    order=("received_at", "id"), newest_first=True, filled=_not_about_oneself, summary="投诉咨询求助工单 Tickets",
)  # fmt: skip

routes.page(
    "/v1/complaints/about-us", row=AboutUs, owner="complained_of", filters={"complained_of": UUID, "state": str},
    sql="select id, kind, order_id, state, stated, owner as complained_of, received_at, month"
        " from complaints where county = $1 and heard",
    order=("received_at", "id"), newest_first=True, name="list_complaints_about_us",
    summary="涉及本机构的事项 What concerns us",
)  # fmt: skip


@routes.get("/v1/complaints/{complaint_id}", answer=OneTicket, summary="工单 A ticket", stream="complaint_id")
async def one_complaint(call: Call[None]) -> dict[str, Any] | None:
    """Without a word of what was said."""
    row = await ticket(call)
    return row and {**{name: value for name, value in row.items() if name != "subject"}, "version": call.version}


@routes.get(
    "/v1/complaints/{complaint_id}/writings", answer=Texts, filters={"purpose": Line}, required=("purpose",),
    scope="personal.read", refusals=("person.erased",),
    summary="投诉人和原文（留痕） Who complains and what was written; the read is logged",
)  # fmt: skip
async def writings_of_complaint(call: Call[None]) -> dict[str, Any] | None:
    """For who handles it, never for whom it is about."""
    row = await ticket(call, f"{COLUMNS}, contact_boxes->>'name' as name_box, contact_boxes->>'phone' as phone_box")
    if row is None:
        return None
    stream = row["id"]
    boxes = {name: Sealed(box=row[f"{name}_box"]) for name in ("name", "phone") if row[f"{name}_box"]}
    who = await call.vault.open(stream, boxes, purpose=call.query["purpose"]) if boxes else {}
    return {**who, "items": await written(call, stream, stream, TEXTS)}


@routes.post(
    "/v1/complaint-progress", body=LookUp, answer=Progress, status=200, public=True, keyless=True,
    refusals=("complaint.slip_wrong",), summary="凭编号和查询码查进度 How far a ticket is, for who holds its slip",
)  # fmt: skip
async def complaint_progress(call: Call[LookUp]) -> Progress:
    """A wrong secret and an unknown number are answered alike, and guessing is limited."""
    body, year, number = call.body, *map(int, call.body.number.split("-"))
    async with call.running.database.at(body.county) as connection:
        row = await connection.fetchrow(
            "select id, kind, state, answered_at, answer_box from complaints"
            " where county = $1 and year = $2 and number = $3",
            body.county, year, number,
        )  # fmt: skip
    fits = slip.fits(slip_key(call), body.county, row["id"] if row else UUID(int=0), body.secret)
    if row is None or not fits:
        raise Rejected("complaint.slip_wrong")
    answer = None
    if row["answer_box"] is not None and call.running.vault is not None:
        vault = call.running.vault.at(body.county, by="slip", role="complainant", at=call.at)
        opened = await vault.open(row["id"], {"answer": Sealed(box=row["answer_box"])}, purpose="查询本人工单")
        answer = opened["answer"]
    return Progress(
        number=body.number, kind=row["kind"], state=row["state"], answered_at=row["answered_at"], answer=answer
    )


@routes.get(
    "/v1/complaint-replies", answer=Replies, filters={"month": str}, required=("month",),
    summary="答复时效 How quickly tickets are answered",
)  # fmt: skip
async def complaint_replies(call: Call[None]) -> dict[str, Any]:
    """Of the tickets received in the month; nobody can be told by them."""
    call.permit()
    rows = await call.fetch(REPLIES, call.county, call.query["month"])
    return {"items": rows}


HOURS = "extract(epoch from answered_at - received_at) / 3600"
REPLIES = (
    "select channel, office, count(*)::int as tickets, count(answered_at)::int as answered,"
    " (count(*) filter (where overdue))::int as late, sum(reopened)::int as reopened,"
    " (count(*) filter (where satisfied))::int as satisfied,"
    " (count(*) filter (where not satisfied))::int as unsatisfied,"
    f" floor(percentile_cont(0.5) within group (order by {HOURS}))::int as middle_hours,"
    f" floor(max({HOURS}))::int as slowest_hours"
    " from complaints where county = $1 and month = $2 group by channel, office order by channel, office"
)
