"""What is odd about a visit. Only what a person did is red; what technique failed to deliver is amber, never pay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.providers.domain.policy import Policy
from services.providers.domain.visit.words import Code, Colour, Good, Known, Noticed, Photo, Report, Source

Check = tuple[str, Colour, bool]
MENDABLE = frozenset(
    {
        "too_short", "outside_window", "off_schedule", "photos_missing", "photo_out_of_time", "register_line_missing",
        "receipt_missing",
    }
)  # fmt: skip
"""What more proof or corrected times may lift; what was red stays."""


@dataclass(frozen=True, kw_only=True)
class Work:
    """What can be mended later: times and proof."""

    item: str
    units: int
    day: date
    started_at: datetime
    ended_at: datetime
    minutes: int
    photos: int
    evidence: tuple[Photo, ...]
    goods: tuple[Good, ...]
    source: Source
    register_line: str


def of_others(known: Known) -> tuple[Noticed, ...]:
    """The same photo told for another order; the worker in two homes at once."""
    return _holding((("photo_reused", "red", known.photo_reused), ("overlap_worker", "red", known.worker_elsewhere)))


def of_the_work(work: Work, known: Known) -> tuple[Noticed, ...]:
    """Time, window, proof and goods, against what the county's pack asks."""
    visits = known.policy.visits
    tolerance = visits.start_tolerance
    moved = known.scheduled_for is not None and abs(work.started_at - known.scheduled_for) > tolerance
    strange = any(
        photo.taken_at is not None and not work.started_at - tolerance <= photo.taken_at <= work.ended_at + tolerance
        for photo in work.evidence
    )
    return _holding(
        (
            ("too_short", "amber", work.minutes < known.policy.least_minutes(work.item)),
            ("outside_window", "amber", not known.window_from <= work.day <= known.window_to),
            ("off_schedule", "amber", moved),
            ("photos_missing", "amber", work.photos < visits.least_photos(work.item)),
            ("photo_out_of_time", "amber", strange),
            ("register_line_missing", "amber", work.source == "paper" and not work.register_line),
            *_of_goods(work, known.policy),
        )
    )


def _of_goods(work: Work, policy: Policy) -> Iterable[Check]:
    """What was handed over against what so many units consist of: less is what somebody did, more is only odd."""
    unit = policy.visits.goods.get(work.item)
    if unit is None:
        return
    asked = Counter({code: count * work.units for code, count in unit.items()})
    given = Counter[str]()
    for good in work.goods:
        given[good.code] += good.count
    yield "goods_untold", "amber", not work.goods
    yield "goods_short", "red", bool(work.goods) and bool(asked - given)
    yield "goods_more", "amber", bool(given - asked)
    yield "receipt_missing", "amber", all(photo.kind != "receipt" for photo in work.evidence)


def of_the_report(report: Report, late: timedelta, skewed: bool, code: Code, known: Known) -> tuple[Noticed, ...]:
    """How and when it was told; this stays as it was."""
    return _holding(
        (
            ("reported_late", "amber", late > timedelta(hours=known.policy.report_within_hours)),
            ("code_missing", "amber", code == "missing"),
            ("code_wrong", "amber", code == "wrong"),
            ("place_missing", "amber", report.place is None and report.metres_told is None),
            ("place_doubtful", "amber", report.mock_location),
            ("clock_skewed", "amber", skewed),
        )
    )


def code_of(report: Report, known: Known) -> Code:
    """What becomes of the one-time code; after the last try no further one counts."""
    policy, tries = known.policy, known.policy.visits.code_tries
    if known.code_right:
        return "right"
    if not report.code_given:
        return "missing" if policy.one_time_code else "not_asked"
    if tries is None:
        return "given"
    return "right" if known.wrong_tries < tries and known.attempt in report.code_fits else "wrong"


def _holding(checks: Iterable[Check]) -> tuple[Noticed, ...]:
    return tuple(Noticed(code=code, colour=colour) for code, colour, holds in checks if holds)
