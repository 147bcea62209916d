"""``[providers.proofs]``: photos, in how many ways a visit is proved, visits by phone."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from contracts.policy_pack.entries import Cite
from contracts.values import Many, Name, Value

Way = Literal["code", "place", "photo", "signature", "register", "phone"]


class Proofs(Value):
    """Optional, key by key; what a county does not name has the default that the service documents.

    ``uploaded``: a visit names only pictures that were uploaded before. ``alike_distance``: pictures whose perceptual
    hashes differ in at most so many of 64 bits are alike; without it only the same picture is noticed. ``at_least``:
    a visit is proved in so many ways, of those that ``modes_by_item`` names for its item (all where it names none);
    ``phone`` among them allows visits for the item by phone.
    """

    uploaded: bool = False
    alike_distance: Annotated[int, Field(ge=0, le=7)] | None = None
    at_least: Annotated[int, Field(ge=0, le=5)] = 0
    modes_by_item: dict[Name, Annotated[Many[Way], Field(min_length=1, max_length=6)]] = Field(default_factory=dict)
    cite: Cite
