"""What may become of a visit: reported once, mended after it was sent back, confirmed by its code."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from chassis.kernel import Rejected
from services.providers.domain import calendar, reach
from services.providers.domain.visit import checks, device, proofs
from services.providers.domain.visit.checks import Heard, Work
from services.providers.domain.visit.known import Known
from services.providers.domain.visit.platform import Told, excused
from services.providers.domain.visit.resolving import (
    ExceptionExcused,
    ExceptionSettled,
    Excuse,
    Inspected,
    NoteInspected,
    Settle,
)
from services.providers.domain.visit.state import OF_THE_CODE, OF_THE_DEVICE, Visit, red_first
from services.providers.domain.visit.words import (
    CloseGap,
    CodeConfirmed,
    Command,
    Completed,
    ConfirmCode,
    Event,
    ExceptionAdded,
    GapClosed,
    NoteClash,
    Report,
    Return,
    Returned,
    Supplement,
    Supplemented,
)

LONGEST = timedelta(hours=24)


def decide(command: Command, visit: Visit | None, known: Known | None) -> list[Event]:
    """Take a report once; ``known`` is None where the order is not known here, and for what needs none."""
    match command:
        case Report() if visit is not None:
            return []
        case Report():
            return [_complete(command, known)]
        case Supplement():
            return _supplement(command, visit, known)
    if visit is None:
        return []
    match command:
        case Return():
            return [] if visit.returned else [Returned(reason_code=command.reason_code, at=command.at)]
        case NoteClash():
            noted = any(one.code == command.code for one in visit.exceptions)
            return [] if noted else [ExceptionAdded(code=command.code, colour=command.colour, at=command.at)]
        case ConfirmCode():
            odd = any(one.code in OF_THE_CODE for one in visit.exceptions)
            return [CodeConfirmed(at=command.at)] if odd else []
        case CloseGap():
            after_a_gap = any(one.code == OF_THE_DEVICE for one in visit.exceptions)
            return [GapClosed(at=command.at)] if after_a_gap else []
        case Settle():
            stands = any(one.code == command.code for one in visit.exceptions)
            return [ExceptionSettled(code=command.code, how=command.how, at=command.at)] if stands else []
        case Excuse():
            return _excuse(command, visit, known)
        case NoteInspected():
            return [Inspected(accepted=command.accepted, at=command.at)]


def _excuse(command: Excuse, visit: Visit, known: Known | None) -> list[Event]:
    """What is amber and was the platform's fault becomes grey."""
    if known is None:
        return []
    first = visit.first
    told_at = first.ended_at + timedelta(minutes=first.reported_after_minutes)
    within = timedelta(hours=known.policy.report_within_hours)
    told = Told(started_at=first.started_at, ended_at=first.ended_at, told_at=told_at, within=within)
    codes = excused(told, known.outages, weak_signal=False)
    amber = sorted(one.code for one in visit.exceptions if one.colour == "amber" and one.code in codes)
    return [ExceptionExcused(code=code, at=command.at) for code in amber]


def _complete(command: Report, known: Known | None) -> Completed:
    if known is None:
        raise Rejected("visit.order_unknown")
    started_at, ended_at = device.times(command)
    day = calendar.day_of(started_at)
    told_at = command.told_at or command.at
    _refuse_unless_possible(started_at, ended_at, told_at)
    _refuse_unless_served_by(command, day, known)
    late = told_at - ended_at
    _refuse_if_too_old(command, late, known)
    proofs.refuse_phone_unless_allowed(command.mode, command.item, known.policy)
    proofs.refuse_unknown_photos(known.photos_unknown, known.policy)
    behind = device.skew(command.device_now, told_at)
    code = checks.code_of(command, known)
    work, metres = _work(command, day, started_at, ended_at), _away(command, known)
    heard = Heard(told_at=told_at, skewed=bool(behind), code=code, metres=metres)
    noticed = (
        *checks.of_others(work, known),
        *checks.of_the_work(work, known),
        *checks.of_the_worker(work, known),
        *checks.of_the_report(command, work, heard, known),
    )
    shown = proofs.ways(
        code, metres is not None, _hashes(command), command.evidence, command.signed_by, command.register_line
    )
    return Completed(
        order_id=command.order_id,
        provider=command.provider,
        worker=command.worker,
        item=command.item,
        units=command.units,
        day=day,
        time=calendar.time_of(started_at),
        started_at=started_at,
        ended_at=ended_at,
        minutes=work.minutes,
        metres_from_village=metres,
        photos=_hashes(command),
        exceptions=red_first(*proofs.weighed(noticed, shown, command.mode, command.item, known.policy)),
        policy=known.policy.version,
        by=command.by,
        at=command.at,
        person=known.person,
        region=known.region,
        evidence=command.evidence,
        goods=command.goods,
        source=command.source,
        register_line=command.register_line,
        code=code,
        attempt=known.attempt,
        reported_after_minutes=late // timedelta(minutes=1),
        skew_seconds=int(behind.total_seconds()),
        mock_location=command.mock_location,
        no_signal=command.no_signal,
        start_noted=command.start_noted,
        written_at=command.written_at,
        confirmed_by=command.confirmed_by,
        clashes=checks.clashes(work, known),
        mode=command.mode,
        signed_by=command.signed_by,
        device=command.device,
        sequence=command.sequence,
    )


