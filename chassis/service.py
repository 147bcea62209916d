"""The declaration of a service: everything the chassis needs to run it, and nothing technical.

A service's ``service.py`` builds one ``Service``. Reading it tells what the service decides, what it tells,
what it hears, what it does by itself when time comes, and what it shows.

What passes once for every command is a ``msgspec.Struct``: making a frozen dataclass costs five times as much.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import ModuleType
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

import msgspec

from chassis.kernel import Decider

if TYPE_CHECKING:
    from fastapi import APIRouter
    from pydantic import BaseModel


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """A domain event and where it stands: stream and version, counted from 1 without a gap."""

    originator_id: UUID
    originator_version: int
    event: Any


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One command for one stream. Several steps of an ask are decided in order, in one transaction, all or none.

    ``command`` may be ``Timely``: then it is built from the stream's state at the moment of deciding. ``expected`` are
    the versions at which the caller saw the stream: at any other it is refused with ``precondition.failed``; empty is
    any version there is (``If-Match: *``), None is whatever comes. ``permit`` looks at the state that is decided on and
    raises ``Rejected`` where the caller may not act on that thing.
    """

    decider: Decider[Any, Any, Any, Any]
    stream: UUID
    command: Any
    expected: tuple[int, ...] | None = None
    permit: Callable[[Any], None] | None = None


class Timely(msgspec.Struct, frozen=True, kw_only=True):
    """Stands for the command that ``Service.when_due[reason]`` builds when it is decided; old intentions do not rot."""

    reason: str
    at: datetime


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a step: the events it added (none when it repeated what had happened) and the state after them."""

    stream: UUID
    version: int
    state: Any
    events: tuple[Any, ...]


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """An answer as it is sent and as it is kept with its Idempotency-Key: status and the body's JSON bytes.

    ``file`` is the name under which the body is to be saved where it is a file, which is never kept.
    """

    status: int
    body: bytes
    file: str = ""


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """A request for a decision, by whoever asks: a person, a system, the bus, the agenda.

    ``key`` makes it happen once: a second ask of the same county and key gets the kept reply, if ``request_hash`` is
    the same. ``done`` names the agenda entry that the ask carries out; it is removed in the same transaction.
    ``trace`` is the W3C trace context that its events go on in; empty where none are made.
    """

    county: str
    steps: tuple[Step, ...]
    key: str
    request_hash: bytes = b""
    by: str = "system"
    role: str = "service"
    cause: str = ""
    done: UUID | None = None
    trace: str = ""
    reply: Callable[[tuple[Outcome, ...]], Reply] | None = None


class PublicEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event for others: its type with version (``orders.order_opened.v1``), the aggregate it tells of, its data."""

    subject: UUID
    data: BaseModel


@dataclass(frozen=True, kw_only=True)
class Heard:
    """A public event that arrived: from whom, at which position of the source's county log, and its data.

    ``hash`` is the source's public chain at that position, hexadecimal; empty where it is not known any more.
    ``trace`` is the trace context it came with, or nothing.
    """

    source: str
    county: str
    position: int
    event_id: UUID
    type: str
    subject: UUID
    body: bytes
    recorded_at: datetime
    hash: str = ""
    trace: str = ""


@dataclass(frozen=True, kw_only=True)
class Hearing:
    """What a consumer hands over: the steps of consecutive messages of one source, and where they take us.

    Decided in one transaction with ``tracking``. ``parked`` are messages set aside with their reason: their steps are
    not among ``steps``. ``messages[i]`` is the message that ``steps[i]`` answers; ``traces[i]``, where there are any,
    the trace context that this step's events go on in.
    """

    county: str
    source: str
    epoch: UUID
    through: int
    messages: tuple[Heard, ...]
    steps: tuple[Step, ...]
    parked: tuple[tuple[Heard, str, int], ...] = ()
    redriven: tuple[int, ...] = ()
    traces: tuple[str, ...] = ()


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """Something to be done later: ``reason`` names the reaction that builds the command when the time has come.

    ``decider`` is the category of ``stream``. The same stream, reason and instant is one entry, however often asked.
    """

    at: datetime
    reason: str
    stream: UUID
    decider: str


@dataclass(frozen=True, kw_only=True)
class View:
    """A read model: one row a stream, a pure function of the stream's state; a rebuild folds the events again.

    ``columns`` maps column name to PostgreSQL type, key first and without county; ``row`` gives a mapping of them, or
    None where the stream has no row.
    """

    table: str
    category: str
    columns: Mapping[str, str]
    row: Callable[[UUID, Any], Mapping[str, Any] | None]
    key: str = "id"


class Reading(Protocol):
    """What a reader of ``known`` may use: SQL on the service's own schema, and the policies of the county."""

    county: str

    async def fetch(self, query: str, *arguments: object) -> list[Any]: ...

    async def policies(self) -> tuple[Any, ...]: ...


Known = Callable[[Reading, Sequence[Step]], Awaitable[Sequence[Any]]]
"""Reads, for many steps of one decider at once, what each may know beyond its own stream; same order, same length."""

Outgoing = Callable[[Recorded, Any], Iterable[PublicEvent]]
"""Our event (and the state after it) -> public events."""

Incoming = Callable[[Heard], Iterable[Step]]
"""A public event of somebody else -> our commands. No step: the event does not concern us."""

Reaction = Callable[[Recorded, Any], Iterable[Due | Step]]
"""Our event (and the state after it) -> what shall be done later, and what follows at once in the same transaction."""

WhenDue = Callable[[UUID, Any, datetime], Any]
"""Stream, its state now and the time now -> the command to ask, or None when nothing is to be done any more."""


Guards = Callable[[Step, Any], Iterable[str]]
"""What a step reads beyond its own stream and also changes (``claimant:<id>``). Two units that share a guard are never
decided in one batch, so that the second sees what the first has written. The second argument is the stream's state
where this process holds it, else None: a step that its state shows to decide nothing need not be guarded."""


def no_guards(_step: Step, _state: Any) -> Iterable[str]:
    """For services whose decisions read nothing that other streams of theirs change."""
    return ()


async def nothing_known(_read: Reading, steps: Sequence[Step]) -> Sequence[None]:
    """For deciders that know nothing beyond their own stream."""
    return [None] * len(steps)


@dataclass(frozen=True, kw_only=True)
class Service:
    """One service as the chassis sees it. ``hears`` maps each source service to the public types it understands."""

    name: str
    title: str
    port: int
    deciders: tuple[Decider[Any, Any, Any, Any], ...]
    known: Mapping[str, Known] = field(default_factory=dict)
    guards: Guards = no_guards
    outgoing: Outgoing
    hears: Mapping[str, Mapping[str, Incoming]] = field(default_factory=dict)
    reactions: Reaction
    when_due: Mapping[str, WhenDue] = field(default_factory=dict)
    views: tuple[View, ...] = ()
    read_policy: Callable[[Mapping[str, Any]], Any]
    router: Callable[[], APIRouter]
    refusals: Mapping[str, tuple[int, str, str]]
    """Every code a decider may reject with: HTTP status, Chinese title, English title."""
    examples: Mapping[str, Any] = field(default_factory=dict)
    """Examples of the fields of its API by name, see ``chassis.http.examples``."""
    migrations: ModuleType
    _by_category: dict[str, Decider[Any, Any, Any, Any]] = field(default_factory=dict, init=False, repr=False)

    def decider(self, category: str) -> Decider[Any, Any, Any, Any]:
        """The decider of ``category``; KeyError if the service has none."""
        return self._by_category[category]

    def __post_init__(self) -> None:
        self._by_category.update({decider.category: decider for decider in self.deciders})
