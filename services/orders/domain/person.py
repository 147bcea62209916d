"""A person as the register holds one: sealed what names the person, plain what tariffs and travel need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chassis.kernel import Sealed
from services.orders.domain.status import Tier


@dataclass(frozen=True, kw_only=True)
class Person:
    """Sealed fields, region codes and status at registration.

    ``id_index`` is the keyed hash by which the same person is found again; ``generated`` marks data made for a
    demonstration. ``registered_region`` is where the household book is kept (6 to 12 digits, empty: not told), which
    may lie anywhere: who lives here is helped here (paper 002).
    """

    name: Sealed
    id_number: Sealed
    phone: Sealed | None
    address: Sealed | None
    id_index: str
    born: date
    township: str
    village: str
    tier: Tier
    categories: tuple[str, ...]
    generated: bool
    registered_region: str = ""
    residence_permit: bool = False
