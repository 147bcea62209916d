"""What a handler gets: the verified caller, the validated request, and the few things it may use."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar
from uuid import UUID

import asyncpg

from chassis.auth import Caller, Verifier
from chassis.clock import Clock
from chassis.codec import Codec
from chassis.config import Settings
from chassis.http.shapes import Answer, Done, to_bytes
from chassis.kernel import Rejected
from chassis.policies import read_policies
from chassis.service import Ask, Outcome, Reply, Service, Step
from chassis.vault import CountyVault, Vault

if TYPE_CHECKING:
    from chassis.http.declared import Declared

B = TypeVar("B")

KEYED = uuid.UUID("0b6c1f5e-2f53-5d0c-9a51-6b1f0a7c4e10")
"""Namespace of ids derived from an Idempotency-Key."""


class Asking(Protocol):
    """What the edge needs of ``dispatch.Dispatch``."""

    async def ask(self, ask: Ask) -> Reply: ...

    def on_commit(self, callback: Callable[[str, int, int], None]) -> None: ...


@dataclass(kw_only=True)
class Running:
    """One service as it runs in this process.

    ``redrive(county, source, position)`` tries parked messages again; ``checks`` are asked by ``/v1/readyz`` and fail
    by raising; so do ``doubts``, which it only names, because the service goes on without them;
    ``feed_waiters_max`` limits how many callers may wait for events at once.
    """

    service: Service
    settings: Settings
    clock: Clock
    dispatch: Asking
    pool: asyncpg.Pool
    verifier: Verifier
    codec: Codec
    vault: Vault | None = None
    redrive: Callable[[str, str, int], Awaitable[object]] | None = None
    checks: dict[str, Callable[[], Awaitable[object]]] = field(default_factory=dict)
    doubts: dict[str, Callable[[], Awaitable[object]]] = field(default_factory=dict)
    feed_waiters_max: int = 1000


@dataclass(slots=True, kw_only=True)
class Call(Generic[B]):
    """One request of one caller. ``path`` and ``query`` are what the route declares; ``key`` is the Idempotency-Key."""

    running: Running
    caller: Caller
    county: str
    at: datetime
    body: B
    path: Mapping[str, str]
    query: Mapping[str, Any]
    key: str
    request_id: str
    request_hash: bytes
    route: Declared

    @property
    def clock(self) -> Clock:
        """The deployment's clock."""
        return self.running.clock

    @property
    def vault(self) -> CountyVault:
        """The vault, in the caller's name; RuntimeError where this process has no key database."""
        if self.running.vault is None:
            raise RuntimeError(f"the service {self.running.service.name} runs without a vault")
        return self.running.vault.at(self.county, by=self.caller.subject, role=self.caller.role, at=self.at)

    def path_id(self, name: str) -> UUID:
        """The id in the path; ``not_found`` if it is none."""
        text = self.path[name]
        try:
            found = UUID(text)
        except ValueError:
            raise Rejected("not_found") from None
        if str(found) != text.lower():
            raise Rejected("not_found")
        return found

    async def fetch(self, sql: str, *arguments: object) -> list[dict[str, Any]]:
        """Rows of the service's own tables."""
        return [dict(row) for row in await self.running.pool.fetch(sql, *arguments)]

    async def fetchrow(self, sql: str, *arguments: object) -> dict[str, Any] | None:
        """The first row, or None."""
        row = await self.running.pool.fetchrow(sql, *arguments)
        return None if row is None else dict(row)

    async def policies(self) -> tuple[Any, ...]:
        """The county's policies as this service reads them, in order of adoption."""
        return await read_policies(self.running.pool, self.running.service, self.county)

    def new_id(self, word: str) -> UUID:
        """An id that a repetition of this request gets again; ``word`` tells several of one request apart."""
        return uuid.uuid5(KEYED, f"{self.county}/{self.caller.subject}/{self.key}/{word}")

    def must_own(self, owner: str | UUID) -> None:
        """Refuse with ``forbidden.owner`` unless the caller acts for ``owner``, or is the bureau or a service."""
        if self.caller.role in ("bureau", "service"):
            return
        if not self.caller.owner or self.caller.owner != str(owner):
            raise Rejected("forbidden.owner")

    def must_cover(self, township: str) -> None:
        """Refuse with ``forbidden.township`` a caller of another township."""
        if self.caller.township and self.caller.township != township:
            raise Rejected("forbidden.township")

    def ask(
        self,
        *steps: Step,
        answer: Callable[[tuple[Outcome, ...]], Answer] | None = None,
        status: int | None = None,
    ) -> Ask:
        """The steps, decided in one transaction; ``answer`` makes the reply of their outcomes (default: ``Done``)."""
        model, code = self.route.answer, status or self.route.status

        def reply(outcomes: tuple[Outcome, ...]) -> Reply:
            told = Done(id=outcomes[0].stream, version=outcomes[0].version) if answer is None else answer(outcomes)
            return Reply(status=code, body=to_bytes(model, told))

        return Ask(
            county=self.county,
            steps=steps,
            key=f"http {self.caller.subject} {self.key}",
            request_hash=self.request_hash,
            by=self.caller.subject,
            role=self.caller.role,
            cause=self.request_id,
            reply=reply,
        )
