"""What a search is asked, what can happen to it, and what is known of it then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from services.providers.domain.policy import Policy
from services.providers.domain.ranking import Candidate, Order, Served, Weighed
from services.providers.domain.search.releasing import Release, Released

Status = Literal["none", "waiting", "offered", "found", "not_found", "withdrawn", "released"]


@dataclass(frozen=True, kw_only=True)
class Known:
    """The policy the order names, all agreements of the county as candidates, and who served the person last.

    ``last_run`` is when the county last decided a batch.
    """

    policy: Policy
    candidates: tuple[Candidate, ...]
    served: Served | None = None
    last_run: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What is known of a worker that a provider names: whose it is, gone from which day, how many orders it has."""

    provider: UUID | None
    left_on: date | None
    taken: int
    monthly_capacity: int


@dataclass(frozen=True, kw_only=True)
class Search:
    """Find somebody for the order."""

    order: Order
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Accept:
    """The provider takes the order."""

    provider: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Decline:
    """The provider does not take it, and says why by code."""

    provider: UUID
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Expire:
    """The time to answer is over."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class NameWorker:
    """The provider sends this worker, not the one proposed."""

    provider: UUID
    worker: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Assign:
    """A batch gives the order to a worker of a provider."""

    provider: UUID
    agreement: str
    worker: UUID | None
    batch: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Settle:
    """A batch has nobody for the order; whoever could take it all the same is asked, else nobody is found."""

    batch: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class StandDown:
    """The order needs nobody (else): ``taken_by`` has it, or it was cancelled."""

    taken_by: UUID | None
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NoteVisit:
    """A visit for the order is reported; decided together with the visit itself."""

    visit_id: UUID
    provider: UUID
    item: str
    units: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Return:
    """The bureau sent the visit back: it is to be done or told again."""

    visit_id: UUID
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Begun:
    """A search began."""

    order: Order
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Pooled:
    """The order waits until ``run_at``, to be decided together with others."""

    run_at: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Offered:
    """The order is offered to the first of ``considered`` until ``until``; ``worker`` is who could best be sent.

    ``batch`` decided it, where one did.
    """

    provider: UUID
    agreement: str
    until: datetime
    considered: tuple[Weighed, ...]
    at: datetime
    worker: UUID | None = None
    batch: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class WorkerNamed:
    """The provider sends this worker."""

    provider: UUID
    worker: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Declined:
    """The provider did not take it."""

    provider: UUID
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Expired:
    """The provider did not answer in time."""

    provider: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """The provider has the order."""

    provider: UUID
    agreement: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NobodyFound:
    """Nobody is left to ask, for these reasons."""

    considered: tuple[Weighed, ...]
    at: datetime
    batch: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Withdrawn:
    """The offer or the order is taken back."""

    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Visited:
    """A visit stands for the order."""

    visit_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Returned:
    """The visit does not count; another is awaited."""

    visit_id: UUID
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class State:
    """The order and where the search stands; ``refused`` are providers asked in vain, with the code of it.

    ``asked`` are all to whom it was ever offered: they know of the order, nobody else does. ``answers`` are all that
    ever declined or let it expire, of searches before too. ``worker`` is proposed, or named by the provider.
    ``released`` are those it was taken from: what is still heard of them taking it is over.
    """

    order: Order | None = None
    status: Status = "none"
    provider: UUID | None = None
    agreement: str = ""
    until: datetime | None = None
    considered: tuple[Weighed, ...] = ()
    offers: int = 0
    refused: tuple[tuple[UUID, str], ...] = ()
    visit: UUID | None = None
    asked: frozenset[UUID] = frozenset()
    released: frozenset[UUID] = frozenset()
    answers: tuple[tuple[UUID, str], ...] = ()
    worker: UUID | None = None
    batch: UUID | None = None
    run_at: datetime | None = None


Command = Search | Accept | Decline | Expire | NameWorker | Assign | Settle | StandDown | NoteVisit | Return | Release
Event = (
    Begun
    | Pooled
    | Offered
    | Declined
    | Expired
    | WorkerNamed
    | Accepted
    | NobodyFound
    | Withdrawn
    | Visited
    | Returned
    | Released
)
