"""Which orders wait for a batch, and until when."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.providers.domain import calendar
from services.providers.domain.matching_rules import Matching
from services.providers.domain.ranking import Order


def run_at(order: Order, at: datetime, matching: Matching, last_run: datetime | None = None) -> datetime | None:
    """The next instant at which the county decides together; None where it does not, or the order cannot wait.

    Runs are every ``after_minutes`` minutes, counted from midnight in Shanghai. An order whose window then has fewer
    than ``least_days_left`` days left, the day of the run among them, is offered at once. ``last_run`` is when a batch
    was last decided: an order that comes late, on a slow bus, waits for the run after it, not for one that is over.
    """
    if not matching.batch:
        return None
    at = max(at, last_run or at)
    midnight = calendar.beginning_of(calendar.day_of(at))
    every = timedelta(minutes=matching.after_minutes)
    run = midnight + ((at - midnight) // every + 1) * every
    left = (order.window_to - max(order.window_from, calendar.day_of(run))).days + 1
    return run if left >= matching.least_days_left else None
