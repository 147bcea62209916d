"""One month computed from its standing facts: lines, groups, deductions, net (S4 to S10)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TypeAlias

from services.settlement.domain.engine import allowances, escorts, fixed, goods, neighbours
from services.settlement.domain.engine.answer import Account, Line, MissingGrade
from services.settlement.domain.engine.book import Book
from services.settlement.domain.engine.bundles import Services
from services.settlement.domain.engine.facts import EscortStay
from services.settlement.domain.engine.log import Bounds, Log
from services.settlement.domain.engine.money import share
from services.settlement.domain.engine.terms import Terms
from services.settlement.domain.engine.versions import Known
from services.settlement.domain.engine.view import View, stays_before, view

GroupKey: TypeAlias = tuple[str, str]
"""Rule and township."""


@dataclass(kw_only=True)
class Computed:
    """A month's lines and sums, by payee and purchaser."""

    terms: Terms
    lines: dict[Account, list[Line]]
    groups: dict[Account, dict[GroupKey, int]] = field(default_factory=dict)
    deductions: dict[Account, dict[GroupKey, tuple[str, int]]] = field(default_factory=dict)
    grades: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def net(self) -> dict[tuple[str, str, str], int]:
        """By payee, purchaser and rule: groups and deductions, zeros left out."""
        total: dict[tuple[str, str, str], int] = defaultdict(int)
        for (payee, purchaser), groups in self.groups.items():
            for (rule, _), fen in groups.items():
                total[payee, purchaser, rule] += fen
        for (payee, purchaser), deductions in self.deductions.items():
            for (rule, _), (_, fen) in deductions.items():
                total[payee, purchaser, rule] += fen
        return {key: fen for key, fen in total.items() if fen}

    def missing_grades(self) -> tuple[MissingGrade, ...]:
        """Where a group that a grade would reduce has neither grade nor waiver."""
        missing = set()
        for (payee, _), groups in self.groups.items():
            for (rule, township), fen in groups.items():
                if fen and (payee, township) not in self.grades and self.terms.deductible(rule):
                    missing.add(MissingGrade(payee, township))
        return tuple(sorted(missing))


def compute(log: Log, month: str, bounds: Bounds, known: Known) -> Computed:
    """The month as one sees it who sees as far as ``bounds`` and knows the versions ``known``."""
    terms = Terms(known, month)
    facts = view(log, month, bounds)
    book = lines(facts, stays_before(log, month, bounds), terms)
    computed = Computed(terms=terms, lines=book.lines, grades=facts.grades)
    for account, some in book.lines.items():
        groups = computed.groups[account] = _groups(some)
        computed.deductions[account] = _deductions(account[0], groups, computed)
    return computed


def lines(facts: View, before: list[EscortStay], terms: Terms) -> Book:
    """All lines of the month."""
    book = Book()
    services = Services(terms, book)
    for person in sorted({**facts.services, **facts.bundles}):  # keeps their order, which is nearly sorted already
        services.person(person, facts.bundles.get(person, ()), facts.services.get(person, ()))
    goods.write(facts.goods, terms, book)
    escorts.write(facts.escorts, before, terms.known, book)
    allowances.write(facts.allowances, terms, book)
    neighbours.write(facts.neighbours, terms, book)
    fixed.write_agreed(facts.agreed, book)
    fixed.write_rulings(facts.own, terms.known, book)
    return book


def _groups(some: list[Line]) -> dict[GroupKey, int]:
    groups: dict[GroupKey, int] = defaultdict(int)
    for line in some:
        groups[line.rule, line.township] += line.fen
    return groups


def _deductions(payee: str, groups: dict[GroupKey, int], month: Computed) -> dict[GroupKey, tuple[str, int]]:
    """S10: the rate of the grade × the group, rounded once; a waiver, no grade or an unknown one deducts nothing."""
    found: dict[GroupKey, tuple[str, int]] = {}
    for (rule, township), fen in groups.items():
        grade = month.grades.get((payee, township))
        if grade is not None and grade in month.terms.grades and month.terms.deductible(rule):
            found[rule, township] = (grade, -share(fen, month.terms.grades[grade]))
    return found
