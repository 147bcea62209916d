"""What decisions may know beyond their own stream, read for a whole batch at once."""

from __future__ import annotations

from services.orders.views.known.appeals import of_appeals
from services.orders.views.known.complaints import of_complaints
from services.orders.views.known.contacts import (
    of_care,
    of_contacts,
    of_duties,
    of_errands,
    of_pairs,
    of_rounds,
)
from services.orders.views.known.guards import guards
from services.orders.views.known.households import of_households
from services.orders.views.known.loving import of_referrals
from services.orders.views.known.months import of_months
from services.orders.views.known.needs import of_forwardings, of_needs
from services.orders.views.known.orders import of_orders
from services.orders.views.known.people import of_beneficiaries
from services.orders.views.known.plans import of_plans
from services.orders.views.known.prospects import of_prospects
from services.orders.views.known.spot_checks import of_batches, of_calendars, of_inspections, of_spot_years

__all__ = [
    "guards",
    "of_appeals",
    "of_batches",
    "of_beneficiaries",
    "of_calendars",
    "of_care",
    "of_complaints",
    "of_contacts",
    "of_duties",
    "of_errands",
    "of_forwardings",
    "of_households",
    "of_inspections",
    "of_months",
    "of_needs",
    "of_orders",
    "of_pairs",
    "of_plans",
    "of_prospects",
    "of_referrals",
    "of_rounds",
    "of_spot_years",
]
