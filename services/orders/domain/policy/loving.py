"""``[orders.loving]``: who decides what a love order gives, what happens to what nobody claimed, and duplicates.

A pack without the section leaves content to the bureau, lets ``[orders.love_order] fallback`` say what happens to an
unclaimed order, and warns of duplicates. All days are calendar days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class LovingRules:
    """``content``: the bureau, the charity, or either. ``unclaimed`` is empty where the section does not say it;
    ``from_declared``: only of needs that the township confirmed after the village had been there (paper 003, part 2 (3)
    item 4: 经乡镇、村工作人员排查、申报).

    ``bought_by``: the tariff's rule by which what is bought is paid as agreed, where no rule prices its unit.
    ``first_bureau_days``: so long an unclaimed order waits for the bureau before it is bought by itself.
    ``decide_days``: so long a charity decides about a list; ``publish_days``: about publishing; ``order_days``: so long
    a need approved for charity may be without an order. The latter two are for the radar alone.
    """

    content: str = "bureau"
    unclaimed: str = ""
    bought_by: str = ""
    first_bureau_days: int = 0
    decide_days: int = 14
    publish_days: int = 7
    order_days: int = 15
    duplicates: str = "warn"
    from_declared: bool = False


def read_loving(orders: Mapping[str, Any]) -> LovingRules:
    """The section, key by key, or the defaults."""
    entry: Mapping[str, Any] = orders.get("loving") or {}
    named = {key: value for key, value in entry.items() if key != "cite" and value}
    return LovingRules(**named, from_declared=orders["love_order"]["from_needs"] == "declared")
