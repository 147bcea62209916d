"""``[orders.plans]``: how plans are agreed to and phased out, and what is decided where nobody serves."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from contracts.policy_pack.entries import Cite
from contracts.values import Count, Many, Name, Value

CalendarMonth = Annotated[int, Field(ge=1, le=12)]


class Plans(Value):
    """``agreement``: whether a plan starts only once it is signed. ``nobody``: what may be decided about an order that
    no provider takes. ``emergency_days``: the longest window of an order for short emergency care.
    ``half_year_months``: the month of each half of the year in which half-yearly items are given.
    ``phase_out_months``: the longest phase-out. ``service_plan_items``: items for which the provider's plan of service
    is agreed before anything is ordered.
    """

    agreement: Literal["required", "optional"] = "optional"
    nobody: Annotated[Many[Literal["search_again", "love_order"]], Field(min_length=1)] = ("search_again", "love_order")
    emergency_days: Annotated[int, Field(ge=1, le=92)] = 15
    half_year_months: Annotated[Many[CalendarMonth], Field(min_length=2, max_length=2)] = (6, 12)
    phase_out_months: Annotated[Count, Field(le=6)] = 6
    service_plan_items: Many[Name] = ()
    cite: Cite
