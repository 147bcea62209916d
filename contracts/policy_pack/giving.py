"""``[charity.giving]``: donations, pledges, village funds, receipts and certificates."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from contracts.policy_pack.entries import Cite
from contracts.values import Count, Many, Name, Value


class Minutes(Value):
    """How many minutes a piece of an item counts in the volunteer record, where the claimant reports none."""

    item: Name
    minutes: Annotated[int, Field(ge=1, le=100_000)]
    cite: Cite


class Giving(Value):
    """Optional, key by key; what a county does not name has the default that the service documents.

    A pledge that is not paid in ``pledge_days`` (30) lapses; the honour list of a year holds who agreed and did at
    least ``honour_minutes`` (0).
    """

    pledge_days: Count | None = None
    honour_minutes: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    minutes: Many[Minutes] = ()
    cite: Cite
