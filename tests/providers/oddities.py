"""For each code of the catalogue one visit made for it: the clean report of ``visiting``, spoiled in one way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from services.providers.domain import visit
from services.providers.domain.reach import Point
from tests.providers.examples import FAR_AWAY, PERSON
from tests.providers.visiting import (
    AFTER,
    AROUND,
    BEFORE,
    ENDED,
    POLICY,
    REPORT,
    STARTS,
    TOLERANCE,
    goods,
    photo,
)

Made = tuple[visit.Report, visit.Known]
OTHER_VISIT = UUID(int=0x999)
TRAINING = replace(POLICY, registers=replace(POLICY.registers, training_required=True, training_hours=8))
TRAINED = visit.Papers(courses=((date(2026, 1, 5), date(2027, 1, 4), 8),))
THERAPIST = visit.Papers(certificates=(("rehabilitation_therapist", date(2025, 1, 1), date(2026, 11, 30)),))
SEVEN_KILOMETRES_OFF = Point(latitude_udeg=37_683_000, longitude_udeg=114_920_000)


def nearby(number: int, minutes_before: int, *, minutes: int = 30, village: Point | None = None) -> visit.Nearby:
    """A visit of the same worker that ended so many minutes before, in another home."""
    ended = STARTS - timedelta(minutes=minutes_before)
    return visit.Nearby(
        visit=UUID(int=OTHER_VISIT.int + number),
        person=UUID(int=PERSON.int + 1 + number),
        village=village,
        started_at=ended - timedelta(minutes=minutes),
        ended_at=ended,
        minutes=minutes,
    )


def told(**changes: object) -> Made:
    """The report told otherwise."""
    return replace(REPORT, **changes), AROUND  # type: ignore[arg-type]


def around(**changes: object) -> Made:
    """The same report, with something else known."""
    return REPORT, replace(AROUND, **changes)  # type: ignore[arg-type]


def handed_over(**changes: object) -> Made:
    """Two bags of bread, told otherwise."""
    return replace(goods(REPORT, 2, bag=2), **changes), AROUND  # type: ignore[arg-type]


def the_same_minutes() -> Made:
    run = tuple(nearby(number, 60 * number, minutes=45) for number in range(1, POLICY.exceptions.identical_in_a_row))
    return around(nearby=run)


MADE: Mapping[str, Callable[[], Made]] = {
    "outside_window": lambda: around(window_to=date(2026, 11, 2)),
    "off_schedule": lambda: around(scheduled_for=STARTS - TOLERANCE - timedelta(seconds=1)),
    "too_short": lambda: told(ended_at=STARTS + timedelta(minutes=19)),
    "too_long": lambda: told(ended_at=STARTS + timedelta(minutes=241), at=STARTS + timedelta(hours=6)),
    "out_of_reach": lambda: told(place=SEVEN_KILOMETRES_OFF),
    "overlap_worker": lambda: around(worker_elsewhere=True),
    "impossible_travel": lambda: around(nearby=(nearby(1, 15, village=FAR_AWAY),)),
    "photo_reused": lambda: around(photo_reused=True),
    "photo_alike": lambda: around(photos_alike=True),
    "photo_out_of_time": lambda: told(evidence=(photo(4, "before", ENDED + timedelta(hours=2)), AFTER)),
    "proof_missing": lambda: around(policy=replace(AROUND.policy, proofs=replace(AROUND.policy.proofs, at_least=5))),
    "photos_missing": lambda: told(evidence=(AFTER,)),
    "register_line_missing": lambda: told(source="paper"),
    "receipt_missing": lambda: handed_over(evidence=(BEFORE, AFTER)),
    "goods_untold": lambda: handed_over(goods=()),
    "goods_short": lambda: handed_over(goods=(visit.Good(code="bag", count=1),)),
    "goods_more": lambda: handed_over(goods=(visit.Good(code="bag", count=3),)),
    "worker_unqualified": lambda: (replace(REPORT, item="rehabilitation"), replace(AROUND, papers=visit.Papers())),
    "worker_untrained": lambda: around(policy=TRAINING, papers=visit.Papers()),
    "identical_minutes": the_same_minutes,
    "place_doubtful": lambda: told(mock_location=True),
    "place_missing": lambda: told(place=None),
    "code_missing": lambda: told(code_given=False, code_fits=()),
    "code_wrong": lambda: told(code_fits=(2,)),
    "reported_late": lambda: told(at=ENDED + timedelta(hours=25)),
    "clock_skewed": lambda: told(
        started_at=STARTS + timedelta(hours=3), ended_at=ENDED + timedelta(hours=3),
        device_now=REPORT.at + timedelta(hours=3),
    ),
    "sequence_gap": lambda: around(sequence_gap=True),
}  # fmt: skip
