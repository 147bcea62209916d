"""Routes of who handles a ticket: hear who is complained of, inspect, answer, close, open again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from chassis.http import Body, Call, Id, Routes, Thing
from chassis.kernel import Rejected, Sealed
from chassis.service import Ask, Step
from services.orders.api.complaints.shapes import TicketState, ask, handled_by, must_be_there, sealed, state_of
from services.orders.api.shapes import Line, Writing
from services.orders.domain import complaint
from services.orders.domain.complaint import Outcome
from services.orders.domain.spot_check import inspection

routes = Routes(tag="complaints")
GENERAL = ("complaint.unknown", "complaint.over", "complaint.about_you")


class InspectForIt(Body):
    """The visit that an inspector is to look into."""

    order_id: Id
    visit_id: Id


class Written(Body):
    """A text, which is sealed."""

    text: Writing


class AnswerComplaint(Body):
    """What came of it, and what is answered, which is sealed."""

    outcome: Outcome
    text: Writing


class CloseComplaint(Body):
    """Whether who complained is satisfied; absent where nobody could be asked."""

    satisfied: bool | None = None


class LinkNeed(Body):
    """The need that the call for help became."""

    need_id: Id


class PutToThem(Body):
    """What is put to who is complained of."""

    text: str


@routes.post(
    "/v1/complaints/{complaint_id}/summary", body=Written, answer=TicketState,
    summary="转述给被投诉方 Put it to who is complained of", refusals=GENERAL,
)  # fmt: skip
async def summarise_complaint(call: Call[Written]) -> Ask:
    """In neutral words: the handler sees to it that they do not betray who complains."""
    box = await sealed(call, call.path_id("complaint_id"), "summary", call.body.text)
    return ask(call, complaint.Summarise(summary=box, by=call.caller.subject, at=call.at))


@routes.get(
    "/v1/complaints/{complaint_id}/summary", answer=PutToThem, filters={"purpose": Line}, required=("purpose",),
    scope="personal.read", refusals=("person.erased",),
    summary="被投诉方查看转述（留痕） What is put to who is complained of; the read is logged",
)  # fmt: skip
async def read_summary(call: Call[None]) -> dict[str, Any] | None:
    """All that who is complained of ever sees of it."""
    stream = call.path_id("complaint_id")
    row = await call.fetchrow(
        "select owner, township, summary_box from complaints where county = $1 and id = $2", call.county, stream
    )
    if row is None or row["summary_box"] is None:
        return None
    call.permit(township=row["township"], owner=row["owner"])
    boxes = {"summary": Sealed(box=row["summary_box"])}
    opened = await call.vault.open(stream, boxes, purpose=call.query["purpose"])
    return {"text": opened["summary"]}


@routes.post(
    "/v1/complaints/{complaint_id}/statement", body=Written, answer=TicketState, status=201,
    summary="被投诉方陈述 What who is complained of says", refusals=(*GENERAL, "complaint.nothing_to_state"),
)  # fmt: skip
async def state_to_complaint(call: Call[Written]) -> Ask:
    """By the provider, charity or claimant it is about, on the summary it was given."""
    stream = call.path_id("complaint_id")
    box = await sealed(call, stream, "statement", call.body.text)
    command = complaint.State(statement=box, by=call.caller.subject, at=call.at)
    step = Step(decider=complaint.decider, stream=stream, command=command, permit=call.judged(_complained_of))
    return call.ask(step, answer=state_of)


@routes.post(
    "/v1/complaints/{complaint_id}/inspection", body=InspectForIt, answer=TicketState,
    summary="因投诉开展检查 Send an inspector", refusals=(
        *GENERAL, "complaint.order_unknown", "complaint.nothing_to_inspect", "inspection.visit_unknown",
    ),
)  # fmt: skip
async def inspect_for_complaint(call: Call[InspectForIt]) -> Ask:
    """Beside the draw and counted apart: what somebody chose is no sample."""
    body = call.body
    await must_be_there(call, body.order_id, body.visit_id)
    stream = call.path_id("complaint_id")
    asked = complaint.Inspect(order_id=body.order_id, visit_id=body.visit_id, by=call.caller.subject, at=call.at)
    looked = inspection.Order(order=body.order_id, reason_code="complaint", at=call.at)
    return call.ask(
        Step(decider=complaint.decider, stream=stream, command=asked, permit=call.judged(handled_by)),
        Step(decider=inspection.decider, stream=body.visit_id, command=looked),
        answer=state_of,
    )


@routes.post(
    "/v1/complaints/{complaint_id}/need", body=LinkNeed, answer=TicketState, summary="求助转为需求 It became a need",
    refusals=(*GENERAL, "complaint.no_help_request", "complaint.need_unknown"),
)  # fmt: skip
async def link_need(call: Call[LinkNeed]) -> Ask:
    """A call for help is met by a need registered for the person."""
    need_id = call.body.need_id
    if await call.fetchrow("select 1 from needs where county = $1 and id = $2", call.county, need_id) is None:
        raise Rejected("complaint.need_unknown")
    return ask(call, complaint.Link(need_id=need_id, by=call.caller.subject, at=call.at))


@routes.post(
    "/v1/complaints/{complaint_id}/answer", body=AnswerComplaint, answer=TicketState, summary="答复 Answer",
    refusals=(*GENERAL, "complaint.not_transferred", "complaint.answered_already", "policy.none"),
)  # fmt: skip
async def answer_complaint(call: Call[AnswerComplaint]) -> Ask:
    """To whoever complains, in writing (Social Assistance Law, art. 68)."""
    box = await sealed(call, call.path_id("complaint_id"), "answer", call.body.text)
    command = complaint.Answer(outcome=call.body.outcome, text=box, by=call.caller.subject, at=call.at)
    return ask(call, command)


@routes.post(
    "/v1/complaints/{complaint_id}/closure", body=CloseComplaint, answer=TicketState, summary="办结 Close",
    refusals=(*GENERAL, "complaint.not_answered"), guarded="complaint_id",
)  # fmt: skip
async def close_complaint(call: Call[CloseComplaint]) -> Ask:
    """After the answer reached who complained."""
    return ask(call, complaint.Close(satisfied=call.body.satisfied, by=call.caller.subject, at=call.at))


@routes.post(
    "/v1/complaints/{complaint_id}/reopening", body=Written, answer=TicketState, summary="重办 Open it again",
    refusals=(
        "complaint.unknown", "complaint.over", "complaint.not_answered", "complaint.reopened_already", "policy.none",
    ),
)  # fmt: skip
async def reopen_complaint(call: Call[Written]) -> Ask:
    """Once, where who complained does not accept the answer."""
    box = await sealed(call, call.path_id("complaint_id"), "reason", call.body.text)
    return ask(call, complaint.Reopen(reason=box, by=call.caller.subject, at=call.at))


@routes.post(
    "/v1/complaints/{complaint_id}/withdrawal", answer=TicketState, summary="撤回 Take it back",
    refusals=("complaint.unknown", "complaint.over"),
)  # fmt: skip
async def withdraw_complaint(call: Call[None]) -> Ask:
    """At the wish of who complained."""
    return ask(call, complaint.Withdraw(by=call.caller.subject, at=call.at))


def _complained_of(state: complaint.Complaint | None) -> Thing | None:
    """The owner it is about; before there is a summary the ticket does not exist for them."""
    if state is None or state.summarised is None:
        return None
    owner: UUID | None = state.received.about.owner
    return Thing(township=state.township, owners=(owner,))
