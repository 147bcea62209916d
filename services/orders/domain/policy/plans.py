"""What a county's pack says of plans: ``[orders.plans]``, with the defaults that hold where the pack names none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class PlanRules:
    """``agreement_required``: a plan starts only once the person or the guardian has signed it. ``nobody``: what may
    be decided where no provider is found. ``emergency_days``: the longest window of an order for short emergency care.
    items for which the provider's plan of service is agreed first. ``refresh_months``: how old measures may grow.
    """

    agreement_required: bool = False
    nobody: frozenset[str] = frozenset({"search_again", "love_order"})
    emergency_days: int = 15
    half_year_months: tuple[int, ...] = (6, 12)
    phase_out_months: int = 6
    service_plan_items: frozenset[str] = frozenset()
    refresh_months: int = 1


USUAL = PlanRules()


def read_plans(orders: Mapping[str, Any]) -> PlanRules:
    """``[orders.plans]`` and the rhythm of ``[orders.refresh]``."""
    plans = orders.get("plans", {})
    return PlanRules(
        agreement_required=plans.get("agreement", "optional") == "required",
        nobody=frozenset(plans.get("nobody", USUAL.nobody)),
        emergency_days=plans.get("emergency_days", USUAL.emergency_days),
        half_year_months=tuple(plans.get("half_year_months", USUAL.half_year_months)),
        phase_out_months=plans.get("phase_out_months", USUAL.phase_out_months),
        service_plan_items=frozenset(plans.get("service_plan_items", ())),
        refresh_months=orders["refresh"]["measures_every_months"],
    )
