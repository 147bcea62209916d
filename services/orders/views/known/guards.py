"""What a decision reads that another stream changes: two such decisions never share a batch."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from chassis import policies
from chassis.service import Step
from services.orders.domain import beneficiary, need, order


def guards(step: Step, _state: Any) -> Iterable[str]:
    """Two registrations of one person, two packs, a love order and its need's approval: never decided unseen."""
    match step.command:
        case beneficiary.Register() as register:
            return (f"person:{register.person.id_index}",)
        case order.FormLove() as form:
            return (f"need:{form.need_id}",)
        case need.Assess():
            return (f"need:{step.stream}",)
    return policies.guards(step)
