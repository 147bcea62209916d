"""Which bundle wins which days of a person's month, and how much it is then worth (S5, S6, S7).

A timeline depends only on the person's days, so persons whose months look alike share one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import lcm
from typing import Final, TypeAlias

from services.settlement.domain.engine import days
from services.settlement.domain.engine.facts import Segment
from services.settlement.domain.engine.tariff import Rule
from services.settlement.domain.engine.terms import Stretch, Terms

Run: TypeAlias = tuple[int, int, Rule, int, str]
"""First and last day, the rule, its full-month rate in fen, the version."""
HALF_YEAR: Final = "half_year"


@dataclass(frozen=True, kw_only=True, eq=False)
class Won:
    """A rule that won days. ``numerator ÷ denominator`` fen is P, what the whole share is worth."""

    rule: Rule
    """As on its last won day: items, weights and part month are from there."""
    runs: tuple[Run, ...]
    days: int
    numerator: int
    denominator: int
    listed: frozenset[str]
    needs: Mapping[str, int]
    """By quantified item the slots whose last day was won."""
    weights: Mapping[str, int]
    """By item, scaled to whole numbers."""
    weight_needed: int
    done: dict[tuple[str, ...], int] = field(default_factory=dict)
    """Remembers the weight done by services of these items, where one payee did all and ``needs`` stands."""

    def needed(self, required: Mapping[str, int]) -> Mapping[str, int]:
        """``needs`` after what the plan says: a number may be lowered, a half-year item's is given."""
        if not required:
            return self.needs
        half_year = {item.id for item in self.rule.items if item.per == HALF_YEAR}
        return {
            item: required.get(item, 0) if item in half_year else min(slots, required.get(item, slots))
            for item, slots in self.needs.items()
        }


@dataclass(frozen=True, kw_only=True)
class Superseded:
    """A rule that matched, first on ``day``, and won nothing; ``winner`` won that day."""

    rule: str
    day: int
    winner: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Timeline:
    won: tuple[Won, ...]
    superseded: tuple[Superseded, ...]
    on: Sequence[Won | None]
    """By day of the month, who won it."""
    sole: Won | None
    """The rule that won every day of the month, if one did."""


def shape(segments: Sequence[Segment]) -> tuple[object, ...]:
    """What a timeline depends on."""
    if len(segments) == 1:
        s = segments[0]
        return s.first, s.last, s.tier, s.categories, s.age, s.hospital
    return tuple((s.first, s.last, s.tier, s.categories, s.age, s.hospital) for s in segments)


def timeline(terms: Terms, segments: Iterable[Segment]) -> Timeline:
    """Let the rules of ``terms`` compete for the days of ``segments``."""
    wins: dict[str, list[Run]] = {}
    matched: dict[str, tuple[int, str]] = {}
    begin = end = 0
    for segment in sorted(segments, key=lambda segment: segment.first):
        begin = max(days.day_number(segment.first, terms.month), end + 1)  # a day is won once, whatever is told
        end = max(days.day_number(segment.last, terms.month), end)
        for stretch in terms.stretches:
            first, last = max(begin, stretch.first), min(end, stretch.last)
            rates = _matching(stretch, segment) if first <= last else []
            if not rates:
                continue
            winner, rate = max(rates, key=lambda pair: pair[1])
            wins.setdefault(winner.id, []).append((first, last, winner, rate, stretch.version))
            for rule, _ in rates:
                matched.setdefault(rule.id, (first, winner.id))
    won = tuple(_won(terms, tuple(runs)) for runs in wins.values())
    on: list[Won | None] = [None] * 33
    for one in won:
        for first, last, *_ in one.runs:
            on[first : last + 1] = [one] * (last + 1 - first)
    lost = (Superseded(rule=r, day=day, winner=w) for r, (day, w) in matched.items() if r not in wins)
    sole = won[0] if len(won) == 1 and won[0].days == terms.length else None
    return Timeline(won=won, superseded=tuple(lost), on=on, sole=sole)


def _matching(stretch: Stretch, segment: Segment) -> list[tuple[Rule, int]]:
    found = []
    for rule in stretch.bundles:
        rate = rule.rate_fen(segment.tier)
        outside = segment.hospital and not rule.hospital_days
        if rate is not None and not outside and rule.when.holds(segment.tier, segment.categories, segment.age):
            found.append((rule, rate))
    return found


def worth(runs: Sequence[Run], length: int) -> tuple[int, int]:
    """P of S5 and S7 as numerator and denominator, in fen; ``length`` is the days in the month."""
    rule = runs[-1][2]
    total = sum(rate * (last + 1 - first) for first, last, _, rate, _ in runs)
    if rule.part_month == "days":
        return total, length
    if rule.part_month == "next_month" and runs[0][0] != 1:
        return 0, 1
    return total, sum(last + 1 - first for first, last, *_ in runs)


def _won(terms: Terms, runs: tuple[Run, ...]) -> Won:
    rule = runs[-1][2]
    numerator, denominator = worth(runs, terms.length)
    ends = {"week": (7, 14, 21, 28), "half_month": (15, terms.length), "month": (terms.length,), HALF_YEAR: ()}
    needs = {
        item.id: sum(1 for day in ends[item.per] if any(first <= day <= last for first, last, *_ in runs))
        for item in rule.items
        if item.per is not None
    }
    scale = lcm(*(item.weight.denominator for item in rule.items))
    weights = {item.id: int(item.weight * scale) for item in rule.items}
    return Won(
        rule=rule,
        runs=runs,
        days=sum(last + 1 - first for first, last, *_ in runs),
        numerator=numerator,
        denominator=denominator,
        listed=frozenset(weights),
        needs=needs,
        weights=weights,
        weight_needed=sum(weights[item] * slots for item, slots in needs.items()),
    )
