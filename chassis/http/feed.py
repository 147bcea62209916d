"""The pull feed of public events: PostgreSQL's truth, for consumers that catch up and for those without a bus.

``GET /v1/events?after=&limit=&wait=`` gives a county's public log in order, or what of it concerns the caller; a city
or province that names no county gets all of its counties' (``feed_vector``). With ``wait`` it answers as soon as there
is something for the caller, at the latest after that many seconds. ``GET /v1/heads`` tells where each log ends.
``docs/spec/feed.md`` says how to consume it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from time import monotonic
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
import msgspec

from chassis.authority import Authority
from chassis.http import feed_vector
from chassis.http.call import Call, Running
from chassis.http.feed_rights import Share, kept_back, share
from chassis.http.feed_shapes import Cursor, Events, Heads, cloud_event
from chassis.http.feed_vector import Standing
from chassis.http.feed_waiting import Waiters
from chassis.http.paging import page_size
from chassis.http.routes import Routes
from chassis.keys import derived
from chassis.problems import Place, Refused
from chassis.service import Reply

POLL_S = 1.0
"""How often a waiting caller looks for commits of other processes; those of its own wake it."""
SCAN_MAX = 10_000
"""Positions looked through in one request for what concerns the caller; ``next`` goes past them all the same."""
COUNTIES_MAX = 1000
"""Counties in one feed; who has more below it names them one by one."""
CURSOR = "feed cursor"

_COUNTY_DIGITS, _POSITION_DIGITS = 6, 18
_HEAD = "select epoch, public_position from head where county = $1"
_ROWS = "select position, event_id, type, subject, body, recorded_at, hash, trace from public_log"
_EVENTS = f"{_ROWS} where county = $1 and position > $2 and type <> all($4::text[]) order by position limit $3"
_CONCERNING = (
    f"{_ROWS} where county = $1 and position > $2 and position <= $4"
    " and type = any($5) and position($6::bytea in body) > 0 order by position limit $3"
)
_HEADS = (
    "select county, public_position as position, epoch from head where starts_with(county, $1) and county > $2"
    " order by county limit $3"
)


class Scan(NamedTuple):
    """What one look into a county's log found: where it ends, the rows to show, and through where it was looked."""

    head: int
    epoch: UUID | None
    rows: Sequence[Any]
    through: int


