"""What a plan's month means for each payee: segments, and which items the plan gives less often than is usual.

``required`` names an item only where the plan gives it less often than the programme the person is entitled to, so
that nobody is paid less for care that was not needed (S6).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.orders.domain.days import completed_years
from services.orders.domain.planned import Planned, slots
from services.orders.domain.policy import GOODS, Policy
from services.orders.domain.segments import Life, Segment, payees_of, segments
from services.orders.domain.status import status_on

Required = tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """A person's month with one payee. No days: the payee has no part in the month after all."""

    payee: UUID
    days: tuple[Segment, ...]
    required: Required


def bundles(
    life: Life, month: str, items: Sequence[Planned], policy: Policy, told: Iterable[Bundle]
) -> tuple[Bundle, ...]:
    """The bundles of ``month``, by payee; who was told before keeps one, even if without assignment now."""
    payees = {*payees_of(life, month), *(bundle.payee for bundle in told)}
    less = required(life, month, items, policy)
    return tuple(
        Bundle(payee=payee, days=segments(life, month, payee), required=less) for payee in sorted(payees, key=str)
    )


def required(life: Life, month: str, items: Sequence[Planned], policy: Policy) -> Required:
    """Item and number of times in ``month``, for items that the plan gives less often than the person's programme."""
    days = life.days_in(month)
    if days is None:
        return ()
    first, last = days
    status, age = status_on(life.statuses, first), completed_years(life.born, first)
    usual: dict[str, int] = {}
    for programme in policy.programmes:
        if programme.is_for(status.tier, status.categories, age, first):
            usual |= programme.usual
    planned: dict[str, int] = {}
    for item in items:
        if item.kind == "purchase":
            planned[item.item] = planned.get(item.item, 0) + item.times_per_month
    return tuple(
        (item, sum(first <= slot.counted_on <= last for slot in slots(month, planned[item])) if item in planned else 0)
        for item, times in sorted(usual.items())
        if planned.get(item, 0) < times and item in policy.items and policy.items[item].group != GOODS
    )
