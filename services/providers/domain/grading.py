"""What a county's pack says of monthly grades, findings and ratings: the optional section ``[providers.grading]``.

By which day, and in which share of the townships, stands in ``[providers.assessment]`` (paper 000, part 2 (6) point 1).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal, get_args

Source = Literal["records", "completeness", "punctuality", "satisfaction", "complaints", "entered"]
"""Where the figure of a measure comes from: the log, or an assessor's entry."""
COMPUTED = frozenset(get_args(Source)) - {"entered"}

BY_DAY = 10
TOWNSHIPS_PERCENT = 100
WAIVED = "waived"
"""What is told instead of a grade where nothing was served; the settlement knows it by this word."""


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One measure of the sheet and its weight in points; an ``optional`` one is left out where there is no figure."""

    code: str
    points: int
    source: Source = "entered"
    optional: bool = False


@dataclass(frozen=True, kw_only=True)
class Band:
    """From ``at_least`` points of a hundred on the grade is this one."""

    grade: str
    at_least: int


SHEET = (
    Measure(code="register", points=15, source="records"),
    Measure(code="pictures", points=10),
    Measure(code="home_visits", points=15),
    Measure(code="neighbours", points=10, optional=True),
    Measure(code="satisfaction", points=20, source="satisfaction", optional=True),
    Measure(code="completeness", points=15, source="completeness"),
    Measure(code="punctuality", points=10, source="punctuality"),
    Measure(code="complaints", points=5, source="complaints"),
)
"""Where the pack names no measures: the ways of paper 000, and satisfaction foremost (paper 003, part 5 (2))."""

BANDS = (Band(grade="good", at_least=85), Band(grade="average", at_least=70), Band(grade="poor", at_least=0))
"""Where the pack names no bands."""


@dataclass(frozen=True, kw_only=True)
class Grading:
    """One version of the sheet. ``false_grade`` overrides every score; grades of ``poor`` that follow one another
    ``poor_in_a_row`` times open a finding; from ``honour_from`` points on a provider is named for good service.

    ``least_ratings`` is how many ratings make a figure, here and in what is shown; ``for_minors`` are the items that
    only a guardian rates.
    """

    sheet: str = "default"
    measures: tuple[Measure, ...] = SHEET
    bands: tuple[Band, ...] = BANDS
    false_grade: str = "false"
    false_codes: frozenset[str] = frozenset({"false_service"})
    poor: frozenset[str] = frozenset({"poor", "false"})
    poor_in_a_row: int = 2
    honour_from: int = 95
    complaint_percent: int = 25
    objection_days: int = 5
    rectify_days: int = 15
    rating_days: int = 30
    least_ratings: int = 5
    for_minors: frozenset[str] = frozenset()
    by_day: int = BY_DAY
    townships_percent: int = TOWNSHIPS_PERCENT

    @property
    def rating_time(self) -> timedelta:
        """How long after the visit it may be rated, and the rating changed."""
        return timedelta(days=self.rating_days)

    def measure(self, code: str) -> Measure | None:
        """The measure of a code; None where the sheet has none."""
        return next((one for one in self.measures if one.code == code), None)

    def grade_of(self, score: int) -> str:
        """The grade of a score: the band with the highest beginning that it reaches."""
        reached = [band for band in self.bands if band.at_least <= score]
        return max(reached, key=lambda band: band.at_least).grade


_PLAIN = (
    "sheet", "false_grade", "poor_in_a_row", "honour_from", "complaint_percent", "objection_days", "rectify_days",
    "rating_days", "least_ratings",
)  # fmt: skip
_SETS = ("false_codes", "poor", "for_minors")


def read(section: Mapping[str, Any] | None, assessment: Mapping[str, Any] | None) -> Grading | None:
    """The section; None where the pack has none: nobody is graded by a sheet then."""
    if section is None:
        return None
    told: dict[str, Any] = {key: section[key] for key in _PLAIN if section.get(key) is not None}
    told |= {key: frozenset(section[key]) for key in _SETS if key in section}
    if measures := section.get("measure"):
        told["measures"] = _measures(measures)
    if bands := section.get("band"):
        told["bands"] = tuple(Band(grade=band["grade"], at_least=band["at_least"]) for band in bands)
    rules = assessment or {}
    return Grading(
        **told,
        by_day=rules.get("by_day_of_month", BY_DAY),
        townships_percent=rules.get("townships_percent", TOWNSHIPS_PERCENT),
    )


def _measures(entries: Sequence[Mapping[str, Any]]) -> tuple[Measure, ...]:
    return tuple(
        Measure(
            code=entry["code"],
            points=entry["points"],
            source=entry.get("from") or "entered",
            optional=bool(entry.get("optional", False)),
        )
        for entry in entries
    )
