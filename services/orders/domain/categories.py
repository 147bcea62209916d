"""Which categories a person has on a day, and why: recorded by hand, attested, the household's, or by rule.

What follows is reckoned once, when a fact becomes known, for all days to come: certificates end, children grow up,
people turn 60, 80, 90 on days that are known. The outcome stands in an event, so replay reckons nothing again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from services.orders.domain.days import ONE_DAY, birthday_in, completed_years
from services.orders.domain.policy import Policy, in_force
from services.orders.domain.policy.conditions import OLDEST
from services.orders.domain.status import Status, status_on


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """A fact that a department attests, from a day on and perhaps to one; ``sha256`` is the digest of its picture."""

    kind: str
    valid_from: date
    valid_to: date | None
    sha256: str = ""

    def valid_on(self, day: date) -> bool:
        """Whether it is valid on ``day``."""
        return self.valid_from <= day <= (self.valid_to or date.max)


@dataclass(frozen=True, kw_only=True)
class Group:
    """A category that a household had while the person was a member of it; ``grade`` is dibao's A, B or C."""

    household: str
    category: str
    grade: str
    from_day: date
    to_day: date | None

    def holds_on(self, day: date) -> bool:
        """Whether it holds on ``day``."""
        return self.from_day <= day <= (self.to_day or date.max)


@dataclass(frozen=True, kw_only=True)
class Derived:
    """A category for some days, and why: ``source`` is the certificate's kind, the household's id or the rule's."""

    category: str
    reason: str
    source: str
    from_day: date
    to_day: date | None

    def holds_on(self, day: date) -> bool:
        """Whether it holds on ``day``."""
        return self.from_day <= day <= (self.to_day or date.max)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that categories follow from."""

    born: date
    recorded: tuple[Status, ...]
    certificates: tuple[Certificate, ...] = ()
    groups: tuple[Group, ...] = ()


Why = tuple[str, str, str]
"""Category, reason, source."""


def categories_on(facts: Facts, day: date, policy: Policy) -> frozenset[Why]:
    """What the person has on ``day`` beyond what is recorded, by the rules of ``policy``."""
    attested = {one.kind for one in facts.certificates if one.valid_on(day)}
    given = policy.people.certificates
    found = {(given[kind], "certificate", kind) for kind in attested if given.get(kind)}
    found |= {(one.category, "household", one.household) for one in facts.groups if one.holds_on(day)}
    status = status_on(facts.recorded, day)
    base = {*status.categories, *(category for category, _, _ in found)}
    age = completed_years(facts.born, day)
    found |= {
        (rule.gives, "rule", rule.id)
        for rule in policy.people.rules
        if rule.when.holds(status.tier, base, attested, age)
    }
    return frozenset(found)


def screened(facts: Facts, day: date, policy: Policy) -> tuple[str, ...]:
    """The screening rules that hold for the person on ``day``: who may be eligible, and should be assessed."""
    if day < facts.born:
        return ()
    status = status_on(facts.recorded, day)
    categories = {*status.categories, *(category for category, _, _ in categories_on(facts, day, policy))}
    attested = {one.kind for one in facts.certificates if one.valid_on(day)}
    asked = (status.tier, categories, attested, completed_years(facts.born, day))
    return tuple(rule.id for rule in policy.people.screening if rule.when.holds(*asked))


def derive(facts: Facts, policies: Iterable[Policy]) -> tuple[Derived, ...]:
    """Every category that follows, for every day from birth on, as spans that do not touch."""
    adopted = tuple(policies)
    if not adopted:
        return ()
    days = _turning_days(facts, adopted)
    open_spans: dict[Why, date] = {}
    spans = []
    for day in days:
        holding = categories_on(facts, day, in_force(adopted, day))
        ended = [why for why in open_spans if why not in holding]
        spans += [_span(why, open_spans.pop(why), day - ONE_DAY) for why in ended]
        for why in holding:
            open_spans.setdefault(why, day)
    spans += [_span(why, begun, None) for why, begun in open_spans.items()]
    return tuple(sorted(spans, key=lambda span: (span.from_day, span.category, span.reason, span.source)))


def effective(recorded: tuple[Status, ...], derived: tuple[Derived, ...]) -> tuple[Status, ...]:
    """The status day by day that tariffs look at: what is recorded, and what follows besides."""
    if not derived:
        return recorded
    days = {status.from_day for status in recorded} | {span.from_day for span in derived}
    days |= {span.to_day + ONE_DAY for span in derived if span.to_day is not None}
    statuses: list[Status] = []
    for day in sorted(days):
        base = status_on(recorded, day)
        following = {span.category for span in derived if span.holds_on(day)}
        status = replace(base, from_day=day, categories=tuple(sorted({*base.categories, *following})))
        if not statuses or (statuses[-1].tier, statuses[-1].categories) != (status.tier, status.categories):
            statuses.append(status)
    return tuple(statuses)


def _span(why: Why, begun: date, last: date | None) -> Derived:
    category, reason, source = why
    return Derived(category=category, reason=reason, source=source, from_day=begun, to_day=last)


def _turning_days(facts: Facts, policies: tuple[Policy, ...]) -> list[date]:
    """The days on which something may change, beginning with birth."""
    days = {status.from_day for status in facts.recorded} | {policy.effective_from for policy in policies}
    for begun, last in (
        *((one.valid_from, one.valid_to) for one in facts.certificates),
        *((one.from_day, one.to_day) for one in facts.groups),
    ):
        days |= {begun} if last is None else {begun, last + ONE_DAY}
    days |= {birthday_in(facts.born, facts.born.year + age) for age in _ages(policies)}
    return sorted({max(day, facts.born) for day in days} | {facts.born})


def _ages(policies: tuple[Policy, ...]) -> set[int]:
    limits = [rule.when for policy in policies for rule in policy.people.rules]
    return {limit.min_age for limit in limits} | {limit.max_age + 1 for limit in limits if limit.max_age < OLDEST}


def names_of(categories: Iterable[str], policy: Policy) -> Mapping[str, str]:
    """What the policy calls these categories; its id where it names none any more (A6: names change, codes stay)."""
    named = policy.people.categories
    return {id: named[id].name if id in named else id for id in categories}
