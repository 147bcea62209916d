"""``[providers.visits]``: what a visit is proved with, how often a code may be tried, how late a report may come."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from contracts.policy_pack.entries import Cite
from contracts.values import Count, Name, Value

Photos = Annotated[int, Field(ge=0, le=20)]


class Visits(Value):
    """Optional, key by key; what a county does not name stays as it was before there was this section.

    ``goods`` says for an item that is handed over what one unit of it consists of: ``bread = { bag = 1 }``. Without
    ``code_tries`` a one-time code is noted and not checked; without ``longest_days_late`` a report is never too old.
    """

    photos: Photos = 0
    photos_by_item: dict[Name, Photos] = Field(default_factory=dict)
    code_tries: Annotated[int, Field(ge=1, le=10)] | None = None
    longest_days_late: Count | None = None
    start_tolerance_minutes: Annotated[int, Field(ge=1, le=1440)] | None = None
    unended_after_hours: Annotated[int, Field(ge=1, le=24)] | None = None
    goods: dict[Name, Annotated[dict[Name, Count], Field(min_length=1)]] = Field(default_factory=dict)
    cite: Cite
