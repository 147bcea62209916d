"""How a plan's month with a payee is told."""

from __future__ import annotations

from contracts import orders as told
from contracts.facts import BundleDays, BundleMonthFact
from services.orders.domain import counting, plan
from services.orders.domain.segments import Segment


def bundle_month(event: plan.MonthCounted, bundle: counting.Bundle, state: plan.Plan) -> told.BundleMonth:
    fact = BundleMonthFact(
        month=event.month,
        payee=str(bundle.payee),
        purchaser=event.purchaser,
        township=bundle.township or state.homes[0].township,
        person=str(state.person),
        days=tuple(_days(segment) for segment in bundle.days),
        required=dict(bundle.required) or None,
    )
    return told.BundleMonth(at=event.at, plan_id=state.plan_id, fact=fact)


def _days(segment: Segment) -> BundleDays:
    return BundleDays(
        from_day=segment.first,
        to_day=segment.last,
        tier=segment.tier,
        categories=segment.categories,
        age=segment.age,
        assigned=segment.assigned,
        hospital=True if segment.hospital else None,
    )
