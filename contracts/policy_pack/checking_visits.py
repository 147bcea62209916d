"""``[orders.spot_checks]``: spot checks: strata, commitments, inspectors."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from contracts.policy_pack.entries import Cite
from contracts.values import Many, Percent, Value

Hours = Annotated[int, Field(ge=1, le=720)]


class SpotChecks(Value):
    """Optional, key by key; what a county does not name has the default that the service documents.

    ``strata``: the exact share holds in each combination of these. ``surprise_percent``: the chance that a stratum to
    which nothing is owed in a batch is picked from all the same. ``monthly_on_day``: the list is closed by itself.
    ``commit_hours`` and ``reveal_hours`` are for numbers, ``inspect_within_days`` for an inspection. A stratum fails at
    ``fail_percent`` of its inspections rejected: its rate becomes the next of ``raised``, and falls back by one after
    ``clean_batches``. Who withheld its number more than ``withheld_at_most`` times in a year is not asked any more.
    """

    strata: Many[Literal["township", "provider", "item"]] | None = None
    surprise_percent: Percent | None = None
    inspectors_per: Literal["visit", "township"] | None = None
    monthly_on_day: Annotated[int, Field(ge=1, le=28)] | None = None
    commit_hours: Hours | None = None
    reveal_hours: Hours | None = None
    inspect_within_days: Annotated[int, Field(ge=1, le=92)] | None = None
    fail_percent: Annotated[int, Field(ge=1, le=100)] | None = None
    raised: Annotated[Many[Annotated[int, Field(ge=30, le=100)]], Field(min_length=1)] | None = None
    clean_batches: Annotated[int, Field(ge=1, le=12)] | None = None
    withheld_at_most: Annotated[int, Field(ge=0, le=12)] | None = None
    own_township_barred: bool | None = None
    cite: Cite
