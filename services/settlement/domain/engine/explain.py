"""Why this amount: what stands behind the lines of one payee, rule and person in a month.

Kept apart from ``settle``, which computes without remembering reasons. The facts are narrowed to the person first,
so an explanation costs no more than one person's month; the amounts are those of the statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.settlement.domain.engine import days
from services.settlement.domain.engine.allowances import paid_runs
from services.settlement.domain.engine.answer import Answer, Line
from services.settlement.domain.engine.bundles import counting, plan_required
from services.settlement.domain.engine.escorts import by_person, held_days
from services.settlement.domain.engine.facts import Fact, NeighbourService, Ruling, Service
from services.settlement.domain.engine.log import Bounds, Log
from services.settlement.domain.engine.month import lines
from services.settlement.domain.engine.tariff import Rule, SettlementPolicy
from services.settlement.domain.engine.terms import Terms
from services.settlement.domain.engine.timeline import Run, Won, timeline
from services.settlement.domain.engine.versions import Known, Shelf
from services.settlement.domain.engine.view import View, stays_before, view


@dataclass(frozen=True, kw_only=True)
class Days:
    """Days of a rule, ``first`` to ``last``, at one rate (a full month's, or a day's for escorts) of one version."""

    first: str
    last: str
    version: str
    rate_fen: int


@dataclass(frozen=True, kw_only=True)
class ItemCount:
    """A quantified item: how many were required, how many counted, and how many of these were the payee's."""

    item: str
    required: int
    counted: int
    counted_for_payee: int


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """``fen`` is the sum of ``lines``; ``cites`` are the papers by version; ``facts`` the ids that made it."""

    month: str
    payee: str
    rule: str
    person: str | None
    fen: int
    lines: tuple[Line, ...]
    cites: tuple[tuple[str, str], ...]
    days: tuple[Days, ...]
    items: tuple[ItemCount, ...]
    facts: tuple[str, ...]
    rulings: tuple[str, ...]


def explain(
    facts: Iterable[Fact],
    policies: Sequence[SettlementPolicy],
    month: str,
    closed: Iterable[Answer] | None,
    payee: str,
    rule: str,
    person: str | None,
) -> Explanation:
    """The reasons for what ``payee`` gets under ``rule`` for ``person`` (None: a rule without persons) in ``month``.

    A month that ``closed`` holds is explained as it was closed, with the versions of its certificate.
    """
    log = Log.of(fact for fact in facts if _concerns(fact, payee, person))
    shelf = Shelf.of(policies, log.adoptions)
    bounds = log.bounds(month)
    terms = Terms(_known(shelf, month, closed or (), bounds), month)
    seen = view(log, month, bounds)
    book = lines(seen, stays_before(log, month, bounds), terms)
    found = tuple(
        line
        for account, some in sorted(book.lines.items())
        for line in some
        if account[0] == payee and line.rule == rule and line.person == person
    )
    spans, items, ids = _reasons(log, bounds, seen, terms, payee, rule, person)
    named = {*ids, *(line.fact for line in found if line.fact is not None)}
    rulings = {r.id for r in log.months[month].rulings if r.fact in named or r.id in named}
    return Explanation(
        month=month,
        payee=payee,
        rule=rule,
        person=person,
        fen=sum(line.fen for line in found),
        lines=found,
        cites=_cites(terms.known, rule, spans, terms),
        days=spans,
        items=items,
        facts=tuple(sorted(named)),
        rulings=tuple(sorted(rulings)),
    )


def _concerns(fact: Fact, payee: str, person: str | None) -> bool:
    if isinstance(fact, NeighbourService):
        return person is None and fact.payee == payee
    if isinstance(fact, Ruling):
        return fact.fact is not None or fact.person == person
    return getattr(fact, "person", person) == person


def _known(shelf: Shelf, month: str, closed: Iterable[Answer], bounds: Bounds) -> Known:
    for answer in closed:
        if answer.month == month:
            return Known(policy for policy, _ in shelf.versions if policy.version in answer.policies)
    return shelf.known(bounds)


def _reasons(
    log: Log, bounds: Bounds, seen: View, terms: Terms, payee: str, rule: str, person: str | None
) -> tuple[tuple[Days, ...], tuple[ItemCount, ...], set[str]]:
    """Days, items and fact ids, by the kind of rule that made the lines."""
    ids: set[str] = set()
    spans: list[Days] = []
    items: tuple[ItemCount, ...] = ()
    bundles = seen.bundles.get(person or "", [])
    for won in timeline(terms, bundles[0].days).won if bundles else ():
        if won.rule.id == rule:
            ids |= {bundle.id for bundle in bundles}
            spans += _of_runs(won.runs, terms.month)
            items, served = _of_bundle(won, seen, terms, payee, person or "")
            ids |= served
    for fact in seen.allowances:
        runs = paid_runs(fact, terms).get(rule, []) if fact.payee == payee else []
        spans += _of_runs(runs, terms.month)
    earlier = by_person(stays_before(log, terms.month, bounds))
    for one in held_days(seen.escorts, earlier.get(person or "", []), terms.known) if seen.escorts else ():
        if one.rule == rule and one.fact.payee == payee:
            text = days.day_text(one.day)
            version = terms.known.on(text)
            spans.append(Days(first=text, last=text, version=version.version if version else "", rate_fen=one.rate_fen))
    ids |= {fact.id for fact in seen.neighbours if person is None and _neighbour_rule(terms, fact) == rule}
    return tuple(spans), items, ids


def _neighbour_rule(terms: Terms, fact: NeighbourService) -> str | None:
    rule = terms.known.first_on("per_year_units", fact.day)
    return rule.id if rule else None


def _of_runs(runs: Iterable[Run], month: str) -> list[Days]:
    return [
        Days(first=f"{month}-{first:02d}", last=f"{month}-{last:02d}", version=version, rate_fen=rate)
        for first, last, _, rate, version in runs
    ]


def _of_bundle(won: Won, seen: View, terms: Terms, payee: str, person: str) -> tuple[tuple[ItemCount, ...], set[str]]:
    needs = won.needed(plan_required(seen.bundles[person]))
    claims: dict[tuple[str, str], list[Service]] = {}
    for service in seen.services.get(person, ()):
        if service.units and any(first <= int(service.day[8:10]) <= last for first, last, *_ in won.runs):
            claims.setdefault((won.rule.id, service.item), []).append(service)
    counted = counting(won, needs, claims).counted
    items = tuple(
        ItemCount(
            item=item,
            required=need,
            counted=sum(1 for service in counted if service.item == item),
            counted_for_payee=sum(1 for service in counted if service.item == item and service.payee == payee),
        )
        for item, need in needs.items()
    )
    listed = {s.id for some in claims.values() for s in some if s.item in won.listed and s.item not in needs}
    return items, {service.id for service in counted} | listed


def _cites(known: Known, rule: str, spans: Sequence[Days], terms: Terms) -> tuple[tuple[str, str], ...]:
    """By version that counted, the paper that the rule cites; without days, that of the month's last day."""
    versions = {span.version for span in spans}
    rules: list[tuple[str, Rule]] = [
        (policy.version, one) for policy in known.policies for one in policy.rules if one.id == rule
    ]
    cited = [(version, one.cite) for version, one in rules if version in versions]
    last = terms.rule(rule)
    if cited or last is None:
        return tuple(cited)
    return tuple((version, one.cite) for version, one in rules if one == last)[-1:]
