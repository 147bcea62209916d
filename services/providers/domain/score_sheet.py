"""The score sheet 考核评分表: what was served in a month and what assessors saw, as points of a hundred.

Every measure gives a share between nothing and all; the score is the mean of the shares weighted by the points, as an
exact fraction, rounded once, half up. A measure without a figure (nothing to count, too few ratings, an optional one
that nobody entered) is left out, and the others weigh what they weigh.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from services.providers.domain.grading import Grading, Measure

HUNDRED = 100
STEPS_OF_STARS = 4
"""From one star to five."""


@dataclass(frozen=True, kw_only=True)
class Served:
    """What the log tells of a provider's month in a township.

    ``ordered`` orders whose time begins in the month, of which ``done`` have a visit; ``visits`` made in the month, of
    which ``complete`` have all six facts and nothing red, ``in_time`` lie in their order's window; ``missed``
    appointments; ``stars`` of ``ratings`` together; ``complaints`` upheld.
    """

    ordered: int = 0
    done: int = 0
    visits: int = 0
    complete: int = 0
    in_time: int = 0
    missed: int = 0
    ratings: int = 0
    stars: int = 0
    complaints: int = 0

    @property
    def anything(self) -> bool:
        """Whether there is anything to grade."""
        return bool(self.visits or self.ordered)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What an assessor gave for a measure, of the points that the sheet has for it, after so many samples."""

    points: int
    samples: int


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A measure with its figure: ``got`` of ``out_of`` gives the share of its ``points``."""

    code: str
    points: int
    got: int
    out_of: int
    samples: int
    source: str


def figures(sheet: Grading, served: Served, entries: Mapping[str, Entry]) -> tuple[Figure, ...]:
    """The measures that have a figure, in the sheet's order."""
    found = (_figure(sheet, measure, served, entries.get(measure.code)) for measure in sheet.measures)
    return tuple(one for one in found if one is not None)


def missing(sheet: Grading, entries: Mapping[str, Entry]) -> tuple[str, ...]:
    """The measures that an assessor must still enter."""
    asked = (one for one in sheet.measures if one.source == "entered" and not one.optional)
    return tuple(one.code for one in asked if one.code not in entries)


def score(of: Iterable[Figure]) -> int:
    """Points of a hundred; nothing without a figure."""
    weight, total = 0, Fraction(0)
    for figure in of:
        weight += figure.points
        total += Fraction(figure.points * figure.got, figure.out_of)
    return half_up(total * HUNDRED / weight) if weight else 0


def half_up(value: Fraction) -> int:
    """The nearest whole number of one that is not negative; a half goes up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def _figure(sheet: Grading, measure: Measure, served: Served, entry: Entry | None) -> Figure | None:
    if measure.source == "satisfaction" and served.ratings < sheet.least_ratings:
        got, out_of, samples = 0, 0, 0
    else:
        got, out_of, samples = _counted(sheet, measure, served)
    if out_of == 0 and entry is not None:
        got, out_of, samples = entry.points, measure.points, entry.samples
    if out_of == 0:
        return None
    return Figure(
        code=measure.code, points=measure.points, got=got, out_of=out_of, samples=samples, source=measure.source
    )


def _counted(sheet: Grading, measure: Measure, served: Served) -> tuple[int, int, int]:
    """What was got, of how much, from how many samples; nothing of nothing for what is entered."""
    match measure.source:
        case "records":
            return served.complete, served.visits, served.visits
        case "completeness":
            return served.done, served.ordered, served.ordered
        case "punctuality":
            expected = served.visits + served.missed
            return served.in_time, expected, expected
        case "satisfaction":
            return served.stars - served.ratings, STEPS_OF_STARS * served.ratings, served.ratings
        case "complaints":
            return max(0, HUNDRED - served.complaints * sheet.complaint_percent), HUNDRED, served.complaints
        case "entered":
            return 0, 0, 0
