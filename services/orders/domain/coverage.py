"""Who should be served and is not, and who is served twice: what the radar finds about one person on a day.

Omission (遗漏), incompleteness, duplicates (重复覆盖) and service that should have ended, each with a code:

    no_plan              entitled to a programme, and no plan is drawn or running
    plan_not_started     entitled, drawn, and not begun within the days the county gives
    no_notice            served without a notice in the village
    no_provider          served by nobody yet: no provider has taken an order of the plan
    gives_less           the plan gives an item less often than the programme usually does
    not_entitled         a plan runs for somebody who has no category any more, or has died
    two_plans            two plans run for one person
    item_twice           one plan gives the same item in two places
    programmes_exclude   entitled to two programmes of which a person has one at a time
    two_providers        two providers took the same item for overlapping days

Paper 000, part 2 (1) (all entitled are served, who no longer is leaves); paper 003, part 2 (5) item 11 (neither
omitted nor covered twice). A finding is a question to be looked into, not a judgement: less may be given because less
was needed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from services.orders.domain.days import completed_years
from services.orders.domain.policy import Policy, Programme
from services.orders.domain.status import Tier

Code = Literal[
    "no_plan", "plan_not_started", "no_notice", "no_provider", "gives_less", "not_entitled", "two_plans", "item_twice",
    "programmes_exclude", "two_providers",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Running:
    """A plan that is drawn or started and not over: its items as (item, times a month); ``bought`` where a provider is
    assigned, which goods need not have."""

    id: UUID
    started: bool
    drawn_on: date
    from_day: date | None
    notice_on: date | None
    provider: UUID | None
    items: tuple[tuple[str, int], ...]
    bought: bool = True


@dataclass(frozen=True, kw_only=True)
class Taken:
    """An order of the person that somebody took: what, by whom, between which days."""

    item: str
    provider: UUID
    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What is known of a person on the day that is looked at; ``orders`` are the taken ones around it."""

    born: date
    died: bool
    tier: Tier
    categories: tuple[str, ...]
    plans: tuple[Running, ...] = ()
    orders: tuple[Taken, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A code, and what it is about; ``given`` and ``usual`` are times a month."""

    code: Code
    programme: str = ""
    item: str = ""
    plan: UUID | None = None
    given: int | None = None
    usual: int | None = None


def findings(person: Looked, policy: Policy, day: date) -> tuple[Finding, ...]:
    """Everything found about ``person`` on ``day``, in the order of the codes."""
    programmes = () if person.died else entitled(person, policy, day)
    started = tuple(plan for plan in person.plans if plan.started)
    return (
        *_omitted(person, programmes, policy, day),
        *_incomplete(started, programmes),
        *_left_over(person, started),
        *_twice(person, started, programmes, policy),
    )


def entitled(person: Looked, policy: Policy, day: date) -> tuple[Programme, ...]:
    """The programmes of ``day`` for this tier, these categories and this age."""
    age = completed_years(person.born, day)
    return tuple(one for one in policy.entitlements if one.is_for(person.tier, person.categories, age, day))


def _omitted(person: Looked, programmes: Sequence[Programme], policy: Policy, day: date) -> Iterator[Finding]:
    if programmes and not person.plans:
        yield from (Finding(code="no_plan", programme=one.id) for one in programmes)
    patience = timedelta(days=policy.ledgers.notice_days + policy.ledgers.start_days)
    for plan in person.plans:
        if not plan.started and plan.drawn_on + patience < day:
            yield Finding(code="plan_not_started", plan=plan.id)
        if plan.started and plan.notice_on is None:
            yield Finding(code="no_notice", plan=plan.id)
        begun = plan.from_day is not None and plan.from_day <= day
        if plan.started and begun and plan.bought and plan.provider is None:
            yield Finding(code="no_provider", plan=plan.id)


def _incomplete(started: Sequence[Running], programmes: Sequence[Programme]) -> Iterator[Finding]:
    """All plans together against each programme."""
    if not started:
        return
    given: Counter[str] = Counter()
    for plan in started:
        for item, times in plan.items:
            given[item] += times
    for programme in programmes:
        for item, usual in sorted(programme.usual.items()):
            if given[item] < usual:
                yield Finding(code="gives_less", programme=programme.id, item=item, given=given[item], usual=usual)


def _left_over(person: Looked, started: Sequence[Running]) -> Iterator[Finding]:
    if person.died or not person.categories:
        yield from (Finding(code="not_entitled", plan=plan.id) for plan in started)


def _twice(
    person: Looked, started: Sequence[Running], programmes: Sequence[Programme], policy: Policy
) -> Iterator[Finding]:
    yield from (Finding(code="two_plans", plan=plan.id) for plan in started[1:])
    for plan in started:
        times = Counter(item for item, _ in plan.items)
        yield from (Finding(code="item_twice", plan=plan.id, item=item) for item in sorted(times) if times[item] > 1)
    names = {one.id for one in programmes}
    for together in policy.ledgers.exclusive:
        yield from (Finding(code="programmes_exclude", programme=one) for one in sorted(names & together)[1:])
    yield from (Finding(code="two_providers", item=item) for item in _served_by_two(person.orders))


def _served_by_two(orders: Sequence[Taken]) -> list[str]:
    """Items that two providers took for days that overlap."""
    found = set()
    for number, one in enumerate(orders):
        for other in orders[number + 1 :]:
            overlap = one.first <= other.last and other.first <= one.last
            if one.item == other.item and one.provider != other.provider and overlap:
                found.add(one.item)
    return sorted(found)
