"""Lines of neighbours' mutual aid: a year's units at the rate of their day, at most the yearly limit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from services.settlement.domain.engine.book import Book
from services.settlement.domain.engine.facts import NeighbourService
from services.settlement.domain.engine.terms import Terms


def write(neighbours: Iterable[NeighbourService], terms: Terms, book: Book) -> None:
    """One line and limit a payee, purchaser, rule and township; the limit is that of 31 December (S5)."""
    sums: dict[tuple[str, str, str, str], int] = defaultdict(int)
    some: dict[tuple[str, str, str, str], NeighbourService] = {}
    for fact in neighbours:
        rule = terms.known.first_on("per_year_units", fact.day)
        if rule is None or rule.price_fen is None:
            continue
        key = (fact.payee, fact.purchaser, rule.id, fact.township)
        sums[key] += fact.units * rule.price_fen
        some[key] = fact
    for key, fen in sorted(sums.items()):
        name = key[2]
        last = terms.rule(name)
        limit = last.yearly_limit_fen if last else None
        book.add(some[key], name, None, None, fen if limit is None else min(fen, limit))
