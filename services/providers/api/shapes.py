"""What several routes share: exact forms of values, points, and who may read."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, Field

from chassis.http import Body, Call
from chassis.kernel import Rejected
from services.providers.domain import reach

READERS = ("bureau", "township", "finance", "inspector", "evaluator", "auditor", "provider", "service")
"""Who may read the registers; a provider sees its own rows only."""

Line = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]{1,100}$")]
Number = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]{1,64}$")]
Item = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_.-]{0,63}$")]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Township = Annotated[str, Field(pattern=r"^[0-9]{9}$")]
Region = Annotated[str, Field(pattern=r"^[0-9]{9}([0-9]{3})?$")]
Instant = AwareDatetime


class Point(Body):
    """A point on earth, ``lat`` and ``lon`` in whole micro-degrees (36.5° is 36500000)."""

    lat: Annotated[int, Field(ge=-90_000_000, le=90_000_000)]
    lon: Annotated[int, Field(ge=-180_000_000, le=180_000_000)]

    def to_domain(self) -> reach.Point:
        """As the domain says it."""
        return reach.Point(latitude_udeg=self.lat, longitude_udeg=self.lon)


class OutletRow(Body):
    """A point from which workers set out."""

    name: str
    latitude_udeg: int
    longitude_udeg: int


def acting_provider(call: Call[Any]) -> UUID:
    """The provider the caller acts for; ``forbidden.owner`` where the token names none."""
    try:
        return UUID(call.caller.owner)
    except ValueError:
        raise Rejected("forbidden.owner") from None
