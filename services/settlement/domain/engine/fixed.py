"""Lines whose amount a decision fixed: agreed prices, and rulings that make a line of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from services.settlement.domain.engine.book import Book
from services.settlement.domain.engine.facts import Agreed, Ruling
from services.settlement.domain.engine.versions import Known


@dataclass(frozen=True)
class Named:
    """Whom a ruling's line is for."""

    payee: str
    purchaser: str
    township: str


def write_agreed(agreed: Iterable[Agreed], book: Book) -> None:
    """One line a fact: rule and amount were fixed at approval, whatever the policy says of the rule since."""
    for fact in agreed:
        book.add(fact, fact.rule, fact.person, fact.id, fact.amount_fen)


def write_rulings(own: Iterable[Ruling], known: Known, book: Book) -> None:
    """One line a ruling, whatever the rule allows otherwise: no limit and no condition reduces it."""
    for ruling in own:
        named = Named(ruling.payee or "", ruling.purchaser or "", ruling.township or "")
        book.add(named, ruling.rule or "", ruling.person, ruling.id, _amount(ruling, known))


def _amount(ruling: Ruling, known: Known) -> int:
    """The amount told, else units at the single price that the rule has on the ruling's day, 0 where it has none."""
    if ruling.amount_fen is not None:
        return ruling.amount_fen
    rule = known.rule_on(ruling.rule or "", ruling.day or "")
    return (ruling.units or 0) * (rule.price_fen or 0) if rule else 0
