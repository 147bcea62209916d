"""The route by which the bureau answers an appeal."""

from __future__ import annotations

from typing import Any, Literal

from chassis.http import Body, Call, Routes
from chassis.kernel import Rejected
from chassis.service import Ask
from services.orders.api.desk.appeals import AppealState, state_of, step_of
from services.orders.api.desk.undoing import CauseName
from services.orders.api.shapes import Code, Writing
from services.orders.domain import appeal

routes = Routes(tag="verification")


class AnswerAppeal(Body):
    """Upheld: the rejection is taken back and the completion accepted; ``cause`` classes the mistake. Or dismissed.

    The text is sealed; who appealed may read it.
    """

    result: Literal["upheld", "dismissed"]
    cause: CauseName | None = None
    reason_code: Code
    text: Writing


@routes.post(
    "/v1/appeals/{appeal_id}/answer", body=AnswerAppeal, answer=AppealState, summary="答复申诉 Answer an appeal",
    refusals=(
        "appeal.unknown", "appeal.answered_already", "appeal.answered_by_who_rejected", "order.not_yours_to_verify",
        "order.verifier_handled_the_need", "policy.none",
    ),
    guarded="appeal_id",
)  # fmt: skip
async def answer_appeal(call: Call[AnswerAppeal]) -> Ask:
    """By another officer than who rejected, within the days of the policy; a late answer is still an answer."""
    body = call.body
    person = await _person(call)
    command = appeal.Answer(
        result=body.result,
        cause=body.cause,
        reason_code=body.reason_code,
        text=(await call.vault.seal(person, {"appeal_answer": body.text}))["appeal_answer"],
        by=call.caller.subject,
        role=call.caller.role,
        at=call.at,
    )
    return call.ask(step_of(call, command), answer=state_of)


async def _person(call: Call[Any]) -> Any:
    row = await call.fetchrow(
        "select person from appeals where county = $1 and id = $2", call.county, call.path_id("appeal_id")
    )
    if row is None:
        raise Rejected("appeal.unknown")
    return row["person"]
