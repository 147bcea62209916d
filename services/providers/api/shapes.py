"""What several routes share: exact forms of values, points, and whose an order is."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.http import PLAIN, Body, Call, Thing
from chassis.kernel import Rejected
from services.providers.domain import reach, search

Line = Annotated[str, Field(pattern=rf"^{PLAIN}{{1,100}}$")]
Number = Annotated[str, Field(pattern=rf"^{PLAIN}{{1,64}}$")]
Item = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_.-]{0,63}$")]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Township = Annotated[str, Field(pattern=r"^[0-9]{9}$")]
Region = Annotated[str, Field(pattern=r"^[0-9]{9}([0-9]{3})?$")]


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


def asked_providers(state: search.State) -> Thing | None:
    """An order as the policies look at it: it is of the providers that it was ever offered to."""
    if state.order is None:
        return None
    return Thing(township=state.order.township, owners=tuple(state.asked))
