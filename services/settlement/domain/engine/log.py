"""The facts of one county, sorted by what they are and by the month they belong to (S1, S2).

``Log.of`` reads all facts once. ``bounds`` says how far a close sees: for each source the position at which its log
is sealed for the month, or no end where it is not sealed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import Final, TypeAlias

from services.settlement.domain.engine.facts import (
    SOURCES,
    Agreed,
    Allocation,
    AllowanceMonth,
    BundleMonth,
    EscortStay,
    Fact,
    Goods,
    Grade,
    MonthFact,
    NeighbourService,
    Override,
    PolicyKnown,
    Ruling,
    Seal,
    Service,
)

NO_END: Final = 1 << 62
_source, _position = attrgetter("source"), attrgetter("position")
Bounds: TypeAlias = Mapping[str, int]
"""By source, the first position that is not seen."""


class SettleError(ValueError):
    """The facts and policies cannot be settled; ``code`` is stable, ``detail`` names the place."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code, self.detail = code, detail


@dataclass(kw_only=True)
class MonthFacts:
    """The facts of one month; services and bundles by person."""

    services: dict[str, list[Service]] = field(default_factory=lambda: defaultdict(list))
    bundles: dict[str, list[BundleMonth]] = field(default_factory=lambda: defaultdict(list))
    goods: list[Goods] = field(default_factory=list)
    escorts: list[EscortStay] = field(default_factory=list)
    allowances: list[AllowanceMonth] = field(default_factory=list)
    neighbours: list[NeighbourService] = field(default_factory=list)
    agreed: list[Agreed] = field(default_factory=list)
    grades: list[Grade] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)

    def add(self, fact: MonthFact) -> None:
        """Put ``fact`` where it belongs."""
        match fact:
            case Service():
                self.services[fact.person].append(fact)
            case BundleMonth():
                self.bundles[fact.person].append(fact)
            case Goods():
                self.goods.append(fact)
            case EscortStay():
                self.escorts.append(fact)
            case AllowanceMonth():
                self.allowances.append(fact)
            case NeighbourService():
                self.neighbours.append(fact)
            case Agreed():
                self.agreed.append(fact)
            case Grade():
                self.grades.append(fact)
            case Ruling():
                self.rulings.append(fact)

    @cached_property
    def reached(self) -> dict[str, int]:
        """By source, the highest position of the month's facts."""
        return _reached(list(self.all()))

    def has_beyond(self, bounds: Bounds) -> bool:
        """Whether some fact stands where ``bounds`` do not see."""
        return any(position >= bounds[source] for source, position in self.reached.items())

    def all(self) -> Iterable[MonthFact]:
        """Every fact of the month."""
        for services in self.services.values():
            yield from services
        for bundles in self.bundles.values():
            yield from bundles
        for some in (self.goods, self.escorts, self.allowances, self.neighbours, self.agreed, self.grades):
            yield from some
        yield from self.rulings


@dataclass(kw_only=True)
class Log:
    """All facts of a county, sorted; never changed once it is made."""

    facts: list[Fact] = field(default_factory=list)
    months: dict[str, MonthFacts] = field(default_factory=lambda: defaultdict(MonthFacts))
    seals: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    """By month and source, the position of the (first) seal."""
    funding: list[Allocation | Override] = field(default_factory=list)
    """In log order."""
    adoptions: dict[str, PolicyKnown] = field(default_factory=dict)

    @classmethod
    def of(cls, facts: Iterable[Fact], once: bool = False) -> Log:
        """Sort ``facts``; equal facts are one, different facts of one id raise ``SettleError``.

        ``once`` tells that each is given once, so that nobody need look.
        """
        log = cls(facts=list(facts) if once else distinct(facts))
        months = log.months
        person = month = ""
        services: list[Service] = []
        for fact in log.facts:
            if fact.kind != "service":
                log._add(fact)
                continue
            if fact.person != person or fact.day[:7] != month:  # a person's services often stand together
                person, month = fact.person, fact.day[:7]
                services = months[month].services[person]
            services.append(fact)
        log.funding.sort(key=lambda fact: (fact.position, fact.id))
        return log

    def _add(self, fact: Fact) -> None:
        if isinstance(fact, Seal):
            sealed = self.seals[fact.month]
            sealed[fact.source] = min(fact.position, sealed.get(fact.source, NO_END))
        elif isinstance(fact, Allocation | Override):
            self.funding.append(fact)
        elif isinstance(fact, PolicyKnown):
            held = self.adoptions.setdefault(fact.version, fact)
            if (fact.position, fact.id) < (held.position, held.id):
                self.adoptions[fact.version] = fact
        else:
            self.months[fact.month].add(fact)

    def bounds(self, month: str) -> Bounds:
        """How far the close of ``month`` sees; a source without a seal for it is seen to its end."""
        sealed = self.seals.get(month, {})
        return {source: sealed.get(source, NO_END) for source in SOURCES}

    def through(self, month: str) -> dict[str, int]:
        """By source, the position that the close of ``month`` goes through: its seal, else the last fact known."""
        sealed = self.seals.get(month, {})
        told = {} if len(sealed) == len(SOURCES) else self._reached
        return dict(sorted({**told, **sealed}.items()))

    @cached_property
    def _reached(self) -> dict[str, int]:
        """By source, the highest position of any fact."""
        return _reached(self.facts)

    def bounds_of(self, through: Mapping[str, int]) -> Bounds:
        """How far a close saw that went through these positions; a seal that ended it is no fact of its own."""
        ends = {(source, position) for sealed in self.seals.values() for source, position in sealed.items()}
        return {
            source: through.get(source, -1) + (0 if (source, through.get(source, -1)) in ends else 1)
            for source in SOURCES
        }

    def closed_before(self, month: str) -> list[str]:
        """The months before ``month`` that settlement has sealed, oldest first."""
        return sorted(m for m, sealed in self.seals.items() if "settlement" in sealed and m < month)


def _reached(facts: Sequence[Fact]) -> dict[str, int]:
    """By source, the highest position of ``facts``."""
    sources = set(map(_source, facts))
    if len(sources) == 1:  # most often: then no fact is looked at twice by us
        return {sources.pop(): max(map(_position, facts))}
    reached: dict[str, int] = {}
    for fact in facts:
        if fact.position > reached.get(fact.source, -1):
            reached[fact.source] = fact.position
    return reached


def distinct(facts: Iterable[Fact]) -> list[Fact]:
    """Every fact once; raises ``SettleError("fact.conflict")`` where one id has two contents."""
    known = facts if isinstance(facts, list) else list(facts)
    if len(set(map(attrgetter("id"), known))) == len(known):
        return known
    by_id: dict[str, Fact] = {}
    for fact in known:
        if by_id.setdefault(fact.id, fact) != fact:
            raise SettleError("fact.conflict", fact.id)
    return list(by_id.values())


def sees(bounds: Bounds, fact: Fact) -> bool:
    """Whether ``fact`` stands before the end of what is seen of its source's log."""
    return fact.position < bounds[fact.source]
