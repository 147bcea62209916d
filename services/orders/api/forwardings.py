"""Routes of needs forwarded to other departments: sent, received, answered, closed, and which are late."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Id, Routes, Thing
from chassis.kernel import Rejected, Sealed
from chassis.service import Ask, Outcome, Step
from services.orders.api.need_asking import Purpose
from services.orders.api.shapes import CONTACT, Code, Writing, covered, one_row
from services.orders.domain import forwarding
from services.orders.domain.forwarding import Outcome as Ending
from services.orders.domain.forwarding import Result

routes = Routes(tag="forwardings")


class SendOn(Body):
    """What is forwarded to whom, of which person; ``note`` is sealed."""

    person_id: Id
    need_id: Id | None = None
    department: Code
    matter_code: Code
    note: Writing | None = None


class NoteReceipt(Body):
    """The department's own number."""

    reference: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,40}$")]


class NoteAnswer(Body):
    """What the department says; ``note`` is sealed."""

    result: Result
    note: Writing | None = None


class CloseForwarding(Body):
    """How it ended for the person."""

    outcome_code: Ending


class ForwardingState(Body):
    """Where it stands now."""

    id: UUID
    state: str


class ForwardingRow(Body):
    """A forwarding; ``overdue`` where the department is late with its receipt or its answer."""

    id: UUID
    person: UUID
    need_id: UUID | None
    department: str
    matter_code: str
    township: str
    village: str
    state: str
    reference: str
    result: str
    outcome_code: str
    sent_at: datetime
    overdue: bool
    overdue_step: str
    overdue_level: str


class ForwardingAnswer(ForwardingRow):
    """A forwarding with its version, for ``If-Match``."""

    version: int


class ForwardingNotes(Body):
    """What was written about the person, by who sent it and by the department."""

    note: Annotated[str | None, CONTACT] = None
    answer: Annotated[str | None, CONTACT] = None


@routes.post(
    "/v1/forwardings", body=SendOn, answer=ForwardingState, status=201,
    summary="转办 Forward to another department",
    refusals=("forwarding.person_unknown", "forwarding.need_unknown", "forwarding.department_unknown", "policy.none"),
)  # fmt: skip
async def send_on(call: Call[SendOn]) -> Ask:
    """What the bureau cannot meet goes to who can, and is followed (paper 001, part 6 (3))."""
    body, stream = call.body, call.new_id("forwarding")
    await covered(call, "beneficiaries", body.person_id)
    if body.need_id is not None:
        sql = "select 1 from needs where county = $1 and id = $2 and person = $3"
        if await call.fetchrow(sql, call.county, body.need_id, body.person_id) is None:
            raise Rejected("forwarding.need_unknown")
    boxes = await call.vault.seal(body.person_id, {"note": body.note}) if body.note else {}
    command = forwarding.Send(
        person=body.person_id,
        need_id=body.need_id,
        department=body.department,
        matter_code=body.matter_code,
        note=boxes.get("note"),
        by=call.caller.subject,
        at=call.at,
    )
    return call.ask(Step(decider=forwarding.decider, stream=stream, command=command), answer=_state)


@routes.post(
    "/v1/forwardings/{forwarding_id}/receipt", body=NoteReceipt, answer=ForwardingState,
    summary="对方签收 The department has it", refusals=("forwarding.unknown", "forwarding.closed"),
)  # fmt: skip
async def receive_forwarding(call: Call[NoteReceipt]) -> Ask:
    """From now on the department's answer is timed."""
    return _ask(call, forwarding.Receive(reference=call.body.reference, by=call.caller.subject, at=call.at))


@routes.post(
    "/v1/forwardings/{forwarding_id}/answer", body=NoteAnswer, answer=ForwardingState,
    summary="对方答复 The department's answer",
    refusals=("forwarding.unknown", "forwarding.closed", "forwarding.not_received"),
)  # fmt: skip
async def answer_forwarding(call: Call[NoteAnswer]) -> Ask:
    """Taken on, declined, or helped already."""
    body, person = call.body, await _person(call)
    boxes = await call.vault.seal(person, {"answer": body.note}) if body.note and person else {}
    command = forwarding.Answer(result=body.result, note=boxes.get("answer"), by=call.caller.subject, at=call.at)
    return _ask(call, command)


@routes.post(
    "/v1/forwardings/{forwarding_id}/closure", body=CloseForwarding, answer=ForwardingState,
    summary="办结 Close", refusals=("forwarding.unknown", "forwarding.closed", "forwarding.not_answered"),
    guarded="forwarding_id",
)  # fmt: skip
async def close_forwarding(call: Call[CloseForwarding]) -> Ask:
    """Closed with an answer, or taken back without one."""
    return _ask(call, forwarding.Close(outcome_code=call.body.outcome_code, by=call.caller.subject, at=call.at))


routes.page(
    "/v1/forwardings", row=ForwardingRow, township="township",
    filters={
        "person": UUID, "need_id": UUID, "department": str, "state": str, "overdue": bool, "township": str,
    },
    sql="select id, person, need_id, department, matter_code, township, village, state, reference, result,"
        " outcome_code, sent_at, overdue, overdue_step, overdue_level from forwardings where county = $1",
    order=("sent_at", "id"), newest_first=True, summary="转办事项 Forwardings",
)  # fmt: skip


@routes.get("/v1/forwardings/{forwarding_id}", answer=ForwardingAnswer, summary="转办事项 A forwarding",
            stream="forwarding_id")  # fmt: skip
async def one_forwarding(call: Call[None]) -> dict[str, Any] | None:
    """Without what is sealed."""
    return await one_row(call, "select * from forwardings where county = $1 and id = $2", call.path_id("forwarding_id"))


@routes.get(
    "/v1/forwardings/{forwarding_id}/notes", answer=ForwardingNotes, filters=Purpose, required=("purpose",),
    scope="personal.read", refusals=("person.erased",),
    summary="转办说明（留痕） What was written; the read is logged",
)  # fmt: skip
async def forwarding_notes(call: Call[None]) -> dict[str, Any] | None:
    """What was written about the person, for a purpose that is logged."""
    row = await call.fetchrow(
        "select person, township, note_box, answer_box from forwardings where county = $1 and id = $2",
        call.county,
        call.path_id("forwarding_id"),
    )
    if row is None:
        return None
    call.permit(township=row["township"])
    boxes = {name: Sealed(box=row[f"{name}_box"]) for name in ("note", "answer") if row[f"{name}_box"]}
    return dict(await call.vault.open(row["person"], boxes, purpose=call.query["purpose"])) if boxes else {}


async def _person(call: Call[Any]) -> UUID | None:
    row = await call.fetchrow(
        "select person from forwardings where county = $1 and id = $2", call.county, call.path_id("forwarding_id")
    )
    return row["person"] if row else None


def _ask(call: Call[Any], command: forwarding.Command) -> Ask:
    stream = call.path_id("forwarding_id")
    step = Step(decider=forwarding.decider, stream=stream, command=command, permit=call.judged(_facts))
    return call.ask(step, answer=_state)


def _facts(state: forwarding.Forwarding | None) -> Thing | None:
    return Thing(township=state.sent.township) if state else None


def _state(outcomes: tuple[Outcome, ...]) -> ForwardingState:
    return ForwardingState(id=outcomes[0].stream, state=outcomes[0].state.stage)
