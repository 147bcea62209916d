"""What a handler gets: the verified caller, the validated request, and the few things it may use."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeVar, cast
from uuid import UUID

import msgspec

from chassis import tracing
from chassis.auth import Caller, Verifier
from chassis.authority import Authority, Reach, Resource
from chassis.clock import Clock
from chassis.codec import Codec
from chassis.config import Settings
from chassis.database import Database
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
    database: Database
    verifier: Verifier
    codec: Codec
    vault: Vault | None = None
    redrive: Callable[[str, str, int], Awaitable[object]] | None = None
    checks: dict[str, Callable[[], Awaitable[object]]] = field(default_factory=dict)
    doubts: dict[str, Callable[[], Awaitable[object]]] = field(default_factory=dict)
    feed_waiters_max: int = 1000
    authority: Authority = cast(Authority, None)  # noqa: RUF009

    def __post_init__(self) -> None:
        """Where no authority is given it is that of the deployment's policies."""
        if self.authority is None:
            self.authority = Authority.load(self.settings.authz)


class Upload(NamedTuple):
    """A body that is no JSON: its bytes, and what they are said to be."""

    media_type: str
    content: bytes


class Thing(NamedTuple):
    """What the policies look at of a thing, see ``Call.permit``."""

    township: str | None = ""
    owners: tuple[str | UUID | None, ...] = ()
    actors: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Call(Generic[B]):
    """One request of one caller. ``path`` and ``query`` are what the route declares; ``key`` is the Idempotency-Key;
    ``expected`` the versions that ``If-Match`` names, see ``Step``; ``version`` is that of the stream a
    question is about, read before the answer, 0 where there is none; ``raw`` the body as it came."""

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
    expected: tuple[int, ...] | None = None
    version: int = 0
    action: str = ""
    asked: bool = False
    raw: bytes = b""

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
        """Rows of the service's own tables; row-level security shows those of the call's county only."""
        async with self.running.database.at(self.county) as connection:
            return [dict(row) for row in await connection.fetch(sql, *arguments)]

    async def fetchrow(self, sql: str, *arguments: object) -> dict[str, Any] | None:
        """The first row, or None."""
        async with self.running.database.at(self.county) as connection:
            row = await connection.fetchrow(sql, *arguments)
        return None if row is None else dict(row)

    async def policies(self) -> tuple[Any, ...]:
        """The county's policies as this service reads them, in order of adoption."""
        return await read_policies(self.running.database, self.running.service, self.county)

    def new_id(self, word: str) -> UUID:
        """An id that a repetition of this request gets again; ``word`` tells several of one request apart."""
        return uuid.uuid5(KEYED, f"{self.county}/{self.kept_under(self.key)}/{word}")

    def kept_under(self, key: str) -> str:
        """Under what the answer to an Idempotency-Key of this caller is kept.

        By all that a permission depends on: two systems may sign in under one name, and a person in two roles; neither
        gets the answer of the other.
        """
        caller = self.caller
        return f"http {caller.subject} {caller.role} {caller.owner} {caller.township} {key}"

    def permit(
        self,
        *,
        township: str | None = "",
        owner: str | UUID | None = None,
        owners: Iterable[str | UUID | None] = (),
        actors: Iterable[str] = (),
    ) -> None:
        """Refuse what the policies do not permit the caller on a thing: its township (empty: the county's), its owners,
        and who had a hand in it.

        ``forbidden.township .county .conflict .role``; another's is ``not_found`` to provider, charity and claimant,
        ``forbidden.owner`` to others.
        """
        self.asked = True
        self._check(Thing(township, (owner, *owners), tuple(actors)))

    def judged(self, facts: Callable[[Any], Thing | None]) -> Callable[[Any], None]:
        """For ``Step.permit``: as ``permit``, of the thing that ``facts`` finds in the state the decision is made on.

        So it is judged on the very state that is changed, and costs no reading. Where ``facts`` finds None nothing is
        there yet: ``not_found`` to provider, charity and claimant, as another's is; to others the decision says it.
        """
        self.asked = True

        def check(state: Any) -> None:
            thing = facts(state)
            if thing is not None:
                self._check(thing)
            elif self.running.authority.hides(self.caller.role):
                raise Rejected("not_found")

        return check

    def _check(self, thing: Thing) -> None:
        authority, caller = self.running.authority, self.caller
        owners = tuple([str(owner) for owner in thing.owners if owner]) if caller.owner else ()
        resource = Resource(self.county, thing.township or "", owners, thing.actors)
        code = authority.refusal(caller, self.action, resource)
        if code is not None:
            hidden = code == "forbidden.owner" and authority.hides(caller.role)
            raise Rejected("not_found" if hidden else code)

    def reach(self) -> Reach:
        """Which rows the caller may see; a handler that asks this restricts its rows by it."""
        self.asked = True
        return self.running.authority.reach(self.caller, self.action, self.county)

    @property
    def hidden(self) -> Collection[str]:
        """The classes of the answer's fields that the caller may not see; usually none."""
        classes = self.route.classes
        if not classes:
            return classes
        sees = self.running.authority.sees
        return [one for one in classes if not sees(self.caller, self.action, one)]

    def ask(
        self,
        *steps: Step,
        answer: Callable[[tuple[Outcome, ...]], Answer] | None = None,
        status: int | None = None,
    ) -> Ask:
        """The steps, decided in one transaction; ``answer`` makes the reply of their outcomes (default: ``Done``)."""
        model, code, hidden = self.route.answer, status or self.route.status, self.hidden

        def reply(outcomes: tuple[Outcome, ...]) -> Reply:
            told = Done(id=outcomes[0].stream, version=outcomes[0].version) if answer is None else answer(outcomes)
            return Reply(status=code, body=to_bytes(model, told, hidden))

        return Ask(
            county=self.county,
            steps=steps if self.expected is None else self._expecting(steps, self.expected),
            key=self.kept_under(self.key),
            request_hash=self.request_hash,
            by=self.caller.subject,
            role=self.caller.role,
            cause=self.request_id,
            trace=tracing.carried(),
            reply=reply,
        )

    def _expecting(self, steps: tuple[Step, ...], expected: tuple[int, ...]) -> tuple[Step, ...]:
        """The steps, the first for the stream that the path names bound to the versions of ``If-Match``.

        Where the path names no stream nothing is there that could have a version: ``precondition.failed``.
        """
        named = {text.lower() for text in self.path.values()}
        for place, step in enumerate(steps):
            if str(step.stream) in named:
                return (*steps[:place], msgspec.structs.replace(step, expected=expected), *steps[place + 1 :])
        raise Rejected("precondition.failed")