def _work(command: Report, day: date, started_at: datetime, ended_at: datetime) -> Work:
    return Work(
        item=command.item,
        units=command.units,
        day=day,
        started_at=started_at,
        ended_at=ended_at,
        minutes=_minutes(started_at, ended_at),
        photos=len(_hashes(command)),
        evidence=command.evidence,
        goods=command.goods,
        source=command.source,
        register_line=command.register_line,
    )


def _away(command: Report, known: Known) -> int | None:
    """Metres to the village's point: reckoned here, or told where the place itself was not kept."""
    if command.place is None or known.village is None:
        return command.metres_told
    return reach.metres(command.place, known.village)


def _hashes(command: Report) -> tuple[str, ...]:
    return (*command.photos, *(photo.sha256 for photo in command.evidence))


def _minutes(started_at: datetime, ended_at: datetime) -> int:
    return (ended_at - started_at) // timedelta(minutes=1)


def _refuse_unless_possible(started_at: datetime, ended_at: datetime, at: datetime) -> None:
    """A visit lies in the past and within a day."""
    if ended_at < started_at:
        raise Rejected("visit.ended_before_it_began")
    if ended_at > at:
        raise Rejected("visit.in_the_future")
    if ended_at - started_at > LONGEST:
        raise Rejected("visit.longer_than_a_day")


def _refuse_unless_served_by(command: Report, day: date, known: Known) -> None:
    """The worker is one whom the provider has on that day."""
    if known.worker_provider != command.provider:
        raise Rejected("visit.worker_unknown")
    if known.worker_left_on is not None and known.worker_left_on <= day:
        raise Rejected("visit.worker_left", left_on=known.worker_left_on.isoformat())


def _refuse_if_too_old(command: Report, late: timedelta, known: Known) -> None:
    """What comes later than the county's longest days needs somebody who answers for it."""
    longest = known.policy.visits.longest_days_late
    if longest is not None and not command.confirmed_by and late > timedelta(days=longest):
        raise Rejected("visit.too_old", longest_days=longest)


def _supplement(command: Supplement, visit: Visit | None, known: Known | None) -> list[Event]:
    """Proof may be added at any time, times are mended while the visit is sent back; what was red stays red."""
    if visit is None or known is None or visit.first.provider != command.provider:
        raise Rejected("visit.unknown")
    started_at, ended_at = command.started_at or visit.started_at, command.ended_at or visit.ended_at
    moved = (started_at, ended_at) != (visit.started_at, visit.ended_at)
    new = tuple(photo for photo in command.evidence if photo.sha256 not in visit.photos)
    line = command.register_line or visit.register_line
    if not moved and not new and line == visit.register_line:
        if visit.supplements and not visit.returned:
            return []
        raise Rejected("visit.nothing_supplemented")
    if moved and not visit.returned:
        raise Rejected("visit.times_stand")
    _refuse_unless_possible(started_at, ended_at, visit.first.at)
    first, day = visit.first, calendar.day_of(started_at)
    work = Work(
        item=first.item,
        units=first.units,
        day=day,
        started_at=started_at,
        ended_at=ended_at,
        minutes=_minutes(started_at, ended_at),
        photos=len(visit.photos) + len(new),
        evidence=(*visit.evidence, *new),
        goods=first.goods,
        source=first.source,
        register_line=line,
    )
    proofs.refuse_unknown_photos(known.photos_unknown, known.policy)
    found = (one for one in checks.of_the_work(work, known) if one.code not in visit.settled)
    mended = {*found, *checks.of_others(work, known)}
    kept = {one for one in visit.exceptions if one.colour == "red" or one.code not in checks.MENDABLE}
    shown = proofs.ways(
        visit.code, first.metres_from_village is not None, (*visit.photos, *(photo.sha256 for photo in new)),
        work.evidence, first.signed_by, line,
    )  # fmt: skip
    stands = tuple(one for one in kept | mended if one.code != proofs.LACKING)
    noticed = proofs.weighed(stands, shown, first.mode, first.item, known.policy)
    supplemented = Supplemented(
        cause=command.cause,
        reason=command.reason,
        evidence=new,
        register_line=line,
        started_at=started_at,
        ended_at=ended_at,
        day=day,
        time=calendar.time_of(started_at),
        minutes=work.minutes,
        exceptions=red_first(*sorted(noticed, key=lambda one: one.code)),
        again=visit.returned,
        clashes=checks.clashes(work, known),
        by=command.by,
        at=command.at,
    )
    return [supplemented]
