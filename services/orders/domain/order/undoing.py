"""How a judgement is taken back: by a new event, never by overwriting (paper 000: every error is corrected).

    Accepted | TurnedDown ─ Undo ─▶ Undone (waits again, never accepted by itself) ─ Verify ─▶ Accepted | …

What the acceptance told is void from then on: before its month's close it does not count, after it a correction says so
with the cause (S11). Who judged does not take it back: another officer of the body that verifies does.
"""

from __future__ import annotations

from chassis.kernel import Rejected
from services.orders.domain.days import business_day
from services.orders.domain.order.completion import Visit
from services.orders.domain.order.known import Known
from services.orders.domain.order.state import Order
from services.orders.domain.order.undone import Undo, Undone
from services.orders.domain.order.words import Event
from services.orders.domain.policy import in_force


def undo(command: Undo, state: Order, known: Known) -> list[Event]:
    """Once; what was judged anew since is another judgement. Help without a tariff is taken back alike."""
    visit = state.visit(command.visit_id)
    if visit is None:
        raise Rejected("order.nothing_to_undo")
    if visit.verdict == "waiting" and visit.undone:
        return []
    if visit.verdict not in {"accepted", "turned_down"}:
        raise Rejected("order.nothing_to_undo")
    if command.was is not None and visit.verdict != command.was:
        return []
    _check_hands(command, visit, state, known)
    desk = in_force(known.policies, business_day(command.at)).desk
    if command.way == "officer" and not desk.knows(command.reason_code):
        raise Rejected("order.reason_unknown")
    cause = command.cause or desk.reasons.get(command.reason_code)
    if cause is None:
        raise Rejected("order.cause_missing")
    told = known.told.get(visit.visit_id)
    if visit.verdict == "accepted" and told is None:
        raise Rejected("order.undone_too_soon")
    return [
        Undone(
            visit_id=visit.visit_id,
            was="accepted" if visit.verdict == "accepted" else "turned_down",
            cause=cause,
            reason_code=command.reason_code,
            by=command.by,
            at=command.at,
            way=command.way,
            fact=told.fact if told and visit.verdict == "accepted" else "",
            month=told.month if told and visit.verdict == "accepted" else "",
            text=command.text,
        )
    ]


def _check_hands(command: Undo, visit: Visit, state: Order, known: Known) -> None:
    """By the body that verifies; an inspection, an appeal and a complaint have rules of their own about who decides."""
    policy = in_force(known.policies, business_day(command.at))
    allowed = {policy.verifies, "township"} if state.kind == "aid" else {policy.verifies}
    if command.way == "officer" and command.role not in allowed:
        raise Rejected("order.not_yours_to_verify", body=policy.verifies)
    if command.by == visit.judged_by:
        raise Rejected("order.undone_by_who_judged")
    if command.by == visit.reported_by:
        raise Rejected("order.verifier_reported_it")
    if command.by in known.hands:
        raise Rejected("order.verifier_handled_the_need")
