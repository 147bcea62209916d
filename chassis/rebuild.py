"""Read models again from the events: a rebuild folds every stream and writes the rows its state gives."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import asyncpg
from eventsourcing.persistence import StoredEvent

from chassis.codec import Codec
from chassis.service import Service, View

PAGE = 5_000
_STREAMS = (
    "select originator_id, originator_version, topic, state from {schema}.events"
    " where county = $1 and (originator_id, originator_version) > ($2, $3)"
    " order by originator_id, originator_version limit $4"
)


async def rebuild_views(connection: asyncpg.Connection, service: Service, county: str) -> dict[str, int]:
    """Empty and fill all views of a county in one transaction under the head's lock; rows written, by table."""
    written = {view.table: 0 for view in service.views}
    async with connection.transaction():
        await connection.execute(f'select 1 from "{service.name}".head where county = $1 for update', county)
        for view in service.views:
            await connection.execute(f'delete from "{service.name}".{view.table} where county = $1', county)
        waiting: dict[str, list[list[Any]]] = {view.table: [] for view in service.views}
        async for category, stream, state in folded_streams(connection, service, county):
            for view in service.views:
                if view.category == category and (row := view.row(stream, state)) is not None:
                    waiting[view.table].append([county, *(row[column] for column in view.columns)])
                    if len(waiting[view.table]) >= PAGE:
                        written[view.table] += await _insert(connection, service.name, view, waiting[view.table])
        for view in service.views:
            written[view.table] += await _insert(connection, service.name, view, waiting[view.table])
    return written


async def folded_streams(
    connection: asyncpg.Connection, service: Service, county: str
) -> AsyncIterator[tuple[str, UUID, Any]]:
    """Every stream of a county with its category and its state after the last event."""
    codec = Codec(service.deciders)
    after: tuple[UUID, int] = (UUID(int=0), 0)
    stream: UUID | None = None
    category, state = "", None
    query = _STREAMS.format(schema=f'"{service.name}"')
    while True:
        page = await connection.fetch(query, county, *after, PAGE)
        for row in page:
            stored = StoredEvent(*row)
            if row["originator_id"] != stream:
                if stream is not None:
                    yield category, stream, state
                stream, category = row["originator_id"], codec.category_of[stored.topic]
                state = service.decider(category).initial
            state = service.decider(category).evolve(state, codec.decode(stored.topic, stored.state))
        if len(page) < PAGE:
            break
        after = (page[-1]["originator_id"], page[-1]["originator_version"])
    if stream is not None:
        yield category, stream, state


async def _insert(connection: asyncpg.Connection, schema: str, view: View, rows: list[list[Any]]) -> int:
    if not rows:
        return 0
    columns = ", ".join(view.columns)
    places = ", ".join(f"${n}::{kind}" for n, kind in enumerate(view.columns.values(), 2))
    await connection.executemany(f'insert into "{schema}".{view.table} (county, {columns}) values ($1, {places})', rows)
    count = len(rows)
    rows.clear()
    return count
