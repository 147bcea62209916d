"""Rows of the registers as the domain says them: agreements day by day, outlets, certificates, stops.

Rows written before a field came have none; they read as its default.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from services.providers.domain.policy import Policy
from services.providers.domain.provider import Agreement, Certificate, Held, Outlet, Stop, Terms
from services.providers.domain.qualification import unfit
from services.providers.domain.reach import Point

COLUMNS = "id, outlets, agreements, certificates, stops"
"""What of a provider's row ``Supplier.of`` reads."""


class _AgreementRow(msgspec.Struct):
    number: str
    items: tuple[str, ...]
    townships: tuple[str, ...]
    valid_from: date
    valid_to: date
    monthly_capacity: int
    tender: str
    qualified_to: date | None = None
    purchaser: str = ""
    amount_fen: int = 0
    most_orders: int = 0
    changes: tuple[Terms, ...] = ()


class _OutletRow(msgspec.Struct):
    name: str
    latitude_udeg: int
    longitude_udeg: int
    kind: str = "outlet"
    township: str = ""
    village: str = ""
    serves: tuple[str, ...] = ()
    opened_on: date | None = None
    closed_on: date | None = None


_AGREEMENTS = msgspec.json.Decoder(tuple[_AgreementRow, ...])
_OUTLETS = msgspec.json.Decoder(tuple[_OutletRow, ...])
_CERTIFICATES = msgspec.json.Decoder(tuple[Certificate, ...])
_STOPS = msgspec.json.Decoder(tuple[Stop, ...])


class Supplier(msgspec.Struct, frozen=True):
    """A provider of the county as a choice looks at it."""

    id: UUID
    outlets: tuple[Outlet, ...]
    agreements: tuple[Held, ...]
    certificates: tuple[Certificate, ...]
    stops: tuple[Stop, ...]

    @classmethod
    def of(cls, row: Any) -> Supplier:
        """From a row with ``COLUMNS``."""
        return cls(
            id=row["id"],
            outlets=outlets(row["outlets"]),
            agreements=agreements(row["agreements"]),
            certificates=_CERTIFICATES.decode(row["certificates"]),
            stops=_STOPS.decode(row["stops"]),
        )

    def points(self, first: date, last: date, regions: Iterable[str]) -> tuple[Point, ...]:
        """Where workers set out to one of ``regions`` (a village and its township) from ``first`` to ``last``."""
        return tuple(outlet.point for outlet in self.open_outlets(first, last, regions))

    def open_outlets(self, first: date, last: date, regions: Iterable[str]) -> tuple[Outlet, ...]:
        """The outlets behind ``points``."""
        wanted = set(regions)
        return tuple(
            outlet
            for outlet in self.outlets
            if (outlet.opened_on is None or outlet.opened_on <= first)
            and (outlet.closed_on is None or last < outlet.closed_on)
            and (not outlet.serves or not wanted.isdisjoint(outlet.serves))
        )

    def unfit(self, policy: Policy, first: date, last: date) -> str | None:
        """Why it may not take an order with these days, by ``domain.qualification``."""
        return unfit(self.stops, self.certificates, policy.registers.certificates, first, last)


def agreements(text: str) -> tuple[Held, ...]:
    """The agreements of a row; ``valid_to`` there is the last day already."""
    return tuple(
        Held(
            agreed=Agreement(
                number=row.number,
                items=row.items,
                townships=row.townships,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
                monthly_capacity=row.monthly_capacity,
                tender=row.tender,
                qualified_to=row.qualified_to,
                purchaser=row.purchaser,
                amount_fen=row.amount_fen,
                most_orders=row.most_orders,
            ),
            valid_to=row.valid_to,
            changes=row.changes,
        )
        for row in _AGREEMENTS.decode(text)
    )


def outlets(text: str) -> tuple[Outlet, ...]:
    """The outlets of a row."""
    return tuple(
        Outlet(
            name=row.name,
            point=Point(latitude_udeg=row.latitude_udeg, longitude_udeg=row.longitude_udeg),
            kind=row.kind,
            township=row.township,
            village=row.village,
            serves=row.serves,
            opened_on=row.opened_on,
            closed_on=row.closed_on,
        )
        for row in _OUTLETS.decode(text)
    )
