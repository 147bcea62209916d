"""Routes by which a statement goes from final to paid: the payee answers, two officers sign, finance pays."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Routes, Thing
from chassis.service import Ask, Outcome, Step
from services.settlement.api.shapes import Code, whose
from services.settlement.domain import statement

routes = Routes(tag="statements")
BODIES = {"bureau": "county", "finance": "finance", "township": "township"}
"""For which body an officer of a role signs."""


class DisputeLine(Body):
    """Which line, counted from 1, and why."""

    line: Annotated[int, Field(ge=1, le=1_000_000)]
    reason_code: Code


class PayStatement(Body):
    """The payment's number in the payment system."""

    reference: Annotated[str, Field(pattern=r"^[!-~]{1,64}$")]


class Progress(Body):
    """Where the statement stands, and which bodies may still sign."""

    id: UUID
    status: str
    may_sign: list[str]


def _progress(outcomes: tuple[Outcome, ...]) -> dict[str, Any]:
    state: statement.Statement = outcomes[0].state
    return {"id": outcomes[0].stream, "status": state.status, "may_sign": list(state.may_sign)}


def _ask(call: Call[Any], command: Any) -> Ask:
    stream, permit = call.path_id("statement_id"), call.judged(lambda state: _facts(state, command))
    return call.ask(Step(decider=statement.decider, stream=stream, command=command, permit=permit), answer=_progress)


def _facts(state: statement.Statement, command: Any) -> Thing | None:
    """Whose a final is; who signs it, and has signed it for another body already."""
    if state.final is None:
        return None
    content = state.final.content
    signed = isinstance(command, statement.Approve) and [
        approval.by for approval in state.approvals if approval.body != command.body
    ]
    return whose(content.payee, content.purchaser, signed or ())


@routes.post(
    "/v1/statements/{statement_id}/confirmation", answer=Progress,
    summary="确认结算单 Confirm", refusals=("statement.not_final",),
    guarded="statement_id",
)  # fmt: skip
async def confirm(call: Call[None]) -> Ask:
    """The payee agrees, also after a dispute."""
    return _ask(call, statement.Confirm(by=call.caller.subject, at=call.at))


@routes.post(
    "/v1/statements/{statement_id}/dispute", body=DisputeLine, answer=Progress,
    summary="对一行提出异议 Dispute a line",
    refusals=("statement.not_final", "statement.no_such_line", "statement.confirmed_already",
              "statement.answer_too_late"),
    guarded="statement_id",
)  # fmt: skip
async def dispute(call: Call[DisputeLine]) -> Ask:
    """Stops nothing; upheld, it becomes a ruling."""
    body = call.body
    command = statement.Dispute(line=body.line, reason_code=body.reason_code, by=call.caller.subject, at=call.at)
    return _ask(call, command)


@routes.post(
    "/v1/statements/{statement_id}/approval", answer=Progress, summary="审批结算单 Approve",
    refusals=("statement.not_final", "statement.not_answered", "statement.unfunded", "statement.without_notice",
              "approval.same_person", "approval.no_seat", "approval.seat_taken"),
    guarded="statement_id",
)  # fmt: skip
async def approve(call: Call[None]) -> Ask:
    """Two different people of the bodies the policy names; an officer of a township signs what it buys itself."""
    body = BODIES[call.caller.role]
    return _ask(call, statement.Approve(by=call.caller.subject, body=body, at=call.at))


@routes.post(
    "/v1/statements/{statement_id}/payment", body=PayStatement, answer=Progress,
    summary="登记支付 Record the payment",
    refusals=("statement.not_final", "statement.not_approved", "statement.paid_already", "statement.nothing_to_pay"),
    guarded="statement_id",
)  # fmt: skip
async def pay(call: Call[PayStatement]) -> Ask:
    """Once, under one reference."""
    command = statement.Pay(reference=call.body.reference, by=call.caller.subject, at=call.at)
    return _ask(call, command)
