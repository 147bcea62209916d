"""``[providers.exceptions]``: when a visit is odd, and how that may be answered."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from contracts.policy_pack.entries import Cite
from contracts.values import Code, Count, Many, Name, Value, Village

OfPersons = Literal[
    "outside_window", "off_schedule", "too_short", "too_long", "out_of_reach", "overlap_worker", "impossible_travel",
    "photo_reused", "photo_alike", "photo_out_of_time", "proof_missing", "photos_missing",
    "register_line_missing", "receipt_missing", "goods_untold", "goods_short", "goods_more", "worker_unqualified",
    "worker_untrained",
    "identical_minutes", "place_doubtful",
]  # fmt: skip
"""What a person did: amber or red."""
OfTechnique = Literal[
    "place_missing", "code_missing", "code_wrong", "reported_late", "clock_skewed", "sequence_gap",
]  # fmt: skip
"""What technique failed to deliver: amber or grey, never red."""
Minutes = Annotated[int, Field(ge=1, le=1440)]


class Exceptions(Value):
    """Optional, key by key; what a county does not name has the default that the service documents. Without the section
    nothing is looked at that was not looked at before there was one.

    ``red`` and ``amber`` give a code of what a person did another colour than its usual one, ``grey`` makes a code of
    what technique failed to deliver the platform's fault. ``hospital_items`` are served in a hospital too.
    ``acknowledged_by``: who besides the bureau may acknowledge what is amber.
    """

    longest_minutes: Minutes | None = None
    longest_minutes_by_item: dict[Name, Minutes] = Field(default_factory=dict)
    reach_metres: Annotated[int, Field(ge=100, le=100_000)] | None = None
    travel_speed_km_per_hour: Annotated[int, Field(ge=20, le=120)] | None = None
    travel_tolerance_minutes: Annotated[int, Field(ge=0, le=120)] | None = None
    identical_in_a_row: Annotated[int, Field(ge=3, le=10)] | None = None
    weak_signal_villages: Many[Village] = ()
    hospital_items: Many[Name] = ()
    red: Many[OfPersons] = ()
    amber: Many[OfPersons] = ()
    grey: Many[OfTechnique] = ()
    acknowledged_by: Many[Literal["township", "county"]] | None = None
    reason_codes: Annotated[Many[Code], Field(min_length=1)] | None = None
    resolve_within_days: Count | None = None
    cite: Cite
