"""What follows by itself: at once in the same transaction (steps), or when its time comes (dues)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from chassis.service import Due, Recorded, Step, WhenDue
from services.orders.domain import beneficiary, month, need, order, plan
from services.orders.reactions import months, needs, orders, people, plans

OF: Mapping[type[Any], Callable[[Recorded, Any], Iterable[Due | Step]]] = {
    need.Need: needs.of_a_need,
    beneficiary.Beneficiary: people.of_a_person,
    plan.Plan: plans.of_a_plan,
    order.Order: orders.of_an_order,
    month.Month: months.of_a_month,
}
WHEN_DUE: Mapping[str, WhenDue] = {**plans.WHEN_DUE, **orders.WHEN_DUE, **months.WHEN_DUE}


def reactions(recorded: Recorded, state: Any) -> Iterable[Due | Step]:
    """Needs become plans, plans become orders, what the register learns reaches the plan, seals are tried again."""
    follows = OF.get(type(state))
    return follows(recorded, state) if follows else ()
