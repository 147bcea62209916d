"""Routes of appointments: a worker is sent, begins, ends."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Literal
from uuid import UUID

from chassis.http import Body, Call, Id, Instant, Routes, Thing
from chassis.kernel import Rejected
from chassis.service import Ask, Outcome, Step
from services.providers.api.shapes import Point, acting_provider, asked_providers
from services.providers.api.visit_shapes import TellVisit, VisitAnswer, answer_visit, to_report
from services.providers.api.visits import REPORTED
from services.providers.domain import appointment, reach, search, visit

routes = Routes(tag="appointments")
POSSIBLE = (
    "appointment.order_not_taken", "appointment.worker_unknown", "appointment.worker_left", "appointment.worker_busy",
    "appointment.outside_window", "appointment.ends_before_it_begins", "appointment.longer_than_a_day",
    "appointment.in_the_past",
)  # fmt: skip
COLUMNS = (
    "id, order_id, provider, worker, item, township, village, starts_at, ends_at, day, status, started_at, reason_code,"
    " visit, attempt"
)


class ScheduleVisit(Body):
    """Who comes when; without ``worker_id`` the worker whom matching proposed."""

    order_id: Id
    worker_id: Id | None = None
    starts_at: Instant
    ends_at: Instant


class RescheduleVisit(Body):
    """Another time, or somebody else, and why."""

    worker_id: Id | None = None
    starts_at: Instant
    ends_at: Instant
    reason_code: Literal["person_away", "person_asked", "worker_ill", "weather", "other"]


class CancelAppointment(Body):
    """Why nobody comes."""

    reason_code: Literal["person_away", "person_asked", "worker_ill", "weather", "other"]


class StartVisit(Body):
    """The worker is there; without ``started_at`` it is now. Of the place only a distance is kept."""

    started_at: Instant | None = None
    device_now: Instant | None = None
    place: Point | None = None
    offline: bool = False


class EndVisit(TellVisit):
    """The work is done; without ``ended_at`` it is now. ``started_at`` counts only where no beginning was told."""

    started_at: Instant | None = None
    ended_at: Instant | None = None


class AppointmentAnswer(Body):
    """Where the appointment stands."""

    id: UUID
    order_id: UUID
    status: str
    attempt: int
    worker: UUID
    starts_at: datetime
    ends_at: datetime


class AppointmentRow(Body):
    """Who is expected where; ``attempt`` counts visits that were sent back."""

    id: UUID
    order_id: UUID
    provider: UUID
    worker: UUID
    item: str
    township: str
    village: str
    starts_at: datetime
    ends_at: datetime
    day: date
    status: str
    started_at: datetime | None
    reason_code: str
    visit: UUID | None
    attempt: int


def _thing(state: appointment.Appointment) -> Thing | None:
    return Thing(township=state.township, owners=(state.provider,)) if state.order_id else None


def _step(call: Call[Any], command: appointment.Command) -> Step:
    stream = call.path_id("appointment_id")
    return Step(decider=appointment.decider, stream=stream, command=command, permit=call.judged(_thing))


def _answer(outcomes: tuple[Outcome, ...]) -> AppointmentAnswer:
    state: appointment.Appointment = outcomes[0].state
    assert state.order_id is not None
    assert state.worker is not None
    assert state.starts_at is not None
    assert state.ends_at is not None
    return AppointmentAnswer(
        id=outcomes[0].stream,
        order_id=state.order_id,
        status=state.status,
        attempt=state.attempt,
        worker=state.worker,
        starts_at=state.starts_at,
        ends_at=state.ends_at,
    )


@routes.post(
    "/v1/appointments", body=ScheduleVisit, answer=AppointmentAnswer, status=201, summary="预约派工 Send a worker",
    refusals=(
        *POSSIBLE, "appointment.worker_not_named", "appointment.stands_already", "appointment.visited_already",
    ),
)  # fmt: skip
async def schedule_visit(call: Call[ScheduleVisit]) -> Ask:
    """Send a worker to the person of an order that the provider has taken."""
    body = call.body
    order = await call.fetchrow(
        "select provider, township, worker from searches where county = $1 and id = $2", call.county, body.order_id
    )
    if order is None:
        raise Rejected("not_found")
    call.permit(township=order["township"], owner=order["provider"])
    command = appointment.Schedule(
        order_id=body.order_id,
        provider=acting_provider(call),
        worker=body.worker_id or order["worker"],
        starts_at=body.starts_at.astimezone(UTC),
        ends_at=body.ends_at.astimezone(UTC),
        by=call.caller.subject,
        at=call.at,
    )
    step = Step(decider=appointment.decider, stream=appointment.stream_of(body.order_id), command=command)
    return call.ask(step, answer=_answer)


@routes.post(
    "/v1/appointments/{appointment_id}/rescheduling", body=RescheduleVisit, answer=AppointmentAnswer,
    guarded="appointment_id", summary="改期改派 Another time or worker",
    refusals=(*POSSIBLE, "appointment.unknown", "appointment.not_open"),
)  # fmt: skip
async def reschedule_visit(call: Call[RescheduleVisit]) -> Ask:
    """Another time or another worker; also for an appointment that was missed."""
    body, row = call.body, await _row(call)
    command = appointment.Reschedule(
        order_id=row["order_id"],
        provider=acting_provider(call),
        worker=body.worker_id or row["worker"],
        starts_at=body.starts_at.astimezone(UTC),
        ends_at=body.ends_at.astimezone(UTC),
        reason_code=body.reason_code,
        by=call.caller.subject,
        at=call.at,
    )
    return call.ask(_step(call, command), answer=_answer)


@routes.post(
    "/v1/appointments/{appointment_id}/cancellation", body=CancelAppointment, answer=AppointmentAnswer,
    guarded="appointment_id", summary="取消预约 Cancel an appointment",
    refusals=("appointment.unknown", "appointment.not_open"),
)  # fmt: skip
async def cancel_appointment(call: Call[CancelAppointment]) -> Ask:
    """Nobody comes at that time; the order stays taken."""
    command = appointment.Cancel(provider=acting_provider(call), reason_code=call.body.reason_code, at=call.at)
    return call.ask(_step(call, command), answer=_answer)


@routes.post(
    "/v1/appointments/{appointment_id}/start", body=StartVisit, answer=AppointmentAnswer,
    summary="开始上门 A visit begins",
    refusals=("appointment.unknown", "appointment.not_open", "appointment.in_the_future"),
)  # fmt: skip
async def start_visit(call: Call[StartVisit]) -> Ask:
    """The worker is there. Told once; told late it still counts, also after the appointment was taken for missed."""
    body = call.body
    command = appointment.Start(
        provider=acting_provider(call),
        started_at=body.started_at.astimezone(UTC) if body.started_at else _now(call),
        device_now=body.device_now.astimezone(UTC) if body.device_now else None,
        metres=await _metres(call, body.place),
        offline=body.offline,
        by=call.caller.subject,
        at=call.at,
    )
    return call.ask(_step(call, command), answer=_answer)


@routes.post(
    "/v1/appointments/{appointment_id}/end", body=EndVisit, answer=VisitAnswer, status=201,
    summary="结束上门 A visit ends",
    refusals=(*REPORTED, "visit.too_old", "visit.not_started"),
)  # fmt: skip
async def end_visit(call: Call[EndVisit]) -> Ask:
    """The work is done: the visit is reported with its proof, from the beginning that was told."""
    body, row, stream, owner = call.body, await _row(call), call.new_id("visit"), acting_provider(call)
    item = row["item"]
    noted = search.NoteVisit(visit_id=stream, provider=owner, item=item, units=body.units, at=call.at)
    report = to_report(
        call, body, order_id=row["order_id"], provider=owner, worker=row["worker"], item=item,
        started_at=appointment.begun(row["started_at"], body.started_at), ended_at=body.ended_at or _now(call),
        start_noted=row["started_at"] is not None,
    )  # fmt: skip
    return call.ask(
        Step(decider=search.decider, stream=row["order_id"], command=noted, permit=call.judged(asked_providers)),
        Step(decider=visit.decider, stream=stream, command=report),
        answer=answer_visit,
    )


def _now(call: Call[Any]) -> datetime:
    """This second: parts of one would make forty-five minutes forty-four."""
    return call.at.replace(microsecond=0)


async def _row(call: Call[Any]) -> dict[str, Any]:
    """The appointment, for whose it is."""
    row = await call.fetchrow(
        f"select {COLUMNS} from appointments where county = $1 and id = $2 and starts_at is not null",
        call.county,
        call.path_id("appointment_id"),
    )
    if row is None:
        raise Rejected("not_found")
    call.permit(township=row["township"], owner=row["provider"])
    return row


async def _metres(call: Call[Any], place: Point | None) -> int | None:
    """How far from the village's point; None where either is not known."""
    if place is None:
        return None
    point = await call.fetchrow(
        "select p.latitude_udeg, p.longitude_udeg from appointments a join places p on p.county = a.county"
        " and p.code = a.village where a.county = $1 and a.id = $2",
        call.county,
        call.path_id("appointment_id"),
    )
    return reach.metres(place.to_domain(), reach.Point(**point)) if point else None


routes.page(
    "/v1/appointments", row=AppointmentRow, owner="provider", township="township",
    filters={"status": str, "provider": UUID, "worker": UUID, "day": date, "township": str, "order_id": UUID},
    sql=f"select {COLUMNS} from appointments where county = $1 and starts_at is not null",
    order=("starts_at", "id"), newest_first=True, summary="预约与漏访 Appointments, also missed ones",
)  # fmt: skip


@routes.get(
    "/v1/appointments/{appointment_id}", answer=AppointmentRow, summary="预约 An appointment", stream="appointment_id"
)
async def one_appointment(call: Call[None]) -> dict[str, Any] | None:
    """Who is expected where, and how it went."""
    return await _row(call)
