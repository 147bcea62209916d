"""A visit's state: as it was reported, as it stands now, and what was mended in between. Nothing is overwritten."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from services.providers.domain.visit.resolving import ExceptionExcused, ExceptionSettled, Inspected
from services.providers.domain.visit.words import (
    Code,
    CodeConfirmed,
    Completed,
    Event,
    ExceptionAdded,
    GapClosed,
    Noticed,
    Photo,
    Returned,
    Supplemented,
)

OF_THE_CODE = frozenset({"code_missing", "code_wrong"})
OF_THE_DEVICE = "sequence_gap"


@dataclass(frozen=True, kw_only=True)
class Before:
    """A supplement, and the values that it took the place of."""

    supplement: Supplemented
    started_at: datetime
    ended_at: datetime
    register_line: str


@dataclass(frozen=True, kw_only=True)
class Visit:
    """``first`` is the report as it was taken; the other fields are what counts now.

    ``seen`` are all codes there ever were, ``settled`` those that an officer acknowledged or found mended;
    ``inspected`` is what the last inspection found, and when.
    """

    first: Completed
    started_at: datetime
    ended_at: datetime
    day: date
    time: str
    minutes: int
    evidence: tuple[Photo, ...]
    photos: tuple[str, ...]
    register_line: str
    code: Code
    exceptions: tuple[Noticed, ...]
    returned: bool = False
    supplements: tuple[Before, ...] = ()
    seen: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()
    inspected: Inspected | None = None


def evolve(visit: Visit | None, event: Event) -> Visit | None:
    """What happened, one after another; a visit begins with its report."""
    if isinstance(event, Completed):
        return _completed(event)
    assert visit is not None
    match event:
        case Supplemented():
            return _supplemented(visit, event)
        case Returned():
            return replace(visit, returned=True)
        case ExceptionAdded():
            return _with(visit, *visit.exceptions, Noticed(code=event.code, colour=event.colour))
        case CodeConfirmed():
            left = tuple(one for one in visit.exceptions if one.code not in OF_THE_CODE)
            return replace(visit, code="right", exceptions=left)
        case ExceptionSettled():
            left = tuple(one for one in visit.exceptions if one.code != event.code)
            return replace(visit, exceptions=left, settled=(*visit.settled, event.code))
        case ExceptionExcused():
            return _with(
                visit, *(replace(one, colour="grey") if one.code == event.code else one for one in visit.exceptions)
            )
        case Inspected():
            return replace(visit, inspected=event)
        case GapClosed():
            left = tuple(one for one in visit.exceptions if one.code != OF_THE_DEVICE)
            return replace(visit, exceptions=left)


def _with(visit: Visit, *exceptions: Noticed) -> Visit:
    """These stand now; a code that comes again is not settled any more."""
    codes = {one.code for one in exceptions}
    return replace(
        visit,
        exceptions=red_first(*exceptions),
        seen=tuple(dict.fromkeys((*visit.seen, *(one.code for one in exceptions)))),
        settled=tuple(code for code in visit.settled if code not in codes),
    )


def red_first(*exceptions: Noticed) -> tuple[Noticed, ...]:
    """Red before amber, else as they come."""
    return tuple(sorted(exceptions, key=lambda one: one.colour != "red"))


def _completed(event: Completed) -> Visit:
    visit = Visit(
        first=event,
        started_at=event.started_at,
        ended_at=event.ended_at,
        day=event.day,
        time=event.time,
        minutes=event.minutes,
        evidence=event.evidence,
        photos=event.photos,
        register_line=event.register_line,
        code=event.code,
        exceptions=(),
    )
    return _with(visit, *event.exceptions)


def _supplemented(visit: Visit, event: Supplemented) -> Visit:
    before = Before(
        supplement=event,
        started_at=visit.started_at,
        ended_at=visit.ended_at,
        register_line=visit.register_line,
    )
    added = tuple(photo.sha256 for photo in event.evidence)
    mended = replace(
        visit,
        started_at=event.started_at,
        ended_at=event.ended_at,
        day=event.day,
        time=event.time,
        minutes=event.minutes,
        evidence=(*visit.evidence, *event.evidence),
        photos=(*visit.photos, *added),
        register_line=event.register_line or visit.register_line,
        returned=visit.returned and not event.again,
        supplements=(*visit.supplements, before),
    )
    return _with(mended, *event.exceptions)
