"""What is odd about a visit. Only what a person did is red; what technique failed to deliver is amber, never pay; the
colours stand in the catalogue (``codes``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from services.providers.domain.policy import Policy
from services.providers.domain.visit import papers, roads
from services.providers.domain.visit.codes import colour_of, noticed
from services.providers.domain.visit.known import Known
from services.providers.domain.visit.platform import Told, excused
from services.providers.domain.visit.words import Clash, Code, Good, Noticed, Photo, Report, Source

MENDABLE = frozenset(
    {
        "too_short", "too_long", "outside_window", "off_schedule", "photos_missing", "photo_out_of_time",
        "register_line_missing", "receipt_missing",
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


@dataclass(frozen=True, kw_only=True)
class Heard:
    """How a report arrived: when, whether its clock was wrong, what became of the code, from how far away."""

    told_at: datetime
    skewed: bool
    code: Code
    metres: int | None


def of_others(work: Work, known: Known) -> tuple[Noticed, ...]:
    """The same photo, or almost, told for another order; the worker in two homes at once, or faster than anybody."""
    rules = known.policy.exceptions
    return noticed(
        (
            ("photo_reused", known.photo_reused),
            ("photo_alike", known.photos_alike),
            ("overlap_worker", known.worker_elsewhere),
            ("impossible_travel", bool(_too_fast(work, known))),
            ("identical_minutes", bool(_in_a_row(work, known))),
        ),
        rules,
    )


def clashes(work: Work, known: Known) -> tuple[Clash, ...]:
    """Every visit that does not go together with this one, and the colour of why."""
    rules = known.policy.exceptions
    told = [(clash.visit, clash.code) for clash in known.clashes]
    told += [(visit, "impossible_travel") for visit in _too_fast(work, known)]
    told += [(visit, "identical_minutes") for visit in _in_a_row(work, known)]
    return tuple(Clash(visit=visit, code=code, colour=colour_of(code, rules)) for visit, code in told)


def _too_fast(work: Work, known: Known) -> tuple[UUID, ...]:
    rules, detour = known.policy.exceptions, known.policy.detour_percent
    if not rules.judged:
        return ()
    return roads.too_fast(work.started_at, work.ended_at, known.village, known.nearby, rules, detour)


def _in_a_row(work: Work, known: Known) -> tuple[UUID, ...]:
    rules = known.policy.exceptions
    if not rules.judged:
        return ()
    return roads.in_a_row(work.started_at, work.minutes, known.person, known.nearby, rules)


def of_the_work(work: Work, known: Known) -> tuple[Noticed, ...]:
    """Time, window, proof and goods, against what the county's pack asks."""
    visits, rules = known.policy.visits, known.policy.exceptions
    tolerance = visits.start_tolerance
    moved = known.scheduled_for is not None and abs(work.started_at - known.scheduled_for) > tolerance
    taken = {photo.taken_at for photo in work.evidence} | {picture.taken_at for picture in known.pictures}
    strange = any(at is not None and not work.started_at - tolerance <= at <= work.ended_at + tolerance for at in taken)
    return noticed(
        (
            ("too_short", work.minutes < known.policy.least_minutes(work.item)),
            ("too_long", rules.judged and work.minutes > rules.most_minutes(work.item)),
            ("outside_window", not known.window_from <= work.day <= known.window_to),
            ("off_schedule", moved),
            ("photos_missing", work.photos < visits.least_photos(work.item)),
            ("photo_out_of_time", strange),
            ("register_line_missing", work.source == "paper" and not work.register_line),
            *_of_goods(work, known.policy),
        ),
        rules,
    )


def _of_goods(work: Work, policy: Policy) -> Iterable[tuple[str, bool]]:
    """What was handed over against what so many units consist of: less is what somebody did, more is only odd."""
    unit = policy.visits.goods.get(work.item)
    if unit is None:
        return
    asked = Counter({code: count * work.units for code, count in unit.items()})
    given = Counter[str]()
    for good in work.goods:
        given[good.code] += good.count
    yield "goods_untold", not work.goods
    yield "goods_short", bool(work.goods) and bool(asked - given)
    yield "goods_more", bool(given - asked)
    yield "receipt_missing", all(photo.kind != "receipt" for photo in work.evidence)


def of_the_worker(work: Work, known: Known) -> tuple[Noticed, ...]:
    """Whether the worker might do this on that day."""
    rules, policy = known.policy.exceptions, known.policy
    return noticed(
        (
            ("worker_unqualified", rules.judged and papers.unqualified(known.papers, work.item, work.day, policy)),
            ("worker_untrained", rules.judged and papers.untrained(known.papers, work.item, work.day, policy)),
        ),
        rules,
    )


def of_the_report(report: Report, work: Work, heard: Heard, known: Known) -> tuple[Noticed, ...]:
    """How, when and from where it was told; this stays as it was. What the platform did is grey."""
    policy, rules = known.policy, known.policy.exceptions
    within = timedelta(hours=policy.report_within_hours)
    told = Told(started_at=work.started_at, ended_at=work.ended_at, told_at=heard.told_at, within=within)
    weak = known.region in rules.weak_signal_villages
    return noticed(
        (
            ("reported_late", heard.told_at - work.ended_at > within),
            ("code_missing", heard.code == "missing"),
            ("code_wrong", heard.code == "wrong"),
            ("place_missing", report.place is None and report.metres_told is None),
            ("place_doubtful", report.mock_location),
            ("out_of_reach", rules.judged and heard.metres is not None and heard.metres > rules.reach_metres),
            ("clock_skewed", heard.skewed),
            ("sequence_gap", known.sequence_gap),
        ),
        rules,
        grey=excused(told, known.outages, weak_signal=weak),
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
