"""What follows by itself: at once in the same transaction (steps), or when its time comes (dues)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from chassis.policies import Adopted
from chassis.service import Due, Recorded, Step, WhenDue
from services.orders.domain import (
    beneficiary,
    care,
    contact,
    duty,
    duty_month,
    duty_round,
    errand,
    forwarding,
    household,
    month,
    need,
    order,
    pair,
    plan,
    prospect,
)
from services.orders.reactions import (
    complaints,
    contacts,
    desk,
    files,
    loving,
    months,
    needs,
    orders,
    people,
    plans,
    spot_checks,
)

OF: Mapping[type[Any], Callable[[Recorded, Any], Iterable[Due | Step]]] = {
    need.Need: needs.of_a_need,
    forwarding.Forwarding: needs.of_a_forwarding,
    beneficiary.Beneficiary: people.of_a_person,
    plan.Plan: plans.of_a_plan,
    order.Order: orders.of_an_order,
    month.Month: months.of_a_month,
    household.Household: files.of_a_household,
    prospect.Prospect: files.of_a_prospect,
}
WHEN_DUE: Mapping[str, WhenDue] = {
    **needs.WHEN_DUE,
    **plans.WHEN_DUE,
    **orders.WHEN_DUE,
    **months.WHEN_DUE,
    **people.WHEN_DUE,
    **files.WHEN_DUE,
    **contacts.WHEN_DUE,
    **loving.WHEN_DUE,
    **desk.WHEN_DUE,
    **spot_checks.WHEN_DUE,
    **complaints.WHEN_DUE,
}
BESIDE: Mapping[type[Any], Callable[[Recorded, Any], Iterable[Due | Step]]] = {
    Adopted: contacts.of_a_policy,
    need.Need: files.watched,
    beneficiary.Beneficiary: contacts.of_a_person,
    plan.Plan: contacts.of_a_plan,
    duty_round.Round: contacts.of_a_round,
    duty.Duty: contacts.of_a_duty,
    duty_month.DutyMonth: contacts.of_a_month,
    contact.Recorded: contacts.of_a_contact,
    errand.Errand: contacts.of_an_errand,
    pair.Pair: contacts.of_a_pair,
    care.Care: contacts.of_a_care,
}
"""What duties, contacts, care and the watch list make of it, after the rest."""


def reactions(recorded: Recorded, state: Any) -> Iterable[Due | Step]:
    """Needs become plans, plans become orders, what the register learns reaches the plan, seals are tried again."""
    for following in (OF, BESIDE):
        if follows := following.get(type(state)):
            yield from follows(recorded, state)
    for theme in (loving.of_loving, desk.of_desk, spot_checks.of_spot_checks, complaints.of_complaints):
        yield from theme(recorded, state)
