"""What several routes share: exact forms of values, points, and whose an order is."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.http import PLAIN, Body, Call, Thing, field_class
from chassis.kernel import Rejected
from services.providers.domain import reach, search

Line = Annotated[str, Field(pattern=rf"^{PLAIN}{{1,100}}$")]
Number = Annotated[str, Field(pattern=rf"^{PLAIN}{{1,64}}$")]
Item = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_.-]{0,63}$")]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Township = Annotated[str, Field(pattern=r"^[0-9]{9}$")]
Outlet = Annotated[str, Field(pattern=rf"^{PLAIN}{{0,100}}$")]
"""The name of one of the provider's outlets, or empty."""
StartVillage = Annotated[str, Field(pattern=r"^([0-9]{12})?$")]
WorkerCapacity = Annotated[int, Field(ge=0, le=10_000)]
Purchaser = Annotated[str, Field(pattern=r"^([0-9]{6}([0-9]{3})?)?$")]
"""A county or city (six digits) or township (nine) that buys; empty: the county."""
Document = Annotated[str, Field(pattern=rf"^{PLAIN}{{0,100}}$")]
"""The number of a decision's paper, never its text."""
Amount = Annotated[int, Field(ge=0, le=100_000_000_000)]
MONEY = field_class("money")
TOWNSHIP_DIGITS = 9
Village = Annotated[str, Field(pattern=r"^[0-9]{12}$")]
Month = Annotated[str, Field(pattern=r"^2[0-9]{3}-(0[1-9]|1[0-2])$", max_length=7)]
Region = Annotated[str, Field(pattern=r"^[0-9]{9}([0-9]{3})?$")]


class Point(Body):
    """A point on earth, ``lat`` and ``lon`` in whole micro-degrees (36.5° is 36500000)."""

    lat: Annotated[int, Field(ge=-90_000_000, le=90_000_000)]
    lon: Annotated[int, Field(ge=-180_000_000, le=180_000_000)]

    def to_domain(self) -> reach.Point:
        """As the domain says it."""
        return reach.Point(latitude_udeg=self.lat, longitude_udeg=self.lon)


class OutletRow(Body):
    """A point from which workers set out, from ``opened_on`` (null: from the beginning) until before ``closed_on``."""

    name: str
    kind: str = "outlet"
    township: str = ""
    village: str = ""
    serves: Annotated[list[str], Field(default_factory=list)]
    opened_on: date | None = None
    closed_on: date | None = None
    latitude_udeg: int
    longitude_udeg: int


def buyer(purchaser: str) -> str:
    """The township that decides on what it buys itself; empty for the county and the city."""
    return purchaser if len(purchaser) == TOWNSHIP_DIGITS else ""


def acting_provider(call: Call[Any]) -> UUID:
    """The provider the caller acts for; ``forbidden.owner`` where the token names none."""
    try:
        return UUID(call.caller.owner)
    except ValueError:
        raise Rejected("forbidden.owner") from None


def asked_providers(state: search.State) -> Thing | None:
    """An order as the policies look at it: it is of the providers that it was ever offered to."""
    if state.order is None:
        return None
    return Thing(township=state.order.township, owners=tuple(state.asked))
