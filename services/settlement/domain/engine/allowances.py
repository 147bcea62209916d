"""Lines of guardians' allowances: by tariff version and tier, rate × days ÷ days in the month, rounded once (S9)."""

from __future__ import annotations

from collections.abc import Iterable

from services.settlement.domain.engine import days
from services.settlement.domain.engine.book import Book
from services.settlement.domain.engine.facts import AllowanceMonth
from services.settlement.domain.engine.money import rounded
from services.settlement.domain.engine.terms import Terms
from services.settlement.domain.engine.timeline import Run


def write(allowances: Iterable[AllowanceMonth], terms: Terms, book: Book) -> None:
    """One line a guardian, person and rule; none where the rule holds on no day."""
    for fact in allowances:
        for rule, runs in paid_runs(fact, terms).items():
            total = sum(rate * (last + 1 - first) for first, last, _, rate, _ in runs)
            book.add(fact, rule, fact.person, fact.id, rounded(total, terms.length))


def paid_runs(fact: AllowanceMonth, terms: Terms) -> dict[str, list[Run]]:
    """By rule the days on which it is valid, its conditions hold and it has a rate for the tier.

    A fact that names its rule is about that rule only; else the first rule that holds has the day.
    """
    found: dict[str, list[Run]] = {}
    end = 0
    for segment in sorted(fact.days, key=lambda segment: segment.first):
        begin = max(days.day_number(segment.first, terms.month), end + 1)
        end = max(days.day_number(segment.last, terms.month), end)
        for stretch in terms.stretches:
            first, last = max(begin, stretch.first), min(end, stretch.last)
            for rule in stretch.allowances if first <= last else ():
                rate = rule.rate_fen(segment.tier)
                if fact.rule not in (None, rule.id) or rate is None:
                    continue
                if rule.when.holds(segment.tier, segment.categories, segment.age):
                    found.setdefault(rule.id, []).append((first, last, rule, rate, stretch.version))
                    break
    return found
