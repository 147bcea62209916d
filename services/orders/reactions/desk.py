"""What follows from the verification desk: clocks of mending and of appeals, what an upheld appeal changes, and the
cause of every correction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from chassis.service import Due, Recorded, Step, WhenDue
from services.orders.domain import appeal, correction, order
from services.orders.domain.cause import Cause
from services.orders.domain.days import month_of

CHECK_MENDING, ANSWER_DUE = "check_mending", "appeal_answer_due"
KINDS: Mapping[order.Way, correction.Kind] = {
    "officer": "judgement_undone",
    "inspection": "inspection_rejected",
    "appeal": "appeal_upheld",
    "complaint": "complaint_upheld",
}


def _kind(undone: order.Undone) -> correction.Kind:
    """An inspector may also accept what the desk had rejected."""
    found_done = undone.way == "inspection" and undone.was == "turned_down"
    return "inspection_accepted" if found_done else KINDS[undone.way]


def of_desk(recorded: Recorded, state: Any) -> Iterable[Due | Step]:
    """Of orders and of appeals."""
    match state:
        case order.Order():
            yield from _of_an_order(recorded, state)
        case appeal.Appeal():
            yield from _of_an_appeal(recorded, state)


def _of_an_order(recorded: Recorded, state: order.Order) -> Iterable[Due | Step]:
    stream = recorded.originator_id
    match recorded.event:
        case order.Returned(mend_by=mend_by) if mend_by is not None:
            yield Due(at=mend_by, reason=CHECK_MENDING, stream=stream, decider=order.CATEGORY)
        case order.Completed(report=order.Report(cause=cause)) as mended if cause is not None:
            visit = _visit_of(state, mended.visit_id)
            yield _correction(recorded, state, visit, "visit_mended", cause, "mended", mended.reported_by, mended.at)
        case order.Undone() as undone:
            visit = _visit_of(state, undone.visit_id)
            yield _correction(
                recorded, state, visit, _kind(undone), undone.cause, undone.reason_code, undone.by, undone.at,
                undone.month,
            )  # fmt: skip
            if visit.appeal is not None and undone.way != "appeal":
                yield Step(decider=appeal.decider, stream=visit.appeal, command=appeal.Settle(at=undone.at))


def _visit_of(state: order.Order, id: UUID) -> order.Visit:
    visit = state.visit(id)
    assert visit is not None
    return visit


def _correction(
    recorded: Recorded, state: order.Order, visit: order.Visit, kind: correction.Kind, cause: Cause, reason_code: str,
    by: str, at: datetime, month: str | None = None,
) -> Step:  # fmt: skip
    """Noted once for each event that corrects, with the month it concerns."""
    note = correction.Note(
        kind=kind,
        order_id=recorded.originator_id,
        visit_id=visit.visit_id,
        person=state.person,
        township=state.township,
        provider=visit.provider,
        item=state.item,
        month=month or month_of(visit.day),
        cause=cause,
        reason_code=reason_code,
        by=by,
        at=at,
    )
    number = uuid5(recorded.originator_id, f"correction/{recorded.originator_version}")
    return Step(decider=correction.decider, stream=number, command=note)


def _of_an_appeal(recorded: Recorded, state: appeal.Appeal) -> Iterable[Due | Step]:
    """An upheld appeal takes the rejection back and accepts, in the same transaction; who answered is who verified."""
    stream, lodged = recorded.originator_id, state.lodged
    match recorded.event:
        case appeal.Lodged() as event:
            yield Due(at=event.answer_by, reason=ANSWER_DUE, stream=stream, decider=appeal.CATEGORY)
            yield _noted(stream, lodged, is_open=True, at=event.at)
        case appeal.Withdrawn() | appeal.Dismissed() | appeal.Settled() as event:
            yield _noted(stream, lodged, is_open=False, at=event.at)
        case appeal.Upheld() as event:
            yield _noted(stream, lodged, is_open=False, at=event.at)
            undo = order.Undo(
                visit_id=lodged.visit_id,
                cause=event.cause,
                reason_code=event.reason_code,
                by=event.by,
                role=event.role,
                at=event.at,
                way="appeal",
                was="turned_down",
            )
            yield Step(decider=order.decider, stream=lodged.order_id, command=undo)
            accept = order.Verify(
                visit_id=lodged.visit_id, result="accepted", note_code="", by=event.by, role=event.role, at=event.at
            )
            yield Step(decider=order.decider, stream=lodged.order_id, command=accept)


def _noted(stream: UUID, lodged: appeal.Lodged, *, is_open: bool, at: datetime) -> Step:
    note = order.NoteAppeal(visit_id=lodged.visit_id, appeal_id=stream, open=is_open, at=at)
    return Step(decider=order.decider, stream=lodged.order_id, command=note)


def check_mending(_stream: UUID, _state: order.Order, at: datetime) -> order.CheckMending:
    """The order knows whether it was mended."""
    return order.CheckMending(at=at)


def answer_due(_stream: UUID, _state: appeal.Appeal, at: datetime) -> appeal.CheckClock:
    """The appeal knows whether it was answered."""
    return appeal.CheckClock(at=at)


WHEN_DUE: Mapping[str, WhenDue] = {CHECK_MENDING: check_mending, ANSWER_DUE: answer_due}
