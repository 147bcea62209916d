"""What decisions may know beyond their own stream, read for a whole batch at once."""

from __future__ import annotations

from services.charity.views.known.claims import of_claimants, of_love_orders, of_offers
from services.charity.views.known.giving import KNOWN as of_giving
from services.charity.views.known.guards import guards
from services.charity.views.known.love_orders import month_end

__all__ = ["guards", "month_end", "of_claimants", "of_giving", "of_love_orders", "of_offers"]
