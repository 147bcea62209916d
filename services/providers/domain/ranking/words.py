"""What matching speaks of: the order, the agreements that might serve it with their crews, and each one's result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.providers.domain import reach
from services.providers.domain.policy import Policy


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is wanted: ``units`` of ``item`` between two days, inclusive, in a village; ``assigned`` serves already."""

    kind: str
    person: UUID
    item: str
    units: int
    township: str
    village: str
    window_from: date
    window_to: date
    assigned: UUID | None
    policy: str


@dataclass(frozen=True, kw_only=True)
class Served:
    """Who served the person last: the worker, and the provider it did so for."""

    provider: UUID
    worker: UUID


@dataclass(frozen=True, kw_only=True)
class Hand:
    """A worker who may be sent: ``minutes`` to the village, None where the way is not known.

    ``taken`` orders of the month are in the worker's hands; ``monthly_capacity`` 0 is not limited; ``trained_to`` is
    the last day on which a training counts.
    """

    worker: UUID
    minutes: int | None
    taken: int = 0
    monthly_capacity: int = 0
    qualifications: tuple[str, ...] = ()
    trained_to: date | None = None

    @property
    def has_time(self) -> bool:
        """Whether one more order of the month is within the worker's capacity."""
        return not self.monthly_capacity or self.taken < self.monthly_capacity


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """A paper the provider has shown, of a kind; both days inclusive, ``valid_to`` None where it has no end."""

    kind: str
    valid_from: date
    valid_to: date | None

    def covers(self, first: date, last: date) -> bool:
        """Whether it is valid on all days from ``first`` to ``last``."""
        return self.valid_from <= first and (self.valid_to is None or last <= self.valid_to)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One agreement of one provider as it stands: ``taken`` orders of the month, ``workers`` in the township.

    ``metres`` is from its nearest point to the village, None where the village is not on the map: a gap in the map
    keeps nobody from being served. ``crew`` are the workers one by one; without it the nearest point speaks for them.
    ``unfit`` is why the provider may take no order of these days at all, whatever it has agreed to: suspended, not
    qualified, used up, no outlet open.
    ``over_share``: thousandths of its agreed capacity that the provider has had beyond its part of the month's orders.
    """

    provider: UUID
    agreement: str
    items: tuple[str, ...]
    townships: tuple[str, ...]
    valid_from: date
    valid_to: date
    qualified_to: date | None
    capacity: int
    taken: int
    workers: int
    metres: int | None
    crew: tuple[Hand, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    over_share: int = 0
    unfit: str | None = None

    def minutes(self, policy: Policy) -> int | None:
        """The way from the nearest point."""
        return None if self.metres is None else reach.minutes(self.metres, policy)


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """A provider in an explained match: its rank from 1, or none; ``reason_code`` says why it was not chosen.

    ``worker`` is the best of its crew; ``parts`` are what each of ``cost.PARTS`` adds to ``cost``, of those who fit.
    """

    provider: UUID
    agreement: str
    rank: int | None = None
    minutes: int | None = None
    load: int = 0
    reason_code: str | None = None
    worker: UUID | None = None
    cost: int | None = None
    parts: tuple[int, ...] = ()
