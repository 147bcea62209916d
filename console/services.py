"""The services, asked over REST like any client: without a token, for the person at the other end.

The person's address goes with the request (``X-Forwarded-For``): a service that trusts the console's network counts the
person, not the console. Nothing of what is asked is logged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import quote

import httpx2
import msgspec
import structlog

from chassis import tracing
from chassis.config import Settings

log = structlog.get_logger(__name__)

RETRY_S = 30
"""How long to wait where a service does not say."""
RETRY_MAX_S = 3600


class Away(Exception):
    """A service did not answer, or not as it should; ``retry_s``: when to ask again."""

    def __init__(self, retry_s: int = RETRY_S) -> None:
        super().__init__("a service is away")
        self.retry_s = retry_s


class TooMany(Away):
    """The service has had too many questions from there."""


class Rating(msgspec.Struct, frozen=True, kw_only=True):
    """What ``POST /v1/rating-page`` takes."""

    county: str
    visit_id: str
    code: str
    stars: int
    reasons: tuple[str, ...]
    rated_by: str


class Certificate(msgspec.Struct, frozen=True, kw_only=True):
    """What ``GET /v1/certificates/{number}`` tells everybody."""

    number: str
    standing: Literal["valid", "revoked"]
    charity: str
    credit_code: str
    first: date
    last: date
    issued_on: date
    deeds: int
    pieces: int
    minutes: int
    sha256: str
    holder: str | None


@dataclass(frozen=True, kw_only=True)
class For:
    """On whose behalf a service is asked: the address, and the request's id."""

    address: str
    request: str


class Services:
    """Connections to the services that pages need, by name."""

    NAMES = ("providers", "charity")

    def __init__(self, clients: Mapping[str, httpx2.AsyncClient]) -> None:
        self._clients = dict(clients)

    @classmethod
    def at(cls, addresses: Mapping[str, str], settings: Settings) -> Services:
        """The services at their addresses."""
        return cls(
            {
                name: httpx2.AsyncClient(
                    base_url=addresses[name], timeout=settings.console_wait_s, trust_env=False, follow_redirects=False
                )
                for name in cls.NAMES
            }
        )

    async def close(self) -> None:
        """Give the connections back."""
        for client in self._clients.values():
            await client.aclose()

    async def rate(self, rating: Rating, asker: For) -> None:
        """Hand a rating in. It is answered the same whatever was right; ``Away`` or ``TooMany`` where it is not."""
        body = msgspec.json.encode(rating)
        answer = await self._ask("providers", "POST", "/v1/rating-page", asker, body)
        if answer.status_code != 202:
            raise _unexpected("providers", answer)

    async def certificate(self, number: str, check: str, asker: For) -> Certificate | None:
        """What the number leads to; None where there is none. ``check`` is from the QR, or empty."""
        path = f"/v1/certificates/{quote(number, safe='')}" + (f"?check={quote(check, safe='')}" if check else "")
        answer = await self._ask("charity", "GET", path, asker)
        if answer.status_code == 404:
            return None
        if answer.status_code != 200:
            raise _unexpected("charity", answer)
        try:
            return msgspec.json.decode(answer.content, type=Certificate)
        except msgspec.MsgspecError:
            raise _unexpected("charity", answer) from None

    async def _ask(
        self, service: str, method: str, path: str, asker: For, body: bytes | None = None
    ) -> httpx2.Response:
        headers = {"X-Request-Id": asker.request, "Accept": "application/json"}
        if asker.address:
            headers["X-Forwarded-For"] = asker.address
        if body is not None:
            headers["Content-Type"] = "application/json"
        if carried := tracing.carried():
            headers[tracing.HEADER] = carried
        try:
            answer = await self._clients[service].request(method, path, content=body, headers=headers)
        except (httpx2.HTTPError, OSError) as error:
            log.warning("console.service_away", source=service, error=type(error).__name__)
            raise Away from None
        if answer.status_code == 429:
            raise TooMany(_retry(answer))
        if answer.status_code >= 500:
            raise _unexpected(service, answer)
        return answer


def _unexpected(service: str, answer: httpx2.Response) -> Away:
    log.warning("console.unexpected_answer", source=service, status=answer.status_code)
    return Away(_retry(answer))


def _retry(answer: httpx2.Response) -> int:
    told = answer.headers.get("retry-after", "")
    seconds = int(told) if told.isascii() and told.isdigit() and len(told) < 6 else RETRY_S
    return min(max(seconds, 1), RETRY_MAX_S)
