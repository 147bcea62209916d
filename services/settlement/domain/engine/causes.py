"""Why a closed month's rule moved (S11): causes from the gravest down.

A cause comes from a fact of the month that is new since the last close and about a person whose line of that rule
changed: the fact's own cause, else ``ruling`` or ``late``. ``policy`` where newly known versions alone move the net.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from services.settlement.domain.engine.answer import Account, Line
from services.settlement.domain.engine.facts import Grade, MonthFact, NeighbourService, Ruling
from services.settlement.domain.engine.log import Bounds, MonthFacts, sees
from services.settlement.domain.engine.month import Computed

GRAVITY: Final = ("violation", "mistake", "ruling", "late", "policy", "objective")
Key: TypeAlias = tuple[str, str, str]
"""Payee, purchaser, rule."""


@dataclass(kw_only=True)
class News:
    """The causes that new facts of a month bring, by what the facts are about."""

    of_person: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    of_neighbour: dict[Account, set[str]] = field(default_factory=lambda: defaultdict(set))
    of_grade: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, facts: MonthFacts, bounds: Bounds, before: Bounds) -> News:
        """The news of the facts seen within ``bounds`` and not within ``before``."""
        news = cls()
        fresh = [fact for fact in facts.all() if sees(bounds, fact) and not sees(before, fact)]
        wanted = {fact.fact for fact in facts.rulings if fact.fact is not None}
        named = {fact.id: fact for fact in facts.all() if fact.id in wanted and sees(bounds, fact)} if wanted else {}
        for fact in fresh:
            cause = fact.cause or ("ruling" if isinstance(fact, Ruling) else "late")
            news.note(_meant(fact, named), cause)
        return news

    def note(self, about: MonthFact | None, cause: str) -> None:
        """Remember ``cause`` for what the fact ``about`` is about."""
        match about:
            case None:
                pass
            case Grade():
                self.of_grade[about.payee, about.township].add(cause)
            case NeighbourService():
                self.of_neighbour[about.payee, about.purchaser].add(cause)
            case _:
                if about.person is not None:
                    self.of_person[about.person].add(cause)


def _meant(fact: MonthFact, named: Mapping[str, MonthFact]) -> MonthFact | None:
    """The fact that a ruling is about in the end; None where it is not known."""
    about: MonthFact | None = fact
    for _ in range(len(named) + 1):
        if not isinstance(about, Ruling) or about.fact is None:
            return about
        about = named.get(about.fact)
    return None


def causes(key: Key, news: News, then: Computed, now: Computed, by_policy: bool) -> tuple[str, ...]:
    """The causes of one correction; ``late`` where no fact tells one."""
    payee, purchaser, rule = key
    account = (payee, purchaser)
    found: set[str] = {"policy"} if by_policy else set()
    for person in changed_persons(account, rule, then, now):
        found |= news.of_neighbour.get(account, set()) if person is None else news.of_person.get(person, set())
    for township in changed_deductions(account, rule, then, now):
        found |= news.of_grade.get((payee, township), set())
    return tuple(cause for cause in GRAVITY if cause in found) or ("late",)


def changed_persons(account: Account, rule: str, then: Computed, now: Computed) -> set[str | None]:
    """The persons who get something else under the rule now, in all or in one of their townships."""
    before, after = (_by_person(month.lines.get(account, ()), rule) for month in (then, now))
    return {key[0] for key in before.keys() | after.keys() if before.get(key, 0) != after.get(key, 0)}


def changed_deductions(account: Account, rule: str, then: Computed, now: Computed) -> set[str]:
    """The townships in which the rule's deduction is another one now."""
    before, after = (month.deductions.get(account, {}) for month in (then, now))
    keys = {key for key in before.keys() | after.keys() if key[0] == rule}
    return {key[1] for key in keys if before.get(key, ("", 0))[1] != after.get(key, ("", 0))[1]}


def _by_person(lines: Iterable[Line], rule: str) -> dict[tuple[str | None, str], int]:
    people: dict[tuple[str | None, str], int] = defaultdict(int)
    for line in lines:
        if line.rule == rule:
            people[line.person, line.township] += line.fen
    return people
