"""Reads the facts of a public log back, as fast as one process can: COPY in binary, facts decoded by the list.

    public_log ── pages of positions, one COPY each ──▶ rows ── one typed decode for all that arrived ──▶ facts

A fact stands in a public event's body under ``fact``; its id, source and position are those of its row. Which kinds
there are, and into which classes they go, the caller says (``FactShapes``). Pages are short, so a long replay holds
no snapshot that would slow the writers; a missing position is an error, because positions are gapless.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from struct import Struct
from typing import Any

import msgspec

from chassis.fact_shapes import FactShapes, ReplayError, Row
from chassis.recorder import Connection

PAGE = 50_000
"""Positions read by one statement: about a fifth of a second."""

ROWS = (
    "select position, event_id::text, body from {log}"
    " where county = $1 and position > $2 and position <= $3 order by position"
)
_FACT = b'"fact":{'
_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER = b"\xff\xff"
_row = Struct(">hiqi36si")
"""Fields 3; length 8, position; length 36, event id as text; length of the body, which follows."""


class Rows:
    """Collects the facts of one log while its bytes arrive; ``position`` is the last one read."""

    def __init__(self, source: str, shapes: FactShapes, after: int) -> None:
        self.source = source
        self.position = after
        self.facts: list[Any] = []
        self._reader = shapes.readers(source)
        self._rest = b""
        self._header = True
        self._error: ReplayError | None = None

    def begin(self) -> None:
        """The next statement's bytes follow."""
        self._rest, self._header = b"", True

    async def take(self, arrived: bytes) -> None:
        """Read all rows that are complete. An error is kept for ``end``: a COPY that its reader breaks off hangs."""
        if self._error is not None:
            return
        buffer = self._rest + arrived
        start = 0
        if self._header:
            if len(buffer) < len(_HEADER):
                self._rest = buffer
                return
            start, self._header = len(_HEADER), False
        try:
            self._rest = buffer[self._read(buffer, start) :]
        except ReplayError as error:
            self._error = error

    def end(self, through: int) -> None:
        """Check that the statement gave every row up to ``through``, and each could be read."""
        if self._error is not None:
            raise self._error
        if self._rest != _TRAILER or self.position != through:
            raise ReplayError(f"{self.source}: position {self.position + 1} is missing")

    def _read(self, buffer: bytes, start: int) -> int:
        """Read the complete rows from ``start`` on; where the first incomplete one begins."""
        # The usual body ends with its fact: then all facts of the buffer are one list for the decoder.
        written: list[bytes] = []
        put, find = written.append, buffer.find
        unpack, head, last = _row.unpack_from, _row.size, len(buffer)
        offset, expected, usual = start, self.position, True
        while offset + head <= last:
            _, _, position, _, name, length = unpack(buffer, offset)
            begin = offset + head
            end = begin + length
            if end > last:
                break
            expected += 1
            if position != expected:
                raise ReplayError(f"{self.source}: position {expected} is missing")
            offset = end
            at = find(_FACT, begin, end)
            if at >= 0:
                # What the row tells comes last, so that it stands whatever the body says.
                put(b'%b,"id":"%b","position":%d}' % (buffer[at + 7 : end - 2], name, position))
            elif find(b'"fact"', begin, end) >= 0:
                usual = False
        self.facts += self._decoded(written, usual, buffer[start:offset])
        self.position = expected
        return offset

    def _decoded(self, written: list[bytes], usual: bool, rows: bytes) -> list[Any]:
        """The facts as they were found; row by row where one of the bodies is not written as usual."""
        if usual:
            try:
                return self._reader.several(written)
            except msgspec.MsgspecError:
                pass
        return [fact for row in _rows(rows) for fact in self._reader.carefully(row)]


def _rows(buffer: bytes) -> Iterator[Row]:
    """Whole rows, one by one."""
    offset = 0
    while offset < len(buffer):
        _, _, position, _, name, length = _row.unpack_from(buffer, offset)
        begin = offset + _row.size
        offset = begin + length
        yield Row(position, name, buffer[begin:offset])


async def facts_from_public_log(
    connection: Connection,
    service: str,
    county: str,
    shapes: FactShapes,
    *,
    after: int = 0,
    through: int | None = None,
    page: int = PAGE,
) -> list[Any]:
    """The facts of a county's public log at ``service``, in order of position: after ``after``, up to ``through``.

    ``through`` None: to where the log ends now. ``connection`` may read the service's schema, as its role or as the
    owner. Raises ReplayError.
    """
    schema = '"' + service.replace('"', '""') + '"'
    if through is None:
        through = await connection.fetchval(f"select public_position from {schema}.head where county = $1", county) or 0
    query = ROWS.format(log=f"{schema}.public_log")
    rows = Rows(service, shapes, after)
    while rows.position < through:
        until = min(rows.position + page, through)
        rows.begin()
        await connection.copy_from_query(query, county, rows.position, until, output=rows.take, format="binary")
        rows.end(until)
    return rows.facts


@contextmanager
def no_collection() -> Iterator[None]:
    """While a replay fills the memory with facts that all stay, looking for garbage among them only costs."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
