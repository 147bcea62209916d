"""How a completion is judged: by a person of the bureau, after inspection, or by itself when nobody objected (S3)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from chassis.kernel import Rejected
from services.orders.domain.days import business_day
from services.orders.domain.order.completion import Visit
from services.orders.domain.order.doubted import OWN, Clear, Cleared, Doubt, Doubted
from services.orders.domain.order.judged import (
    Accepted,
    AcceptUnsampled,
    DrawnForInspection,
    How,
    Inspect,
    Inspected,
    NoteInspection,
    Returned,
    TurnedDown,
    Verify,
)
from services.orders.domain.order.known import Known
from services.orders.domain.order.presence import doubts
from services.orders.domain.order.state import Order
from services.orders.domain.order.words import Event
from services.orders.domain.policy import in_force

VERDICTS = {"accepted": "accepted", "rejected": "turned_down", "returned": "returned"}
"""The verdict that a result of a verification leaves on the completion."""


def doubt(command: Doubt, state: Order) -> list[Event]:
    """A completion that waits and was clean so far waits for a person from now on."""
    visit = state.visit(command.visit_id)
    if visit is None or visit.verdict != "waiting":
        return []
    own = tuple(code for code in visit.exceptions if code in OWN)
    exceptions, colours = (*command.exceptions, *own), (*command.colours, *((code, "red") for code in own))
    if visit.red and (exceptions, colours) == (visit.exceptions, visit.colours):
        return []
    return [Doubted(visit_id=command.visit_id, exceptions=exceptions, at=command.at, colours=colours)]


def clear(command: Clear, state: Order, known: Known) -> list[Event]:
    """What was red is mended: the days until it is accepted by itself begin anew (S3), unless orders have a doubt."""
    visit = state.visit(command.visit_id)
    if visit is None or visit.verdict != "waiting":
        return []
    own = tuple(code for code in visit.exceptions if code in OWN)
    exceptions, colours = (*command.exceptions, *own), (*command.colours, *((code, "red") for code in own))
    lifted = visit.red and not own
    if not lifted and (exceptions, colours) == (visit.exceptions, visit.colours):
        return []
    accepts_at = visit.accepts_at
    if lifted and not visit.undone and state.kind not in {"love", "aid"}:
        accepts_at = command.at + timedelta(days=in_force(known.policies, visit.day).accept_after_days)
    return [
        Cleared(
            visit_id=command.visit_id,
            exceptions=exceptions,
            colours=colours,
            red=bool(own),
            accepts_at=accepts_at,
            at=command.at,
        )
    ]


def inspect(command: Inspect, state: Order) -> list[Event]:
    """A completion of a purchased order can be drawn, once, whether it waits or was judged."""
    visit = state.waiting if command.visit_id is None else state.visit(command.visit_id)
    if visit is None or visit.draw is not None or visit.love or state.kind in {"love", "aid"}:
        return []
    return [DrawnForInspection(visit_id=visit.visit_id, draw=command.draw, at=command.at)]


def note_inspection(command: NoteInspection, state: Order) -> list[Event]:
    """Once: what is judged of it afterwards rests on what was found."""
    visit = state.visit(command.visit_id)
    if visit is None or visit.inspected:
        return []
    return [Inspected(visit_id=visit.visit_id, draw=command.draw, result=command.result, at=command.at)]


def verify(command: Verify, state: Order, known: Known) -> list[Event]:
    """By the body that verifies, once; never by who reported it, nor by who had a hand in a need of the person.

    What was drawn is judged after its inspection only: returning it meanwhile would take it out of the sample.

    Help that nobody is paid for by tariff is looked at by the township too (paper 001, part (4) item 6). What was
    returned and not mended within its days may be rejected. The county's list of reasons holds at the desk; an
    inspection has codes of its own.
    """
    policy = in_force(known.policies, business_day(command.at))
    if command.role not in ({policy.verifies, "township"} if state.kind == "aid" else {policy.verifies}):
        raise Rejected("order.not_yours_to_verify", body=policy.verifies)
    visit = _judged(command.visit_id, state)
    if visit is None:
        raise Rejected("order.nothing_to_verify")
    overdue = visit.mending_late and command.result == "rejected"
    if visit.verdict != "waiting" and not overdue:
        if visit.verdict == VERDICTS[command.result]:
            return []
        raise Rejected("order.already_verified", verdict=visit.verdict)
    if visit.draw is not None and not visit.inspected:
        raise Rejected("order.drawn_for_inspection")
    if command.by == visit.reported_by:
        raise Rejected("order.verifier_reported_it")
    if command.by in known.hands:
        raise Rejected("order.verifier_handled_the_need")
    at, by, visit_id, reason_code = command.at, command.by, visit.visit_id, command.note_code
    match command.result:
        case "accepted":
            how: How = "person" if visit.draw is None else "inspected"
            return [Accepted(visit_id=visit_id, how=how, by=by, at=at)]
        case "rejected":
            if not policy.desk.knows(_reason(reason_code)) and visit.draw is None:
                raise Rejected("order.reason_unknown")
            return [TurnedDown(visit_id=visit_id, reason_code=reason_code, by=by, at=at)]
        case "returned":
            days = policy.desk.mend_within_days
            mend_by = policy.desk.until(business_day(at), days) if days else None
            return [Returned(visit_id=visit_id, reason_code=_reason(reason_code), by=by, at=at, mend_by=mend_by)]


def unsampled(command: AcceptUnsampled, state: Order, known: Known) -> list[Event]:
    """Nobody objected in time: accepted, unless it was drawn, or is one that never is (love order, red exception).

    A death or a stay in hospital that was recorded since it was told makes it a case for a person.
    """
    visit = state.waiting
    if visit is None or visit.draw is not None or visit.accepts_at is None or command.at < visit.accepts_at:
        return []
    policy = in_force(known.policies, visit.day)
    if codes := doubts(visit.day, state.item, known.whereabouts, policy):
        colours = (*visit.colours, *((code, "red") for code in codes))
        exceptions = (*visit.exceptions, *codes)
        return [Doubted(visit_id=visit.visit_id, exceptions=exceptions, at=command.at, colours=colours)]
    return [Accepted(visit_id=visit.visit_id, how="unsampled", by="", at=command.at)]


def _judged(visit_id: UUID | None, state: Order) -> Visit | None:
    """The completion that is meant: the one named, else the one that waits, else the last."""
    if visit_id is not None:
        return state.visit(visit_id)
    return state.waiting or (state.visits[-1] if state.visits else None)


def _reason(code: str) -> str:
    if not code:
        raise Rejected("order.verification_needs_a_reason")
    return code
