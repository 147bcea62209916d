"""Where is searched: every file of the data folder, every table of every service, the exports, and what is handed in.

PostgreSQL's own files are searched as tables: a page on disk may be half of one row and half of another, a row is not.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import asyncpg

from careloop import log_export
from careloop.canaries.planting import FILE
from chassis.service import Service

ROWS = 2000
CHUNK_BYTES = 4_000_000
OVERLAP_BYTES = 4_096
"""Chunks of a file overlap, so that a text on their border is seen."""
_TABLES = (
    "select table_schema, table_name from information_schema.tables where table_type = 'BASE TABLE'"
    " and table_schema not in ('pg_catalog', 'information_schema') order by 1, 2"
)


class Blob(NamedTuple):
    """Bytes, and the place they are from."""

    place: str
    bytes: bytes


async def everywhere(
    data: Path, connection: asyncpg.Connection, services: Iterable[Service], more: Iterable[Blob] = ()
) -> AsyncIterator[Blob]:
    """All places of a deployment. ``connection`` is the owner's; ``more`` are places only the caller can see."""
    for blob in (*more, *files(data)):
        yield blob
    async for blob in tables(connection):
        yield blob
    with tempfile.TemporaryDirectory(prefix="careloop-canaries-") as folder:
        await log_export.export(connection, services, Path(folder), None, None)
        for blob in files(Path(folder)):
            yield Blob(f"export {blob.place}", blob.bytes)


def files(folder: Path) -> Iterator[Blob]:
    """The files below ``folder``, but for PostgreSQL's, of which the logs alone, and the list of what is planted."""
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder).parts
        if file.name == FILE or (inside[0] == "pg" and not file.name.endswith((".log", ".csv"))):
            continue
        if file.is_file():
            yield from _chunks(file, "/".join(inside))


def _chunks(file: Path, place: str) -> Iterator[Blob]:
    tail = b""
    with file.open("rb") as source:
        while chunk := source.read(CHUNK_BYTES):
            yield Blob(place, tail + chunk)
            tail = chunk[-OVERLAP_BYTES:]


async def tables(connection: asyncpg.Connection) -> AsyncIterator[Blob]:
    """Every row of every table as text; binary columns stand there in hexadecimal."""
    for schema, table in await connection.fetch(_TABLES):
        async with connection.transaction(readonly=True):
            await connection.execute("set local row_security = off")
            cursor = await connection.cursor(f'select whole::text from "{schema}"."{table}" whole')
            while rows := await cursor.fetch(ROWS):
                yield Blob(f"table {schema}.{table}", "\n".join(row[0] for row in rows).encode())
