"""Routes that take, number and hand on a ticket, and its slip."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from pydantic import model_validator

from chassis import keys
from chassis.http import Body, Call, Routes
from chassis.service import Ask, Step
from services.orders.api.complaints.shapes import (
    BY_NUMBER,
    ReceiveComplaint,
    TicketState,
    ask,
    must_be_there,
    state_of,
    taken,
)
from services.orders.api.shapes import Code, Township
from services.orders.domain import complaint
from services.orders.domain.complaint import slip

routes = Routes(tag="complaints")
SLIP_KEY = "complaint slip"


class HandOn(Body):
    """Who answers it: the bureau, a township, or another department by its code."""

    office: Literal["bureau", "township", "department"]
    township: Township | None = None
    department: Code | None = None

    @model_validator(mode="after")
    def _named(self) -> HandOn:
        if (self.township is not None) != (self.office == "township"):
            raise ValueError("a township names which")
        if (self.department is not None) != (self.office == "department"):
            raise ValueError("a department names which")
        return self


class Slip(Body):
    """What whoever complains takes home: with both one sees at any time how far it is."""

    id: UUID
    number: str | None
    secret: str


@routes.post(
    "/v1/complaints", body=ReceiveComplaint, answer=TicketState, status=201,
    summary="受理投诉咨询求助 Take a complaint, question or call for help",
    refusals=("complaint.order_unknown", "complaint.over", "policy.none"),
)  # fmt: skip
async def receive_complaint(call: Call[ReceiveComplaint]) -> Ask:
    """Anonymous is allowed; the same number of another line is the same ticket (paper 004, part 2 (2) item 5)."""
    body, about = call.body, call.body.about
    call.permit(township=body.township or "")
    stream = call.new_id("complaint")
    if body.reference is not None and body.channel in BY_NUMBER:
        stream = complaint.stream_of(call.county, body.channel, body.reference)
    if about.order_id is not None:
        await must_be_there(call, about.order_id, about.visit_id)
    texts = {"text": body.text}
    if body.name is not None and body.phone is not None:
        texts |= {"name": body.name, "phone": body.phone}
    boxes = await call.vault.seal(stream, texts)
    named = complaint.Complainant(name=boxes["name"], phone=boxes["phone"]) if "name" in boxes else None
    command = complaint.Receive(
        channel=body.channel,
        kind=body.kind,
        reference=body.reference or "",
        about=complaint.About(
            whom=about.whom,
            owner=about.owner,
            subject=about.subject or "",
            township=about.township or "",
            order_id=about.order_id,
            visit_id=about.visit_id,
        ),
        township=body.township or "",
        complainant=named,
        text=boxes["text"],
        by=call.caller.subject,
        at=call.at,
    )
    return call.ask(Step(decider=complaint.decider, stream=stream, command=command), answer=state_of)


@routes.post(
    "/v1/complaints/{complaint_id}/registration", answer=TicketState, summary="登记编号 Give it a number",
    refusals=("complaint.unknown", "complaint.over", "complaint.about_you", "policy.none"),
)  # fmt: skip
async def register_complaint(call: Call[None]) -> Ask:
    """Numbers follow one another without a gap in each year."""
    return ask(call, complaint.Register(by=call.caller.subject, at=call.at))


@routes.post(
    "/v1/complaints/{complaint_id}/transfer", body=HandOn, answer=TicketState, summary="转办 Hand it on",
    refusals=(
        "complaint.unknown", "complaint.over", "complaint.about_you", "complaint.about_that_office",
        "complaint.not_registered", "complaint.answered_already", "policy.none",
    ),
)  # fmt: skip
async def transfer_complaint(call: Call[HandOn]) -> Ask:
    """Never to the office it is about."""
    body = call.body
    command = complaint.Transfer(
        office=body.office,
        township=body.township or "",
        department=body.department or "",
        by=call.caller.subject,
        at=call.at,
    )
    return ask(call, command)


@routes.get(
    "/v1/complaints/{complaint_id}/slip", answer=Slip, summary="查询凭条 The slip for whoever complains",
)  # fmt: skip
async def complaint_slip(call: Call[None]) -> dict[str, Any] | None:
    """To be handed to whoever complains, and to nobody else."""
    row = await taken(call)
    if row is None:
        return None
    secret = slip.secret_of(slip_key(call), call.county, row["id"])
    return {"id": row["id"], "number": row["number"], "secret": secret}


def slip_key(call: Call[Any]) -> bytes:
    """The deployment's key that secrets of slips come from."""
    return keys.derived(call.running.settings, SLIP_KEY)
