"""What a plan's month means for each payee: segments, and which items are asked for less often than is usual.

``required`` names an item only where the plan asks for it less often, on its days of the month, than the programme the
person is entitled to would, so that nobody is paid less for care that was not needed (S6); and half-yearly items in the
month in which the plan gives them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.orders.domain.days import completed_years
from services.orders.domain.place import Home, home_on
from services.orders.domain.planned import slots
from services.orders.domain.policy import GOODS, Policy
from services.orders.domain.segments import Life, Segment, payees_of, segments
from services.orders.domain.status import status_on

Required = tuple[tuple[str, int], ...]
Counts = Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """A person's month with one payee. No days: the payee has no part in the month after all.

    ``township`` is where the person lived on the last day the payee was assigned; empty where that
    is the first home.
    """

    payee: UUID
    days: tuple[Segment, ...]
    required: Required
    township: str = ""


def bundles(
    life: Life, homes: tuple[Home, ...], month: str, required: Required, told: Iterable[Bundle]
) -> tuple[Bundle, ...]:
    """The bundles of ``month``, by payee; who was told before keeps one, even if without assignment now."""
    payees = {*payees_of(life, month), *(bundle.payee for bundle in told)}
    return tuple(
        Bundle(
            payee=payee,
            days=(days := segments(life, month, payee)),
            required=required,
            township=_township(homes, days),
        )
        for payee in sorted(payees, key=str)
    )


def _township(homes: tuple[Home, ...], days: tuple[Segment, ...]) -> str:
    if not days:
        return ""
    assigned = [segment.last for segment in days if segment.assigned]
    home = home_on(homes, assigned[-1] if assigned else days[-1].last)
    return "" if home == homes[0] else home.township


def required(life: Life, month: str, asked: Counts, half_yearly: Counts, policy: Policy) -> Required:
    """Item and number of times in ``month``: ``asked`` are the slots asked for by item, half-yearly ones apart."""
    days = life.days_in(month)
    if days is None:
        return ()
    first, last = days
    usual = usual_on(life, first, policy)
    less = {
        item: asked.get(item, 0)
        for item, times in usual.items()
        if item in policy.items
        and policy.items[item].group != GOODS
        and asked.get(item, 0) < sum(first <= slot.counted_on <= last for slot in slots(month, times))
    }
    return tuple(sorted({**less, **half_yearly}.items()))


def usual_on(life: Life, day: date, policy: Policy) -> Counts:
    """How often a month the programmes that the person has on ``day`` usually give which item."""
    status, age = status_on(life.statuses, day), completed_years(life.born, day)
    usual: dict[str, int] = {}
    for programme in policy.programmes:
        if programme.is_for(status.tier, status.categories, age, day):
            usual |= programme.usual
    return usual


def entitled_on(life: Life, day: date, policy: Policy) -> bool:
    """Whether some programme is for the person on ``day`` (paper 000, part 3: who is no longer entitled leaves)."""
    status, age = status_on(life.statuses, day), completed_years(life.born, day)
    return any(programme.is_for(status.tier, status.categories, age, day) for programme in policy.programmes)
