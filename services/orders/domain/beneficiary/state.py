"""A beneficiary's state."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from services.orders.domain.beneficiary.dossier import Dossier
from services.orders.domain.person import Person
from services.orders.domain.place import Home, home_on
from services.orders.domain.status import Status, Stay, status_on


@dataclass(frozen=True, kw_only=True)
class Beneficiary:
    """A registered person; ``statuses`` and ``homes`` by day they begin, the first from the beginning of time.

    The statuses hold what is recorded (``recorded``) and the categories that follow besides (``dossier.derived``).
    ``plan_id`` is the plan that runs, ``plans`` all there ever were; ``lives_since`` is the day of the home of now.
    """

    service_number: str
    number: int
    person: Person
    statuses: tuple[Status, ...]
    stays: tuple[Stay, ...] = ()
    died_on: date | None = None
    plan_id: UUID | None = None
    needs: frozenset[UUID] = frozenset()
    registered_on: date = date.min
    recorded: tuple[Status, ...] = ()
    as_of: date = date.min
    dossier: Dossier = field(default_factory=Dossier)
    plans: tuple[UUID, ...] = ()
    homes: tuple[Home, ...] = ()
    lives_since: date = date.min

    @property
    def now(self) -> Status:
        """The status of the day on which something was last recorded; ``Turned`` is recorded where another begins."""
        return status_on(self.statuses, self.as_of)

    @property
    def turns_on(self) -> date | None:
        """The next day on which another status begins."""
        return min((one.from_day for one in self.statuses if one.from_day > self.as_of), default=None)

    @property
    def home(self) -> Home:
        """Where the person lives now."""
        return home_on(self.homes, self.lives_since)
