"""Lines of goods: whole units × unit cost, at most the rule's units per person and month, never by days."""

from __future__ import annotations

from collections.abc import Iterable

from services.settlement.domain.engine import days
from services.settlement.domain.engine.book import Book
from services.settlement.domain.engine.facts import Goods
from services.settlement.domain.engine.terms import Terms


def write(goods: Iterable[Goods], terms: Terms, book: Book) -> None:
    """One line a fact, in order of day, time and id until the limit of its day is used up; an excess is 0."""
    used: dict[tuple[str, str], int] = {}
    for fact in sorted(goods, key=lambda fact: days.moment(fact.day, fact.time, fact.id)):
        stretch = terms.on[int(fact.day[8:10])]
        rule = stretch.goods.get(fact.item) if stretch else None
        if rule is None or rule.price_fen is None:
            continue
        key = (rule.id, fact.person)
        before = used.get(key, 0)
        units = fact.units
        if rule.units_per_month is not None:
            units = max(0, min(units, rule.units_per_month - before))
        used[key] = before + units
        book.add(fact, rule.id, fact.person, fact.id, units * rule.price_fen)
