"""People and systems calling the running services: real HTTP, real tokens, an Idempotency-Key for every command."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import httpx2

from chassis.auth import issue
from chassis.config import Settings
from services.declared import PORTS
from tests.guarded import resource_of

TIMEOUT_S = 30.0


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Somebody with a token; ``owner`` is the provider, charity or claimant acted for.

    ``township``: the last three digits of the township of somebody of a village or township.
    """

    role: str
    subject: str
    owner: str = ""
    township: str = "100"


BUREAU = Actor(role="bureau", subject="bureau-1")
VERIFIER = Actor(role="bureau", subject="bureau-2")
FINANCE = Actor(role="finance", subject="finance-1")
CASHIER = Actor(role="finance", subject="finance-2")
TOWNSHIP = Actor(role="township", subject="township-1")
VILLAGE = Actor(role="village", subject="village-1")
AUDITOR = Actor(role="auditor", subject="auditor-1")


@dataclass(frozen=True, kw_only=True)
class Command:
    """What was asked: enough to ask the very same again."""

    service: str
    path: str
    body: dict[str, Any] | None
    by: Actor
    key: str


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back."""

    status: int
    text: str
    body: Any

    @property
    def code(self) -> str:
        """The code of a refusal; empty for an answer."""
        return str(self.body["code"]) if self.status >= 400 else ""


class Client:
    """One county's callers."""

    def __init__(self, settings: Settings, county: str) -> None:
        self.county = county
        self._settings = settings
        self._tokens: dict[Actor, str] = {}
        limits = httpx2.Limits(max_connections=64, max_keepalive_connections=64)
        self._http = httpx2.AsyncClient(timeout=TIMEOUT_S, trust_env=False, limits=limits)

    async def close(self) -> None:
        """End the connections."""
        await self._http.aclose()

    async def send(self, command: Command) -> Answer:
        """Ask once; raises httpx2.TransportError where no answer comes."""
        headers = self._headers(command.by) | {"Idempotency-Key": command.key}
        if resource := resource_of(command.path):
            seen = await self._http.get(self._url(command.service, resource), headers=headers)
            headers["If-Match"] = seen.headers.get("ETag", "*")
        response = await self._http.post(self._url(command.service, command.path), json=command.body, headers=headers)
        return _answer(response)

    async def post(
        self, service: str, path: str, body: dict[str, Any] | None = None, *, by: Actor = BUREAU, key: str = ""
    ) -> Answer:
        """Whatever a command is answered, a refusal too."""
        return await self.send(Command(service=service, path=path, body=body, by=by, key=key or str(uuid4())))

    async def done(
        self, service: str, path: str, body: dict[str, Any] | None = None, *, by: Actor = BUREAU, key: str = ""
    ) -> Any:
        """The answer of a command; fails unless it is accepted."""
        answer = await self.post(service, path, body, by=by, key=key)
        assert answer.status < 300, f"{service} {path}: {answer.text}"
        return answer.body

    async def refused(
        self, service: str, path: str, body: dict[str, Any] | None = None, *, by: Actor = BUREAU
    ) -> tuple[int, str]:
        """Status and code of a refusal."""
        answer = await self.post(service, path, body, by=by)
        return answer.status, answer.code

    async def upload(self, service: str, photo: bytes, *, by: Actor) -> Any:
        """The answer to a photo; fails unless it is taken."""
        headers = self._headers(by) | {"Idempotency-Key": str(uuid4()), "Content-Type": "image/jpeg"}
        answer = _answer(await self._http.post(self._url(service, "/v1/photos"), content=photo, headers=headers))
        assert answer.status == 201, f"{service} photo: {answer.text}"
        return answer.body

    async def picture(self, service: str, path: str, *, by: Actor = BUREAU) -> bytes:
        """The picture as it was kept; fails unless it is shown."""
        response = await self._http.get(self._url(service, path), headers=self._headers(by))
        assert response.status_code == 200, response.text
        return response.content

    async def public(self, service: str, path: str) -> Any:
        """What anybody is answered, without a token."""
        answer = _answer(await self._http.get(self._url(service, path)))
        assert answer.status == 200, f"{service} {path}: {answer.text}"
        return answer.body

    async def get(self, service: str, path: str, *, by: Actor = BUREAU) -> Any:
        """The answer of a question; fails unless it is 200."""
        answer = await self.ask(service, path, by)
        assert answer.status == 200, f"{service} {path}: {answer.text}"
        return answer.body

    async def ask(self, service: str, path: str, by: Actor) -> Answer:
        """Whatever a question is answered."""
        return _answer(await self._http.get(self._url(service, path), headers=self._headers(by)))

    async def rows(self, service: str, path: str, *, by: Actor = BUREAU) -> list[dict[str, Any]]:
        """All rows of a list, page after page."""
        joint = "&" if "?" in path else "?"
        found: list[dict[str, Any]] = []
        after = ""
        while True:
            page = await self.get(service, f"{path}{joint}limit=500{after}", by=by)
            found.extend(page["items"])
            if page["next"] is None:
                return found
            after = f"&after={page['next']}"

    async def now(self) -> datetime:
        """What the deployment's clock shows."""
        return datetime.fromisoformat((await self.get("orders", "/v1/clock"))["now"])

    async def move_clock(self, to: datetime) -> None:
        """Let time pass; never backwards."""
        await self.done("orders", "/v1/clock", {"to": to.isoformat()})

    async def ready(self, services: Iterable[str] = PORTS) -> bool:
        """Whether all of them answer and are ready."""
        try:
            answers = [await self._http.get(self._url(service, "/v1/readyz")) for service in services]
        except httpx2.TransportError:
            return False
        return all(answer.status_code == 200 for answer in answers)

    def _url(self, service: str, path: str) -> str:
        return self._settings.address(service, PORTS[service]) + path

    def _headers(self, by: Actor) -> dict[str, str]:
        if by not in self._tokens:
            township = f"{self.county}{by.township}" if by.role in ("village", "township") else ""
            self._tokens[by] = issue(
                self._settings, by.subject, by.role, self.county, owner=by.owner, township=township
            )
        return {"Authorization": f"Bearer {self._tokens[by]}"}


def _answer(response: httpx2.Response) -> Answer:
    return Answer(status=response.status_code, text=response.text, body=response.json() if response.content else None)
