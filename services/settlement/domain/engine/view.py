"""A month's facts as they stand for one close: seen, ruled upon, and only the last of those that replace each other."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from services.settlement.domain.engine.facts import (
    Agreed,
    AllowanceMonth,
    BundleMonth,
    EscortStay,
    Goods,
    MonthFact,
    NeighbourService,
    Ruling,
    Service,
)
from services.settlement.domain.engine.log import NO_END, Bounds, Log, MonthFacts
from services.settlement.domain.engine.rulings import applied, standing

F = TypeVar("F", bound=MonthFact)


@dataclass(frozen=True, kw_only=True)
class View:
    """The standing facts of one month."""

    services: dict[str, list[Service]]
    bundles: dict[str, list[BundleMonth]]
    """By person, one for each payee, the last by position first."""
    goods: list[Goods]
    escorts: list[EscortStay]
    allowances: list[AllowanceMonth]
    neighbours: list[NeighbourService]
    agreed: list[Agreed]
    grades: dict[tuple[str, str], str | None]
    """By payee and township the grade; None: waived."""
    own: list[Ruling]
    """Rulings that make a line of their own."""


def view(log: Log, month: str, bounds: Bounds) -> View:
    """What stands for ``month`` in the eyes of one who sees as far as ``bounds``."""
    facts = log.months.get(month) or MonthFacts()
    by_fact, own = standing(_seen(facts.rulings, bounds))
    everything = not by_fact and min(bounds.values()) == NO_END

    def stands(some: list[F]) -> list[F]:
        if everything:
            return some
        seen = _seen(some, bounds)
        if not by_fact:
            return seen
        ruled = (applied(fact, by_fact) for fact in seen)
        return [fact for fact in ruled if fact is not None]

    services = facts.services if everything else {p: stands(some) for p, some in facts.services.items()}
    bundles = {
        person: some if len(some) < 2 else _by_payee(some, frozenset(by_fact))
        for person, some in ((person, stands(some)) for person, some in facts.bundles.items())
        if some
    }
    grades = _latest(stands(facts.grades), lambda grade: (grade.payee, grade.township))
    return View(
        services=services,
        bundles=bundles,
        goods=stands(facts.goods),
        escorts=stands(facts.escorts),
        allowances=_latest(stands(facts.allowances), lambda some: (some.person, some.payee, some.rule)),
        neighbours=stands(facts.neighbours),
        agreed=stands(facts.agreed),
        grades={(grade.payee, grade.township): grade.grade for grade in grades},
        own=own,
    )


def stays_before(log: Log, month: str, bounds: Bounds) -> list[EscortStay]:
    """The standing escort stays that ended before ``month``."""
    earlier: list[EscortStay] = []
    for before, facts in log.months.items():
        if before < month and facts.escorts:
            by_fact, _ = standing(_seen(facts.rulings, bounds))
            stays = (applied(stay, by_fact) for stay in _seen(facts.escorts, bounds))
            earlier.extend(stay for stay in stays if stay is not None)
    return earlier


def _seen(facts: Iterable[F], bounds: Bounds) -> list[F]:
    return [fact for fact in facts if fact.position < bounds[fact.source]]


def _latest(facts: list[F], key: Callable[[F], Hashable]) -> list[F]:
    last: dict[Hashable, F] = {}
    for fact in sorted(facts, key=lambda fact: (fact.position, fact.id)):
        last[key(fact)] = fact
    return list(last.values())


def _by_payee(bundles: list[BundleMonth], ruled: frozenset[str]) -> list[BundleMonth]:
    """The last of each payee; first the one that decides about the person's days: ruled upon last, else last told."""
    last = _latest(bundles, lambda bundle: bundle.payee)
    return sorted(last, key=lambda bundle: (bundle.id in ruled, bundle.position, bundle.id), reverse=True)
