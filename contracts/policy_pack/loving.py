"""``[orders.loving]``: who decides what is given, what happens to what nobody claimed, duplicates."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from contracts.policy_pack.entries import Cite
from contracts.values import Count, Name, Value


class Loving(Value):
    """Optional, key by key; what a county does not name has the default that the service documents.

    ``content``: the bureau forms love orders itself, or refers lists of people of which a charity decides, or either
    as the bureau chooses each time.
    ``unclaimed``: what nobody claimed goes to the bureau's desk, is bought, or is bought if a fund can bear it; before
    that the bureau has ``first_bureau_days``. ``bought_by`` is the settlement rule of kind ``agreed`` by which it is
    paid at the price approved for the need, where the tariff prices the item by no unit. ``decide_days``: for a
    charity's decision about a list; ``publish_days``, ``order_days``: behind which the radar tells an unpublished love
    order, and a need without any.
    """

    content: Literal["bureau", "charity", "either"] = "bureau"
    unclaimed: Literal["bureau", "purchase", "purchase_if_borne"] | None = None
    first_bureau_days: Annotated[int, Field(ge=0, le=366)] = 0
    decide_days: Count = 14
    publish_days: Count = 7
    order_days: Count = 15
    bought_by: Name | None = None
    duplicates: Literal["warn", "refuse"] = "warn"
    cite: Cite
