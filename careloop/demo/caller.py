"""Who plays: actors with real tokens that call the public REST APIs, and nothing else.

Every POST carries an Idempotency-Key that follows from seed, month, person and step, so a run that was killed asks the
same again and changes nothing that had happened. An answer that was not expected stops the demonstration.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Any, TypeVar

import httpx2

from careloop.demo.marks import COUNTY
from chassis.auth import issue
from chassis.config import Settings
from services.declared import PORTS

IN_FLIGHT = 32
CONNECTIONS_A_POOL = 8
"""A pool looks at each of its connections for each request, so several small ones cost less than a large one."""
TIMEOUT_S = 60.0
PAGE = 1000
TRIES_WHEN_BUSY = 20
TRIES_WHEN_MOVED = 5
MOVED = "precondition.failed"
PAUSE_WHEN_BUSY_S = 0.5

_NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""The services are on this machine, in the clear; reading the certificates of the world would take a second."""

T = TypeVar("T")


class Stopped(Exception):
    """The demonstration cannot go on; the text says why."""


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Somebody with a token: ``owner`` is the provider, charity or claimant acted for, ``township`` limits officers."""

    role: str
    subject: str
    owner: str = ""
    township: str = ""


BUREAU = Actor(role="bureau", subject="demo-bureau")
VERIFIER = Actor(role="bureau", subject="demo-verifier")
FINANCE = Actor(role="finance", subject="demo-finance")
AUDITOR = Actor(role="auditor", subject="demo-auditor")


def officer(township: str) -> Actor:
    """The officer of a township."""
    return Actor(role="township", subject=f"demo-township-{township}", township=township)


def village_worker(township: str) -> Actor:
    """The village worker who finds and registers needs."""
    return Actor(role="village", subject=f"demo-village-{township}", township=township)


def provider(owner: str) -> Actor:
    """A provider's system."""
    return Actor(role="provider", subject=f"demo-provider-{owner[:8]}", owner=owner)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back: the body's object (empty where there is none), or a refusal's code."""

    status: int
    body: dict[str, Any]
    tag: str = ""
    """The entity tag of what was read."""

    @property
    def refusal(self) -> str:
        """The code of the problem; empty for an answer."""
        return str(self.body["code"]) if self.status >= 400 else ""


class Caller:
    """Calls the four services with up to 32 requests in flight. ``requests`` counts what was answered."""

    def __init__(self, settings: Settings, prefix: str) -> None:
        self.requests = 0
        self._settings = settings
        self._prefix = prefix
        self._headers: dict[Actor, dict[str, str]] = {}
        self._addresses = {name: settings.address(name, port) for name, port in PORTS.items()}
        self._pools = {name: cycle([_pool() for _ in range(IN_FLIGHT // CONNECTIONS_A_POOL)]) for name in PORTS}
        self._slots = asyncio.Semaphore(IN_FLIGHT)

    async def close(self) -> None:
        """End the connections."""
        for pools in self._pools.values():
            for pool in (next(pools) for _ in range(IN_FLIGHT // CONNECTIONS_A_POOL)):
                await pool.aclose()

    async def post(
        self,
        service: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        by: Actor,
        key: str,
        expected: Iterable[str] = (),
        seen: str = "",
    ) -> Answer:
        """A command. ``expected`` are refusals that the caller deals with; any other raises ``Stopped``.

        ``seen`` is the entity tag of what the command was decided on.
        """
        headers = {"Idempotency-Key": f"{self._prefix}:{key}"} | ({"If-Match": seen} if seen else {})
        return await self._call("POST", service, path, by, headers, None if body is None else dict(body), expected)

    async def decide(
        self,
        service: str,
        path: str,
        action: str,
        body: Mapping[str, Any] | None = None,
        *,
        by: Actor,
        key: str,
        version: int = 0,
        expected: Iterable[str] = (),
    ) -> Answer:
        """A command on what ``path`` shows: as a list showed it at ``version``, else as it is now.

        Read again where it has moved on since.
        """
        seen = f'"{version}"' if version else ""
        for _ in range(TRIES_WHEN_MOVED):
            seen = seen or (await self._call("GET", service, path, by, {}, None, ())).tag
            answer = await self.post(
                service, f"{path}/{action}", body, by=by, key=key, expected=(*expected, MOVED), seen=seen
            )
            if answer.refusal != MOVED:
                return answer
            seen = ""
        raise Stopped(f"{service} {path.rpartition('/')[0]}: it moves on faster than it can be decided")

    async def get(
        self, service: str, path: str, *, by: Actor, expected: Iterable[str] = (), **query: str | int
    ) -> dict[str, Any]:
        """A question; raises ``Stopped`` where it is refused, but for the refusals ``expected``, which are answered."""
        text = "&".join(f"{name}={value}" for name, value in query.items())
        answer = await self._call("GET", service, f"{path}?{text}" if text else path, by, {}, None, expected)
        return answer.body

    async def file(self, service: str, path: str, *, by: Actor, **query: str) -> bytes:
        """A list as a file."""
        text = "&".join(f"{name}={value}" for name, value in query.items())
        url = f"{self._addresses[service]}{path}?{text}"
        async with self._slots:
            response = await next(self._pools[service]).request("GET", url, headers=self._authorised(by))
        self.requests += 1
        if response.status_code != 200:
            raise Stopped(f"GET {service} {path} as {by.role}: {response.status_code} {response.text}")
        return bytes(response.content)

    async def upload(self, service: str, file: bytes, *, by: Actor, key: str) -> dict[str, Any]:
        """Keep a picture; what the service says of it."""
        headers = {"Idempotency-Key": f"{self._prefix}:{key}", "Content-Type": "image/jpeg"} | self._authorised(by)
        url = f"{self._addresses[service]}/v1/photos"
        async with self._slots:
            response = await next(self._pools[service]).request("POST", url, content=file, headers=headers)
        self.requests += 1
        if response.status_code >= 300:
            raise Stopped(f"POST {service} /v1/photos as {by.role}: {response.status_code} {response.text}")
        return dict(response.json())

    async def pages(self, service: str, path: str, *, by: Actor, **query: str | int) -> AsyncIterator[dict[str, Any]]:
        """All rows of a list, page after page."""
        after: dict[str, str] = {}
        while True:
            page = await self.get(service, path, by=by, expected=(), limit=PAGE, **{**query, **after})
            for row in page["items"]:
                yield row
            if page["next"] is None:
                return
            after = {"after": page["next"]}

    async def rows(self, service: str, path: str, *, by: Actor, **query: str | int) -> list[dict[str, Any]]:
        """All rows of a list."""
        return [row async for row in self.pages(service, path, by=by, **query)]

    async def _call(
        self,
        method: str,
        service: str,
        path: str,
        by: Actor,
        headers: dict[str, str],
        body: dict[str, Any] | None,
        expected: Iterable[str],
    ) -> Answer:
        pool, url = next(self._pools[service]), self._addresses[service] + path
        for _ in range(TRIES_WHEN_BUSY):
            async with self._slots:
                response = await pool.request(method, url, json=body, headers=headers | self._authorised(by))
            self.requests += 1
            if response.status_code != 503:
                break
            await asyncio.sleep(PAUSE_WHEN_BUSY_S)
        told = response.json() if response.content else {}
        answer = Answer(status=response.status_code, body=told, tag=response.headers.get("etag", ""))
        if answer.status < 300 or (answer.status < 500 and answer.refusal in set(expected)):
            return answer
        raise Stopped(f"{method} {service} {path.partition('?')[0]} as {by.role}: {answer.status} {response.text}")

    def _authorised(self, actor: Actor) -> dict[str, str]:
        headers = self._headers.get(actor)
        if headers is None:
            token = issue(self._settings, actor.subject, actor.role, COUNTY, actor.owner, actor.township)
            headers = self._headers[actor] = {"Authorization": f"Bearer {token}"}
        return headers


def _pool() -> httpx2.AsyncClient:
    limits = httpx2.Limits(max_connections=CONNECTIONS_A_POOL, max_keepalive_connections=CONNECTIONS_A_POOL)
    return httpx2.AsyncClient(timeout=TIMEOUT_S, limits=limits, verify=_NO_CERTIFICATES, trust_env=False)


async def all_of(work: Callable[[T], Awaitable[object]], items: Sequence[T]) -> None:
    """Do ``work`` for every item side by side; the first that fails ends it, the rest are waited for."""
    async with asyncio.TaskGroup() as group:
        for item in items:
            group.create_task(_one(work, item))


async def _one(work: Callable[[T], Awaitable[object]], item: T) -> None:
    await work(item)
