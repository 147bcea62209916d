"""The pull feed of public events: PostgreSQL's truth, for consumers that catch up and for those without a bus.

``GET /v1/events?after=&limit=&wait=`` gives the county's public log in order; with ``wait`` it answers as soon as there
is something, at the latest after that many seconds. ``GET /v1/heads`` tells where each county's log ends.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from time import monotonic
from typing import Annotated, Any, Literal
from uuid import UUID

import asyncpg
import msgspec
from pydantic import AwareDatetime, BaseModel, Field

from chassis.http.call import Call, Running
from chassis.http.paging import page_size
from chassis.http.routes import Routes
from chassis.problems import Place, Refused
from chassis.service import Reply

POLL_S = 1.0
"""How often a waiting caller looks for commits of other processes; those of its own wake it."""

_HEAD = "select epoch, public_position from head where county = $1"
_EVENTS = (
    "select position, event_id, type, subject, body, recorded_at, hash from public_log"
    " where county = $1 and position > $2 order by position limit $3"
)
_HEADS = (
    "select county, public_position as position, epoch from head where starts_with(county, $1) and county > $2"
    " order by county limit $3"
)
_Position = Annotated[int, Field(ge=0)]


class Event(BaseModel):
    """A CloudEvent (1.0, JSON format) with its place in the county's public log."""

    specversion: Literal["1.0"]
    id: UUID
    source: str
    type: str
    subject: UUID
    time: AwareDatetime
    datacontenttype: Literal["application/json"]
    careloopposition: _Position
    careloopprevious: _Position
    careloopepoch: UUID
    careloophash: str
    data: dict[str, Any]


class Events(BaseModel):
    """Events after a position: ask on with ``after=next``. ``head`` is the log's last position now."""

    items: list[Event]
    next: _Position
    head: _Position
    epoch: UUID | None


class Head(BaseModel):
    """Where one county's public log ends; another ``epoch`` means another store (restored, made anew)."""

    county: str
    position: _Position
    epoch: UUID


class Heads(BaseModel):
    """Counties by code; ``next`` is the ``after`` of the following page, null on the last one."""

    items: list[Head]
    next: str | None


class Feed:
    """Reads the public log and wakes those who wait for it."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._source = f"/careloop/{running.service.name}"
        self._commits: dict[str, asyncio.Event] = {}
        self._waiting = 0
        running.dispatch.on_commit(self._committed)

    def routes(self) -> Routes:
        """``/v1/events`` and ``/v1/heads``."""
        routes = Routes(tag="feed")
        routes.get(
            "/v1/events",
            answer=Events,
            roles=("service", "auditor", "bureau", "province"),
            filters={"after": int, "limit": int, "wait": float},
            summary="公共事件流 The county's public events, in order",
        )(self.events)
        routes.get(
            "/v1/heads",
            answer=Heads,
            roles=("service", "auditor"),
            filters={"after": str, "limit": int},
            any_county=True,
            summary="各县区事件流末端 Where each county's public log ends",
        )(self.heads)
        return routes

    async def events(self, call: Call[None]) -> Reply:
        """Events after ``after`` (0: from the beginning); waits at most ``wait`` seconds for the first one."""
        after, limit = call.query.get("after", 0), page_size(call)
        wait = call.query.get("wait", 0.0)
        if after < 0 or not wait >= 0:
            raise Refused("query.invalid", places=(Place("after" if after < 0 else "wait", "out_of_range"),))
        until = monotonic() + min(wait, self._running.settings.long_poll_max_s)
        while True:
            commit = self._commits.setdefault(call.county, asyncio.Event()) if wait else asyncio.Event()
            head, rows = await self._read(call.county, after, limit)
            left = until - monotonic()
            if rows or left <= 0:
                return Reply(status=200, body=self._page(call.county, after, head, rows))
            await self._wait(commit, min(left, POLL_S))

    async def heads(self, call: Call[None]) -> Mapping[str, object]:
        """All counties for a service, its own ones for an auditor."""
        if not call.county and call.caller.role != "service":
            raise Refused("county.missing")
        limit = page_size(call, default=call.running.settings.page_max)
        rows = await call.fetch(_HEADS, call.county, call.query.get("after", ""), limit + 1)
        return {"items": rows[:limit], "next": rows[limit - 1]["county"] if len(rows) > limit else None}

    async def _read(self, county: str, after: int, limit: int) -> tuple[asyncpg.Record | None, list[asyncpg.Record]]:
        async with self._running.pool.acquire() as connection:
            head = await connection.fetchrow(_HEAD, county)
            if head is None or head["public_position"] <= after:
                return head, []
            return head, await connection.fetch(_EVENTS, county, after, limit)

    async def _wait(self, commit: asyncio.Event, seconds: float) -> None:
        if self._waiting >= self._running.feed_waiters_max:
            raise Refused("feed.too_many_waiting")
        self._waiting += 1
        try:
            await asyncio.wait_for(commit.wait(), seconds)
        except TimeoutError:
            pass
        finally:
            self._waiting -= 1

    def _committed(self, county: str, _public_position: int, _agenda: int) -> None:
        commit = self._commits.pop(county, None)
        if commit is not None:
            commit.set()

    def _page(self, county: str, after: int, head: asyncpg.Record | None, rows: list[asyncpg.Record]) -> bytes:
        last = rows[-1]["position"] if rows else after
        return msgspec.json.encode(
            {
                "items": [self._event(county, head["epoch"], row) for row in rows] if head is not None else [],
                "next": last,
                "head": max(head["public_position"], last if rows else 0) if head is not None else 0,
                "epoch": head["epoch"] if head is not None else None,
            }
        )

    def _event(self, county: str, epoch: UUID, row: asyncpg.Record) -> dict[str, object]:
        return {
            "specversion": "1.0",
            "id": row["event_id"],
            "source": f"{self._source}/{county}",
            "type": row["type"],
            "subject": row["subject"],
            "time": row["recorded_at"],
            "datacontenttype": "application/json",
            "careloopposition": row["position"],
            "careloopprevious": row["position"] - 1,
            "careloopepoch": epoch,
            "careloophash": row["hash"].hex(),
            "data": msgspec.Raw(row["body"]),
        }
