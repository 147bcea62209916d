"""Reads the facts of a public log back, as fast as one process can: COPY in binary, straight into frozen dataclasses.

    public_log ── pages of positions, one COPY each ──▶ rows ── one typed decode each ──▶ facts

A fact stands in a public event's body under ``fact``; its id, source and position are those of its row. Which kinds
there are, and into which classes they go, the caller says (``FactShapes``). Pages are short, so a long replay holds
no snapshot that would slow the writers; a missing position is an error, because positions are gapless.
"""

from __future__ import annotations

import dataclasses
import gc
import typing
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from struct import Struct
from typing import Any, Literal, NamedTuple

import msgspec

from chassis.recorder import Connection

PAGE = 50_000
"""Positions read by one statement: about a fifth of a second."""
PLACED = ("id", "source", "position")
"""Fields of a fact that its row tells, not its body."""
PARTS_KEPT = 65_536

ROWS = (
    "select position, event_id::text, body from {log}"
    " where county = $1 and position > $2 and position <= $3 order by position"
)
_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER = b"\xff\xff"
_row = Struct(">hiqi36si")
"""Fields 3; length 8, position; length 36, event id as text; length of the body, which follows."""


class ReplayError(Exception):
    """The log cannot be replayed: a position is missing, or a fact has not its shape."""


class _Shape(NamedTuple):
    """How one kind is read: its typed decoder, its class, the fields made of parts, and a last touch."""

    decode: Callable[[bytes], Any]
    kind: type[Any]
    parted: tuple[str, ...]
    mend: Callable[[Any], Any] | None


class _Enveloped(msgspec.Struct):
    fact: msgspec.Raw = msgspec.Raw(b"null")


class _Tagged(msgspec.Struct):
    kind: str


class FactShapes:
    """The kinds of facts by name, frozen dataclasses with ``id``, ``source`` and ``position`` among their fields.

    ``part`` is a dataclass that some fields hold tuples of, ``names`` tells which of its fields the log names
    otherwise. ``mend`` may replace a fact of a kind by what the log means with it.
    """

    def __init__(
        self,
        kinds: Mapping[str, type[Any]],
        part: type[Any],
        names: Mapping[str, str],
        mend: Mapping[str, Callable[[Any], Any]] | None = None,
    ) -> None:
        self._part = part
        hints = typing.get_type_hints(part)
        wire = msgspec.defstruct(
            part.__name__, [_field(field, hints[field.name]) for field in dataclasses.fields(part)], rename=dict(names)
        )
        decode_parts = msgspec.json.Decoder(tuple[wire, ...]).decode  # type: ignore[valid-type]

        @lru_cache(maxsize=PARTS_KEPT)
        def parts(raw: bytes) -> tuple[Any, ...]:
            return msgspec.convert(decode_parts(raw), tuple[part, ...], from_attributes=True)  # type: ignore[valid-type]

        self.parts = parts
        mend = mend or {}
        self.shapes = {name.encode(): self._shape(name, kind, mend.get(name)) for name, kind in kinds.items()}

    def _shape(self, name: str, kind: type[Any], mend: Callable[[Any], Any] | None) -> _Shape:
        """The decoder makes a twin of the class, whose layout is the same: the twin then becomes one of the class.

        The twin lacks the placed fields and insists on its kind, so a fact is never read as another kind.
        """
        hints = typing.get_type_hints(kind)
        fields = [field for field in dataclasses.fields(kind) if field.name not in PLACED]
        parted = tuple(field.name for field in fields if self._part in _mentioned(hints[field.name]))
        twin = dataclasses.make_dataclass(
            kind.__name__,
            [
                ("kind", Literal[name]),
                *(_field(field, msgspec.Raw if field.name in parted else hints[field.name]) for field in fields),
            ],
            kw_only=True,
        )
        return _Shape(msgspec.json.Decoder(twin).decode, kind, parted, mend)

    def carefully(self, body: bytes) -> tuple[_Shape, Any] | None:
        """Shape and twin of a body's fact, wherever it stands in it; None without a fact. Raises ReplayError."""
        try:
            raw = bytes(_enveloped(body).fact)
            if raw == b"null":
                return None
            shape = self.shapes[_tagged(raw).kind.encode()]
            return shape, shape.decode(raw)
        except KeyError as error:
            raise ReplayError(f"facts of kind {error} are not known here") from None
        except msgspec.MsgspecError as error:
            raise ReplayError(str(error)) from error


class Rows:
    """Collects the facts of one log while its bytes arrive; ``position`` is the last one read."""

    def __init__(self, source: str, shapes: FactShapes, after: int) -> None:
        self.source = source
        self.position = after
        self.facts: list[Any] = []
        self._shapes = shapes
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

    def _read(self, buffer: bytes, offset: int) -> int:
        """Read the complete rows from ``offset`` on; where the first incomplete one begins."""
        # The usual body ends with its fact, and the fact begins with its kind: then nothing before it is parsed.
        shapes, source, keep = self._shapes.shapes, self.source, self.facts.append
        unpack, head, find, last = _row.unpack_from, _row.size, buffer.find, len(buffer)
        expected = self.position
        while offset + head <= last:
            _, _, position, _, name, length = unpack(buffer, offset)
            begin = offset + head
            end = begin + length
            if end > last:
                break
            expected += 1
            if position != expected:
                raise ReplayError(f"{source}: position {expected} is missing")
            offset = end
            at = find(b'"fact":', begin, end)
            if at < 0:
                continue
            shape = shapes.get(buffer[at + 16 : find(b'"', at + 16, end)])
            try:
                fact = shape.decode(buffer[at + 7 : end - 1]) if shape else None
            except msgspec.MsgspecError:
                fact = None
            if shape is None or fact is None:
                found = self._shapes.carefully(buffer[begin:end])
                if found is None:
                    continue
                shape, fact = found
            fact.id, fact.source, fact.position = name.decode(), source, position
            keep(self._finish(shape, fact) if shape.parted or shape.mend else _become(fact, shape.kind))
        self.position = expected
        return offset

    def _finish(self, shape: _Shape, fact: Any) -> Any:
        for field in shape.parted:
            raw = getattr(fact, field)
            if raw is not None:
                setattr(fact, field, self._shapes.parts(bytes(raw)))
        _become(fact, shape.kind)
        return shape.mend(fact) if shape.mend else fact


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


def _become(fact: Any, kind: type[Any]) -> Any:
    fact.__class__ = kind
    return fact


def _field(field: dataclasses.Field[Any], hint: Any) -> Any:
    """The field as ``make_dataclass`` and ``defstruct`` take it, with its default."""
    if field.default_factory is not dataclasses.MISSING:
        return field.name, hint, dataclasses.field(default_factory=field.default_factory)
    if field.default is not dataclasses.MISSING:
        return field.name, hint, field.default
    return field.name, hint


def _mentioned(hint: Any) -> set[Any]:
    """A type and all it is made of."""
    return {hint}.union(*(_mentioned(inner) for inner in typing.get_args(hint)))


_enveloped = msgspec.json.Decoder(_Enveloped).decode
_tagged = msgspec.json.Decoder(_Tagged).decode
