"""The route by which a judgement on a completion is taken back."""

from __future__ import annotations

from typing import Literal

from chassis.http import Body, Call, Id, Routes, Thing
from chassis.kernel import Rejected
from chassis.service import Ask, Step
from services.orders.api.orders import OrderState, state_of
from services.orders.api.shapes import Code, Writing
from services.orders.domain import order

routes = Routes(tag="verification")
CauseName = Literal["violation", "mistake", "objective"]


class UndoVerification(Body):
    """Which completion, why by code and by cause class, and what was found, which is sealed.

    Without ``cause`` the class that the policy gives the reason.
    """

    visit_id: Id
    cause: CauseName | None = None
    reason_code: Code
    text: Writing | None = None


@routes.post(
    "/v1/orders/{order_id}/verification-undo", body=UndoVerification, answer=OrderState,
    summary="撤回验收结论 Take a judgement back",
    refusals=(
        "order.unknown", "order.nothing_to_undo", "order.not_yours_to_verify", "order.undone_by_who_judged",
        "order.verifier_reported_it", "order.verifier_handled_the_need", "order.reason_unknown",
        "order.cause_missing", "order.undone_too_soon", "policy.none",
    ),
    guarded="order_id",
)  # fmt: skip
async def undo_verification(call: Call[UndoVerification]) -> Ask:
    """By another officer than who judged; it waits again and is judged anew by a person (paper 000: every error is
    corrected). What its acceptance told settlement is void: after the month's close that is a correction (S11)."""
    body, stream = call.body, call.path_id("order_id")
    row = await call.fetchrow("select person from orders where county = $1 and id = $2", call.county, stream)
    if row is None:
        raise Rejected("order.unknown")
    boxes = await call.vault.seal(row["person"], {"undone": body.text}) if body.text else {}
    command = order.Undo(
        visit_id=body.visit_id,
        cause=body.cause,
        reason_code=body.reason_code,
        by=call.caller.subject,
        role=call.caller.role,
        at=call.at,
        text=boxes.get("undone"),
    )
    step = Step(decider=order.decider, stream=stream, command=command, permit=call.judged(_facts))
    return call.ask(step, answer=state_of)


def _facts(state: order.Order | None) -> Thing | None:
    return Thing(township=state.township, owners=state.servers) if state else None
