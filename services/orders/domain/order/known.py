"""What decisions about an order may know beyond its stream."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from services.orders.domain.duplicates import Given
from services.orders.domain.need import Home
from services.orders.domain.order.presence import Whereabouts
from services.orders.domain.order.undone import Told
from services.orders.domain.policy import Policy


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The approved need a love order is formed from: its items with units, its agreed price, its person's home;
    ``declared``: the village was there and the township confirmed."""

    person: UUID
    township: str
    village: str
    mode: str
    items: tuple[tuple[str, int], ...]
    price_fen: int
    rule: str
    declared: bool = True


@dataclass(frozen=True, kw_only=True)
class Holding:
    """An approved need of the person that holds the item of a single order."""

    need_id: UUID
    urgent: bool
    posted: bool = True


@dataclass(frozen=True, kw_only=True)
class Known:
    """The county's policies; for a single order the person's home and the approved need that holds the item (None:
    there is none), for a love order its need (None: not approved), for a judgement who surveyed, confirmed or assessed
    a need of the person, for one that is taken back what the acceptance of each completion told, for a completion and
    its acceptance by itself where the person was. ``given`` is what the person has or is to have, where an order is
    formed."""

    policies: tuple[Policy, ...]
    home: Home | None = None
    holding: Holding | None = None
    need: Asked | None = None
    hands: frozenset[str] = frozenset()
    told: Mapping[UUID, Told] = field(default_factory=dict)
    whereabouts: Whereabouts | None = None
    given: tuple[Given, ...] = ()
