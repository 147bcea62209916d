"""What a batch is made of: units that wait, streams folded, what may be known, what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg

from chassis.recorder import Connection
from chassis.service import Ask, Due, Hearing, PublicEvent, Recorded, Reply
from chassis.write import Write

Unit = Ask | Hearing


LOST = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.LockNotAvailableError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)
"""Errors after which nobody knows whether the statement was committed: the batch is asked again, keys decide."""


class Overloaded(Exception):
    """Too many commands wait in this county: try again later."""


class Unavailable(Exception):
    """The database does not answer; whether the command was kept is decided by asking again with the same key."""


class KeyReused(Exception):
    """The Idempotency-Key was used before, for another request."""


class Poisoned(Exception):
    """A message cannot be applied: ``position`` in the source's log, and why."""

    def __init__(self, position: int, error: BaseException) -> None:
        super().__init__(f"message at position {position}: {type(error).__name__}: {error}")
        self.position = position
        self.error = error


class Behind(Exception):
    """Part of the hearing was applied before, by another process: ``through`` is where tracking stands."""

    def __init__(self, through: int) -> None:
        super().__init__(f"applied through {through}")
        self.through = through


class Folded(NamedTuple):
    """A stream folded: its version and state."""

    version: int
    state: Any


class Failed(NamedTuple):
    """Stands for a value of ``known`` that could not be read."""

    error: Exception


@dataclass
class Draft:
    """What one unit would write, kept apart until all of its steps are decided.

    ``trace`` is the trace context of the step in hand; each public event keeps that of its own.
    """

    states: dict[UUID, tuple[str, Folded]] = field(default_factory=dict)
    recorded: list[tuple[Recorded, str, str]] = field(default_factory=list)
    public: list[tuple[PublicEvent, str]] = field(default_factory=list)
    due: list[Due] = field(default_factory=list)
    trace: str = ""


class Reader:
    """The chassis' ``Reading``: SQL on the service's schema over one connection, and the county's policies."""

    def __init__(self, connection: Connection, county: str, policies: Sequence[Any]) -> None:
        self.county = county
        self._connection = connection
        self._policies = tuple(policies)

    async def fetch(self, query: str, *arguments: object) -> list[Any]:
        """Rows of a query on the service's own tables."""
        return list(await self._connection.fetch(query, *arguments))

    async def policies(self) -> tuple[Any, ...]:
        """The county's policies as this service reads them, in order of adoption."""
        return self._policies


@dataclass
class Decided:
    """The batch after deciding: the write, each unit's answer or refusal, and the folded states to keep."""

    write: Write
    answers: list[Reply | BaseException | None]
    states: dict[UUID, Folded]
    policies_changed: bool
