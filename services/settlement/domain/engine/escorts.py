"""Lines of hospital escorts, after discharge, each day of a person paid once (S8).

A stay is what several escorts' facts with one discharge day tell together. Its days run from admission to the day
before discharge; admitted and discharged on one day counts 1. Where two escorts were there on a day, also at
hand-over, the one whose unbroken spell began earlier holds it, then the smaller escort id. A day that a stay of an
earlier month holds is paid there and not again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.settlement.domain.engine import days
from services.settlement.domain.engine.book import Book
from services.settlement.domain.engine.facts import EscortStay
from services.settlement.domain.engine.versions import Known


@dataclass(frozen=True, kw_only=True)
class EscortDay:
    """A day that an escort holds: its rule, level and rate in fen."""

    day: int
    fact: EscortStay
    rule: str
    level: str
    rate_fen: int


def write(escorts: Iterable[EscortStay], before: Iterable[EscortStay], known: Known, book: Book) -> None:
    """One line a fact and rule. ``before`` are the stays that ended in earlier months."""
    earlier = by_person(before)
    for person, stays in sorted(by_person(escorts).items()):
        held = held_days(stays, earlier.get(person, []), known)
        fens: dict[tuple[str, str], int] = defaultdict(int)
        for one in held:
            fens[one.fact.id, one.rule] += one.rate_fen
        facts = {stay.id: stay for stay in stays}
        for (name, rule), fen in sorted(fens.items()):
            book.add(facts[name], rule, person, name, fen)


def by_person(escorts: Iterable[EscortStay]) -> dict[str, list[EscortStay]]:
    """The stays of each person."""
    people: dict[str, list[EscortStay]] = defaultdict(list)
    for stay in escorts:
        people[stay.person].append(stay)
    return people


def held_days(stays: Sequence[EscortStay], before: Sequence[EscortStay], known: Known) -> list[EscortDay]:
    """Who holds which day of one person's stays of a month, and at what rate; a day without tariff is left out."""
    taken = {day for claimed in _claims(before).values() for day in claimed}
    claims = _claims(stays)
    starts = {payee: _spell_starts(payee, stays) for payee in {stay.payee for stay in stays}}
    holder: dict[int, EscortStay] = {}
    order = {stay.id: (stay.payee, stay.day, stay.id) for stay in stays}
    for stay in stays:
        for day in claims[stay.id] - taken:
            other = holder.get(day)
            if other is None or (starts[stay.payee][day], order[stay.id]) < (starts[other.payee][day], order[other.id]):
                holder[day] = stay
    priced = ((day, stay, _dearest(day, stays, known)) for day, stay in sorted(holder.items()))
    return [
        EscortDay(day=day, fact=stay, rule=price[0], level=price[1], rate_fen=price[2])
        for day, stay, price in priced
        if price is not None
    ]


def _span(stay: EscortStay) -> set[int]:
    covered: set[int] = set()
    for segment in stay.days:
        covered.update(range(days.ordinal(segment.first), days.ordinal(segment.last) + 1))
    return covered


def _claims(stays: Sequence[EscortStay]) -> dict[str, set[int]]:
    """By fact, the days of the stay on which that escort was there."""
    admitted: dict[tuple[str, str], str] = {}
    for stay in stays:
        for segment in stay.days:
            key = (stay.person, stay.day)
            admitted[key] = min(segment.first, admitted.get(key, segment.first))
    claims: dict[str, set[int]] = {}
    for stay in stays:
        end = days.ordinal(stay.day) + (1 if admitted.get((stay.person, stay.day)) == stay.day else 0)
        claims[stay.id] = {day for day in _span(stay) if day < end}
    return claims


def _spell_starts(payee: str, stays: Sequence[EscortStay]) -> dict[int, int]:
    """For each day of an escort, the first day of the unbroken spell that it lies in."""
    covered = set().union(*(_span(stay) for stay in stays if stay.payee == payee))
    starts: dict[int, int] = {}
    for day in sorted(covered):
        starts[day] = starts.get(day - 1, day)
    return starts


def _dearest(day: int, stays: Sequence[EscortStay], known: Known) -> tuple[str, str, int] | None:
    """Rule, level and rate of a day: the dearest of all levels of the person that day, at that day's tariff."""
    text = days.day_text(day)
    levels = {s.level for stay in stays for s in stay.days if s.level is not None and s.first <= text <= s.last}
    policy = known.on(text)
    for rule in policy.rules if policy else ():
        if rule.kind == "per_day" and rule.valid_on(text):
            rates = [(-rate, level) for level in levels if (rate := rule.rate_fen(level)) is not None]
            if rates:
                dearest, level = min(rates)
                return rule.id, level, -dearest
    return None
