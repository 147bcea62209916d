"""Lines of services: a person's bundles by share (S5, S6), other services by unit (facts paper, "A service makes")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from services.settlement.domain.engine import days
from services.settlement.domain.engine.book import Book, Owed
from services.settlement.domain.engine.facts import BundleMonth, Service
from services.settlement.domain.engine.money import rounded
from services.settlement.domain.engine.terms import Terms
from services.settlement.domain.engine.timeline import Timeline, Won, shape, timeline


@dataclass(kw_only=True)
class Counting:
    """Who did how much of one won bundle: weight by payee, and each payee's first counted service."""

    weight: dict[str, int] = field(default_factory=dict)
    first: dict[str, Service] = field(default_factory=dict)
    counted: list[Service] = field(default_factory=list)


class Services:
    """Makes the lines of one month's services and bundles into ``book``."""

    def __init__(self, terms: Terms, book: Book) -> None:
        self.terms, self.book = terms, book
        self._timelines: dict[tuple[object, ...], Timeline] = {}

    def timeline(self, bundle: BundleMonth) -> Timeline:
        """The timeline of a person's days; shared by all whose days look alike."""
        key = shape(bundle.days)
        known = self._timelines.get(key)
        if known is None:
            known = self._timelines[key] = timeline(self.terms, bundle.days)
        return known

    def person(self, person: str, bundles: Sequence[BundleMonth], services: Sequence[Service]) -> None:
        """All lines of one person; the first of ``bundles`` decides about the days."""
        if not bundles:
            for service in services:
                self._by_unit(service)
            return
        line = self.timeline(bundles[0])
        if not self._whole_month(person, bundles, line, services):
            self._shares(person, bundles, line, services)
        for lost in line.superseded:
            for bundle in bundles:
                if assigned_on(bundle, lost.day, self.terms.month):
                    self.book.add(bundle, lost.rule, person, None, 0, lost.winner)
                    break

    def _whole_month(
        self, person: str, bundles: Sequence[BundleMonth], line: Timeline, services: Sequence[Service]
    ) -> bool:
        """The usual month, quickly: one payee, one bundle all month, every service one of its items.

        False, with nothing written, where anything is not so; ``_shares`` gives the same result for every month.
        """
        won, bundle = line.sole, bundles[0]
        if won is None or len(bundles) > 1 or bundle.required:
            return False
        if not won.weight_needed:
            return self._flat(person, bundle, won, services)
        payee = bundle.payee
        for service in services:
            if service.payee != payee or not service.units:
                return False
        items = tuple([service.item for service in services])
        done = won.done.get(items)
        if done is None:
            done = won.done[items] = _weight_done(won, items)
        if not done:
            return False
        fen = rounded(won.numerator * done, won.denominator * won.weight_needed)
        self.book.add(bundle, won.rule.id, person, None, fen)
        return True

    def _flat(self, person: str, bundle: BundleMonth, won: Won, services: Sequence[Service]) -> bool:
        """The same without numbers to reach: who was assigned all month and came at all has the whole."""
        payee, listed, segments = bundle.payee, won.listed, bundle.days
        if won.needs or (not segments[0].assigned if len(segments) == 1 else not all(s.assigned for s in segments)):
            return False
        for service in services:
            if service.payee != payee or not service.units or service.item not in listed:
                return False
        fen = rounded(won.numerator, won.denominator) if services else 0
        self.book.add(bundle, won.rule.id, person, None, fen)
        return True

    def _shares(self, person: str, bundles: Sequence[BundleMonth], line: Timeline, services: Sequence[Service]) -> None:
        claims: dict[tuple[str, str], list[Service]] = {}
        serving = {service.payee for service in services if service.units}
        for service in services:
            won = line.on[int(service.day[8:10])]
            if won is None or service.item not in won.listed:
                self._by_unit(service)
            elif service.units:
                claims.setdefault((won.rule.id, service.item), []).append(service)
        required = plan_required(bundles)
        for won in line.won:
            needs = won.needed(required)
            count = counting(won, needs, claims)
            total = sum(won.weights[item] * need for item, need in needs.items())
            assigned = assigned_days(bundles, won, self.terms.month)
            owed: dict[str, Owed] = {**count.first, **{b.payee: b for b in bundles}}
            for payee in sorted(count.first.keys() | {payee for payee, number in assigned.items() if number}):
                if total:
                    part, whole = count.weight.get(payee, 0), total
                else:
                    part, whole = (assigned.get(payee, 0) if payee in serving else 0), won.days
                fen = rounded(won.numerator * part, won.denominator * whole)
                self.book.add(owed[payee], won.rule.id, person, None, fen)

    def _by_unit(self, service: Service) -> None:
        stretch = self.terms.on[int(service.day[8:10])]
        rule = stretch.units.get(service.item) if stretch else None
        if rule is not None and rule.price_fen is not None:
            self.book.add(service, rule.id, service.person, service.id, service.units * rule.price_fen)


def _weight_done(won: Won, items: tuple[str, ...]) -> int:
    """The weight of these services where all are one payee's; 0 where one is not an item of the bundle."""
    if not won.listed.issuperset(items):
        return 0
    return sum(won.weights[item] * min(items.count(item), needed) for item, needed in won.needs.items())


def counting(won: Won, needs: Mapping[str, int], claims: Mapping[tuple[str, str], list[Service]]) -> Counting:
    """Count each item's services in order of time until its number is reached, whoever did them."""
    count = Counting()
    for item, need in needs.items():
        claimed = claims.get((won.rule.id, item), [])
        count.counted.extend(islice(sorted(claimed, key=_moment), need))
    for service in sorted(count.counted, key=_moment):
        count.weight[service.payee] = count.weight.get(service.payee, 0) + won.weights[service.item]
        count.first.setdefault(service.payee, service)
    return count


def _moment(service: Service) -> tuple[str, str, str]:
    return days.moment(service.day, service.time, service.id)


def plan_required(bundles: Sequence[BundleMonth]) -> dict[str, int]:
    """The numbers that the plan sets; of several payees' months the smallest told."""
    required: dict[str, int] = {}
    for bundle in bundles:
        for item, number in bundle.required.items():
            required[item] = min(number, required.get(item, number))
    return required


def assigned_on(bundle: BundleMonth, day: int, month: str) -> bool:
    """Whether the payee was assigned on this day of the month."""
    for segment in bundle.days:
        if segment.assigned and days.day_number(segment.first, month) <= day <= days.day_number(segment.last, month):
            return True
    return False


def assigned_days(bundles: Sequence[BundleMonth], won: Won, month: str) -> dict[str, int]:
    """By payee, on how many of the won days it was assigned; a day has one payee, the first of ``bundles``."""
    if len(bundles) == 1 and all(segment.assigned for segment in bundles[0].days):
        return {bundles[0].payee: won.days}
    numbers: dict[str, int] = {}
    for first, last, *_ in won.runs:
        for day in range(first, last + 1):
            for bundle in bundles:
                if assigned_on(bundle, day, month):
                    numbers[bundle.payee] = numbers.get(bundle.payee, 0) + 1
                    break
    return numbers
