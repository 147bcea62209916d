"""The verification desk's own clocks on a completion: what was returned is mended within days, or may be rejected."""

from __future__ import annotations

from services.orders.domain.order.attended import AppealNoted, CheckMending, MendingLate, NoteAppeal
from services.orders.domain.order.state import Order
from services.orders.domain.order.words import Event


def check_mending(command: CheckMending, state: Order) -> list[Event]:
    """Each completion that was due by now, once."""
    return [
        MendingLate(visit_id=visit.visit_id, at=command.at)
        for visit in state.visits
        if visit.verdict == "returned"
        and visit.mend_by is not None
        and visit.mend_by <= command.at
        and not visit.mending_late
    ]


def note_appeal(command: NoteAppeal, state: Order) -> list[Event]:
    """One appeal at a time; its end is noted for the appeal that was open."""
    visit = state.visit(command.visit_id)
    if visit is None or (visit.appeal == command.appeal_id) == command.open:
        return []
    return [AppealNoted(visit_id=command.visit_id, appeal_id=command.appeal_id, open=command.open, at=command.at)]
