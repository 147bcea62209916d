"""Appointments, reports and what bears on them, for tests of visits in depth: version 0002 of the county's pack."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from chassis.kernel import Sealed
from chassis.testing import Specification
from services.providers.domain import appointment, late_report, policy, visit
from tests.providers.examples import (
    ANNING,
    NEARBY,
    ORDER_ID,
    PERSON,
    TOWN,
    TOWNSHIP,
    VILLAGE,
    VISIT_ID,
    WORKER,
    hours,
)

PACK = (Path(__file__).parents[2] / "deploy/localities/130528/0002.toml").read_text()
POLICY = policy.read(tomllib.loads(PACK))
TRIES = POLICY.visits.code_tries or 0
TOLERANCE = POLICY.visits.start_tolerance

AN_APPOINTMENT = Specification(appointment.decider)
A_VISIT = Specification(visit.decider)
A_LATE_REPORT = Specification(late_report.decider)
SEALED = Sealed(box="1.bm9uY2U.Y2lwaGVydGV4dA")

EARLIER = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
STARTS = datetime(2026, 11, 3, 1, 0, tzinfo=UTC)
ENDS = STARTS + hours(1)
ENDED = STARTS + timedelta(minutes=45)
OTHER_WORKER = UUID(int=0x301)

FREE = appointment.Known(
    policy=POLICY,
    provider=ANNING,
    person=PERSON,
    item="home_cleaning",
    township=TOWNSHIP,
    village=VILLAGE,
    window_from=date(2026, 11, 1),
    window_to=date(2026, 11, 7),
    visit=None,
    worker_provider=ANNING,
)
SCHEDULE = appointment.Schedule(
    order_id=ORDER_ID,
    provider=ANNING,
    worker=WORKER,
    starts_at=STARTS,
    ends_at=ENDS,
    by="anning-system",
    at=EARLIER,
)
RESCHEDULE = appointment.Reschedule(
    order_id=ORDER_ID,
    provider=ANNING,
    worker=WORKER,
    starts_at=STARTS + hours(24),
    ends_at=ENDS + hours(24),
    reason_code="person_asked",
    by="anning-system",
    at=EARLIER + hours(1),
)
START = appointment.Start(
    provider=ANNING,
    started_at=STARTS,
    device_now=None,
    metres=120,
    offline=False,
    by="anning-system",
    at=STARTS + timedelta(minutes=1),
)
NOTE = appointment.NoteVisit(order_id=ORDER_ID, visit=VISIT_ID, provider=ANNING, worker=WORKER, code="right", at=ENDED)


def try_code(*fits: int) -> appointment.TryCode:
    """A code that belongs to these attempts."""
    return appointment.TryCode(order_id=ORDER_ID, provider=ANNING, fits=fits, at=EARLIER)


def photo(number: int, kind: str = "after", taken_at: datetime | None = None) -> visit.Photo:
    """A picture of its own."""
    return visit.Photo(sha256=f"{number:064x}", kind=kind, taken_at=taken_at)  # type: ignore[arg-type]


BEFORE, AFTER, REGISTER = photo(1, "before"), photo(2, "after"), photo(3, "register_page")
REPORT = visit.Report(
    order_id=ORDER_ID,
    provider=ANNING,
    worker=WORKER,
    item="home_cleaning",
    units=1,
    started_at=STARTS,
    ended_at=ENDED,
    place=NEARBY,
    photos=(),
    code_given=True,
    by="anning-system",
    at=ENDED + hours(1),
    evidence=(BEFORE, AFTER),
    code_fits=(1,),
)
AROUND = visit.Known(
    policy=POLICY,
    window_from=date(2026, 11, 1),
    window_to=date(2026, 11, 7),
    village=TOWN,
    worker_provider=ANNING,
    worker_left_on=None,
    photo_reused=False,
    worker_elsewhere=False,
    person=PERSON,
    region=VILLAGE,
)
RETURN = visit.Return(reason_code="no_proof", at=ENDED + hours(30))
SUPPLEMENT = visit.Supplement(
    order_id=ORDER_ID,
    provider=ANNING,
    worker=WORKER,
    cause="mistake",
    reason=SEALED,
    evidence=(REGISTER,),
    started_at=None,
    ended_at=None,
    register_line="",
    by="anning-system",
    at=ENDED + hours(40),
)


def noticed(report: visit.Report, around: visit.Known = AROUND) -> list[tuple[str, str]]:
    """Codes and colours of what is odd about a report."""
    (completed,) = A_VISIT.when(report, known=around).events
    return [(one.code, one.colour) for one in completed.exceptions]


def goods(report: visit.Report, units: int, **counts: int) -> visit.Report:
    """The same report, of bread that was handed over."""
    given = tuple(visit.Good(code=code, count=count) for code, count in counts.items())
    receipt = (photo(8, "receipt"), photo(9, "after"))
    return replace(report, item="bread", units=units, goods=given, evidence=receipt)
