"""``[charity.fairness]``: what keeps claiming fair beyond holds and quota."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from contracts.policy_pack.entries import Cite
from contracts.values import Age, Count, Many, Name, Value


class Fairness(Value):
    """Optional, key by key; what a county does not name has the default that the service documents.

    ``quota_relaxed`` claims at once for an order that can be claimed for at most ``relax_within_hours`` more. After
    ``no_show_limit`` no-shows within ``no_show_days`` a claimant may have ``no_show_quota`` claims open. Nobody younger
    than ``least_age`` claims, a minor only with a guardian's consent; who claims one of ``suitability_items`` has been
    assessed for it. The hall shows where an order is by ``hall_place``, of ``township_only_items`` the township only.
    """

    quota_relaxed: Count | None = None
    relax_within_hours: Count | None = None
    no_show_limit: Count | None = None
    no_show_days: Count | None = None
    no_show_quota: Annotated[int, Field(ge=0, le=1000)] | None = None
    least_age: Age | None = None
    suitability_items: Many[Name] | None = None
    hall_place: Literal["village", "township"] | None = None
    township_only_items: Many[Name] | None = None
    cite: Cite
