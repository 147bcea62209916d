"""What decisions may know beyond their own stream, read for a whole batch at once."""

from __future__ import annotations

from services.orders.views.known.guards import guards
from services.orders.views.known.months import of_months
from services.orders.views.known.needs import of_needs
from services.orders.views.known.orders import of_orders
from services.orders.views.known.people import of_beneficiaries
from services.orders.views.known.plans import of_plans

__all__ = ["guards", "of_beneficiaries", "of_months", "of_needs", "of_orders", "of_plans"]
