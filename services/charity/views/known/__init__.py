"""What decisions may know beyond their own stream, read for a whole batch at once."""

from __future__ import annotations

from services.charity.views.known.love_orders import month_end, quota, terms

__all__ = ["month_end", "quota", "terms"]