class Feed:
    """Reads the public log and wakes those who wait for it."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._service = running.service.name
        self._waiters = Waiters(running.feed_waiters_max)
        running.dispatch.on_commit(self._waiters.committed)

    def routes(self) -> Routes:
        """``/v1/events`` and ``/v1/heads``."""
        routes = Routes(tag="feed", common=True)
        routes.get(
            "/v1/events",
            answer=Events,
            filters={"after": Cursor, "limit": int, "wait": float},
            refusals=("cursor.invalid", "feed.too_many_waiting"),
            any_county=True,
            scope="feed.read",
            summary="公共事件流 Public events in order, as far as they concern the caller",
        )(self.events)
        routes.get(
            "/v1/heads",
            answer=Heads,
            filters={"after": str, "limit": int},
            any_county=True,
            scope="feed.read",
            summary="各县区事件流末端 Where each county's public log ends",
        )(self.heads)
        return routes

    async def events(self, call: Call[None]) -> Reply:
        """Events after ``after`` (from the beginning without it); waits at most ``wait`` seconds for the first one.

        Whoever acts for an owner or a township is shown the events that concern it, and the answer says ``filtered``.
        A city or province without ``Careloop-County`` is shown all counties below it; ``after`` is then a cursor.
        """
        call.reach()
        wait = call.query.get("wait", 0.0)
        if not wait >= 0:
            raise Refused("query.invalid", places=(Place("wait", "out_of_range"),))
        if len(call.county) >= _COUNTY_DIGITS:
            return await self._of_county(call, wait)
        if not call.county:
            raise Refused("county.missing")
        return await self._of_region(call, wait)

    async def heads(self, call: Call[None]) -> Mapping[str, object]:
        """All counties for a service, those below it for a city or province, its own ones for an auditor."""
        if not call.county and call.caller.role != "service":
            raise Refused("county.missing")
        limit = page_size(call, default=call.running.settings.page_max)
        rows = await self._heads(call.county, call.query.get("after", ""), limit + 1)
        more = len(rows) > limit
        return {"items": [dict(row) for row in rows[:limit]], "next": rows[limit - 1]["county"] if more else None}

    async def _of_county(self, call: Call[None], wait: float) -> Reply:
        after, limit = _position(call.query.get("after", "0")), page_size(call)
        only = share(call.running.authority, call.caller, call.action, call.county)
        hidden = kept_back(call.running.authority, call.caller, call.action)
        until = self._until(wait)
        while True:
            commit = self._waiters.watch(call.county, region=False) if wait else None
            scan = await self._scan(call.county, only or hidden, after, limit)
            after, left = scan.through, until - monotonic()
            # Looked through as much as one request may, and not yet at the end: the caller asks on.
            if commit is None or scan.rows or left <= 0 or after < scan.head:
                items = [cloud_event(self._service, call.county, scan.epoch, row) for row in scan.rows if scan.epoch]
                head = max(scan.head, after if items else 0)
                return _page(items, after, head, scan.epoch, filtered=bool(only or hidden))
            await self._waiters.wait(commit, min(left, POLL_S))

    async def _scan(self, county: str, only: Share | list[str], after: int, limit: int) -> Scan:
        """What concerns ``only``, or everything but the types it names."""
        async with self._running.database.at(county) as connection:
            head = await connection.fetchrow(_HEAD, county)
            if head is None:
                return Scan(0, None, [], after)
            end, epoch = head["public_position"], head["epoch"]
            if end <= after:
                return Scan(end, epoch, [], after)
            if isinstance(only, list):
                rows = await connection.fetch(_EVENTS, county, after, limit, only)
                return Scan(end, epoch, rows, _through(rows, limit, end))
            through = min(end, after + SCAN_MAX)
            rows = await connection.fetch(_CONCERNING, county, after, limit, through, only.types(), only.needle())
        concerning = [row for row in rows if only.shows(row["type"], row["body"])]
        return Scan(end, epoch, concerning, rows[-1]["position"] if len(rows) == limit else through)

    async def _of_region(self, call: Call[None], wait: float) -> Reply:
        key, bound = derived(call.running.settings, CURSOR), json.dumps([self._service, call.county]).encode()
        standing = feed_vector.read(key, bound, call.query.get("after", ""))
        limit, until = page_size(call), self._until(wait)
        hidden = kept_back(call.running.authority, call.caller, call.action)
        while True:
            commit = self._waiters.watch(call.county, region=True) if wait else None
            items, standing = await self._of_counties(call, standing, limit, hidden)
            left = until - monotonic()
            if commit is None or items or left <= 0:
                after = feed_vector.write(key, bound, standing)
                return _page(items, after, None, None, filtered=bool(hidden))
            await self._waiters.wait(commit, min(left, POLL_S))

    async def _of_counties(
        self, call: Call[None], standing: Standing, limit: int, hidden: list[str]
    ) -> tuple[list[dict[str, object]], Standing]:
        """A page of the region, county after county, and how far each one is told after it."""
        heads = await self._heads(call.county, "", COUNTIES_MAX + 1)
        if len(heads) > COUNTIES_MAX:
            raise Refused("county.missing")
        epochs = {
            head["county"]: head["epoch"] for head in heads if _whole(call.running.authority, call, head["county"])
        }
        after = {county: standing.after(county, epoch) for county, epoch in epochs.items()}
        pending = {
            head["county"]: head["position"] - after[head["county"]] for head in heads if head["county"] in after
        }
        items: list[dict[str, object]] = []
        through: dict[str, tuple[int, UUID]] = {}
        for county, count in feed_vector.divided(pending, limit, standing.last).items():
            rows = await self._running.database.fetch(_EVENTS, county, after[county], count, hidden)
            items += [cloud_event(self._service, county, epochs[county], row) for row in rows]
            through[county] = _through(rows, count, after[county] + pending[county]), epochs[county]
        return items, standing.told(through)

    async def _heads(self, begins: str, after: str, limit: int) -> list[asyncpg.Record]:
        return list(await self._running.database.works.fetch(_HEADS, begins, after, limit))

    def _until(self, wait: float) -> float:
        return monotonic() + min(wait, self._running.settings.long_poll_max_s)


def _through(rows: Sequence[Any], limit: int, end: int) -> int:
    """Through where it was looked: to the last row of a full page, else at least to the end that was known before."""
    last: int = rows[-1]["position"] if rows else 0
    return last if len(rows) == limit else max(last, end)


def _whole(authority: Authority, call: Call[None], county: str) -> bool:
    return share(authority, call.caller, call.action, county) is None


def _position(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _POSITION_DIGITS):
        raise Refused("query.invalid", places=(Place("after", "malformed"),))
    return int(text)


def _page(
    items: list[dict[str, object]], after: int | str, head: int | None, epoch: UUID | None, *, filtered: bool
) -> Reply:
    page = {"items": items, "next": after, "head": head, "epoch": epoch, "filtered": filtered}
    return Reply(status=200, body=msgspec.json.encode(page))
