"""The feed of another service, read as a client: what the bus has not brought is read from its public log by REST.

``GET /v1/heads`` tells where each county's log ends, ``GET /v1/events?after=`` gives it in pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import httpx2
import msgspec

from chassis.service import Heard

TIMEOUT_S = 10.0
HEADS_PAGE = 1000
EVENTS_PAGE = 1000
"""What a page of the feed may hold."""


class FeedError(Exception):
    """The source's feed did not answer, or answered what cannot be used."""


class SourceHead(NamedTuple):
    """Where a county's public log ends at its source, and the epoch it is in."""

    position: int
    epoch: UUID


class Delivered(NamedTuple):
    """A public event as it came, over the bus or from the feed, and the epoch of the log it came from."""

    heard: Heard
    epoch: UUID


class _Event(msgspec.Struct):
    """An item of the feed; ``data`` stays the very bytes of the public log."""

    id: UUID
    type: str
    subject: UUID
    time: datetime
    data: msgspec.Raw
    careloopposition: int
    careloopepoch: UUID
    careloophash: str = ""
    traceparent: str = ""


class _Events(msgspec.Struct):
    items: list[_Event]


class _Head(msgspec.Struct):
    county: str
    position: int
    epoch: UUID


class _Heads(msgspec.Struct):
    items: list[_Head]
    next: str | None


_decode_events = msgspec.json.Decoder(_Events).decode
_decode_heads = msgspec.json.Decoder(_Heads).decode


class Feed:
    """The feeds of all sources, by address (``{"orders": "http://127.0.0.1:8701"}``).

    ``token`` gives a valid service token, asked for anew for each request.
    """

    def __init__(
        self,
        addresses: Mapping[str, str],
        token: Callable[[], str],
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        self._addresses = dict(addresses)
        self._token = token
        self._client = httpx2.AsyncClient(timeout=TIMEOUT_S, transport=transport)

    async def close(self) -> None:
        """Give the connections back."""
        await self._client.aclose()

    async def heads(self, source: str, county: str = "") -> dict[str, SourceHead]:
        """Where the public logs of all counties end, or of those that begin with ``county``. Raises FeedError."""
        heads: dict[str, SourceHead] = {}
        after: str | None = ""
        while after is not None:
            body = await self._get(source, "/v1/heads", {"after": after, "limit": str(HEADS_PAGE)}, county)
            try:
                page = _decode_heads(body)
            except msgspec.MsgspecError as error:
                raise FeedError(f"heads of {source}: {error}") from error
            heads |= {head.county: SourceHead(head.position, head.epoch) for head in page.items}
            after = page.next
        return heads

    async def head(self, source: str, county: str) -> SourceHead | None:
        """Where the public log of one county ends; None if the source has none. Raises FeedError."""
        return (await self.heads(source, county)).get(county)

    async def events(self, source: str, county: str, after: int, limit: int) -> list[Delivered]:
        """Public events after a position, in order, a page of at most ``limit``. Raises FeedError."""
        body = await self._get(
            source, "/v1/events", {"after": str(after), "limit": str(min(limit, EVENTS_PAGE))}, county
        )
        try:
            return [_delivered(source, county, item) for item in _decode_events(body).items]
        except msgspec.MsgspecError as error:
            raise FeedError(f"events of {source}: {error}") from error

    async def _get(self, source: str, path: str, query: dict[str, str], county: str) -> bytes:
        headers = {"Authorization": f"Bearer {self._token()}", **({"Careloop-County": county} if county else {})}
        try:
            answer = await self._client.get(self._addresses[source] + path, params=query, headers=headers)
        except (httpx2.HTTPError, OSError) as error:
            raise FeedError(f"{source}: {error!r}") from error
        if answer.status_code != 200:
            raise FeedError(f"{source}: {path} answered {answer.status_code}")
        return answer.content


def _delivered(source: str, county: str, item: _Event) -> Delivered:
    heard = Heard(
        source=source,
        county=county,
        position=item.careloopposition,
        event_id=item.id,
        type=item.type,
        subject=item.subject,
        body=bytes(item.data),
        recorded_at=item.time,
        hash=item.careloophash,
        trace=item.traceparent,
    )
    return Delivered(heard, item.careloopepoch)
