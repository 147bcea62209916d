"""One batch as one statement: ``head`` moves by compare-and-swap and everything else goes in only if it moved.

The text depends only on which parts are present, so PostgreSQL prepares each shape once; the rows travel as arrays.
The batch's instant travels once, not per row: an array of timestamps costs four times any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
import structlog

from chassis import crash
from chassis.kernel import Rejected
from chassis.service import View

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Head:
    """Where a county's two logs end: last positions (0: empty), the hashes there, and the store's epoch.

    ``writes`` counts every write of the county, also one that adds no event (a parked message, a tracked position):
    an unmoved count means that nothing at all has changed.
    """

    writes: int
    position: int
    public_position: int
    hash: bytes
    public_hash: bytes
    epoch: UUID


class EventRow(NamedTuple):
    """A row of ``events``."""

    position: int
    originator_id: UUID
    originator_version: int
    topic: str
    state: bytes
    metadata: bytes
    hash: bytes


class PublicRow(NamedTuple):
    """A row of ``public_log``; ``trace`` is the trace context it was told in, or nothing, and is not hashed."""

    position: int
    event_id: UUID
    type: str
    subject: UUID
    body: bytes
    hash: bytes
    trace: str = ""


class InboxRow(NamedTuple):
    """A kept answer."""

    key: str
    request_hash: bytes
    status: int
    body: bytes


class AgendaRow(NamedTuple):
    """Something due."""

    id: UUID
    due_at: datetime
    decider: str
    stream: UUID
    reason: str


class ParkedRow(NamedTuple):
    """A message set aside with its reason."""

    source: str
    position: int
    event_id: UUID
    type: str
    subject: UUID
    body: bytes
    recorded_at: datetime
    reason: str
    tries: int


class _Part(NamedTuple):
    """A table the batch inserts into; ``stamp`` is the column that takes the batch's instant, the same for all rows."""

    table: str
    columns: tuple[str, ...]
    types: tuple[str, ...]
    stamp: str = ""
    conflict: str = ""


_PARTS = {
    "events": _Part(
        "events", EventRow._fields, ("bigint", "uuid", "bigint", "text", "bytea", "bytea", "bytea"), "recorded_at"
    ),
    "public": _Part(
        "public_log", PublicRow._fields, ("bigint", "uuid", "text", "uuid", "bytea", "bytea", "text"), "recorded_at"
    ),
    "inbox": _Part("inbox", InboxRow._fields, ("text", "bytea", "smallint", "bytea"), "received_at"),
    "agenda": _Part(
        "agenda",
        AgendaRow._fields,
        ("uuid", "timestamptz", "text", "uuid", "text"),
        conflict="on conflict (county, id) do nothing",
    ),
    "parked": _Part(
        "parked",
        ParkedRow._fields,
        ("text", "bigint", "uuid", "text", "uuid", "bytea", "timestamptz", "text", "integer"),
        "parked_at",
        "on conflict (county, source, position) do update set reason = excluded.reason, tries = excluded.tries,"
        " parked_at = excluded.parked_at",
    ),
}


@dataclass(kw_only=True)
class Write:
    """Everything one batch writes, and the head it was decided on."""

    county: str
    before: Head
    after: Head
    at: datetime
    events: Sequence[EventRow] = ()
    public: Sequence[PublicRow] = ()
    inbox: Sequence[InboxRow] = ()
    agenda: Sequence[AgendaRow] = ()
    parked: Sequence[ParkedRow] = ()
    done: Sequence[UUID] = ()
    unparked: tuple[str, Sequence[int]] | None = None
    tracking: tuple[str, int, UUID | None] | None = None
    views: Mapping[str, tuple[View, Sequence[Mapping[str, Any]]]] = field(default_factory=dict)


async def write(connection: Any, batch: Write) -> bool:
    """Carry out the batch; False, with nothing written, if the head has moved since ``batch.before``."""
    parts = tuple(name for name in _PARTS if getattr(batch, name))
    views = tuple((view, tuple(view.columns)) for view, _rows in batch.views.values())
    text = _statement(
        parts,
        tuple(_ViewShape(view.table, view.key, columns, tuple(view.columns.values())) for view, columns in views),
        bool(batch.done),
        batch.unparked is not None,
        batch.tracking is not None,
    )
    crash.point("before_insert")
    return bool(await connection.fetchval(text, *_arguments(batch, parts)))


class _ViewShape(NamedTuple):
    table: str
    key: str
    columns: tuple[str, ...]
    types: tuple[str, ...]


@lru_cache(maxsize=512)
def _statement(
    parts: tuple[str, ...], views: tuple[_ViewShape, ...], done: bool, unparked: bool, tracking: bool
) -> str:
    number = iter(range(8, 10_000))
    clauses = [
        "moved as (update head set writes = writes + 1, position = $2, public_position = $3, hash = $4,"
        " public_hash = $5 where county = $1 and writes = $6 returning county)"
    ]
    for name in parts:
        part = _PARTS[name]
        columns = ", ".join(filter(None, ("county", *part.columns, part.stamp)))
        rows = _rows(part.types, number, ", $7::timestamptz" if part.stamp else "")
        clauses.append(f"{name}_rows as (insert into {part.table} ({columns}) {rows} {part.conflict})")
    for place, view in enumerate(views):
        sets = ", ".join(f"{column} = excluded.{column}" for column in view.columns if column != view.key)
        conflict = f"on conflict (county, {view.key}) do {f'update set {sets}' if sets else 'nothing'}"
        insert = f"insert into {view.table} (county, {', '.join(view.columns)})"
        clauses.append(f"view_{place} as ({insert} {_rows(view.types, number)} {conflict})")
    if done:
        clauses.append(
            f"done_rows as (delete from agenda where county = $1 and id = any(${next(number)}::uuid[])"
            " and exists (select from moved))"
        )
    if unparked:
        clauses.append(
            f"unparked as (delete from parked where county = $1 and source = ${next(number)}::text"
            f" and position = any(${next(number)}::bigint[]) and exists (select from moved))"
        )
    if tracking:
        clauses.append(
            "tracked as (insert into tracking (county, source, position, epoch)"
            f" select $1::text, ${next(number)}::text, ${next(number)}::bigint, ${next(number)}::uuid"
            " where exists (select from moved) on conflict (county, source)"
            " do update set position = excluded.position, epoch = excluded.epoch)"
        )
    return f"with {', '.join(clauses)} select count(*) from moved where $7::timestamptz is not null"


def _rows(types: Sequence[str], number: Iterator[int], stamp: str = "") -> str:
    arrays = ", ".join(f"${next(number)}::{kind}[]" for kind in types)
    return f"select $1::text, r.*{stamp} from unnest({arrays}) r where exists (select from moved)"


def _arguments(batch: Write, parts: tuple[str, ...]) -> list[Any]:
    after = batch.after
    arguments: list[Any] = [
        batch.county, after.position, after.public_position, after.hash, after.public_hash, batch.before.writes,
        batch.at,
    ]  # fmt: skip
    for name in parts:
        arguments.extend(zip(*getattr(batch, name), strict=True))
    for view, rows in batch.views.values():
        arguments.extend([row[column] for row in rows] for column in view.columns)
    if batch.done:
        arguments.append(batch.done)
    if batch.unparked is not None:
        arguments.extend(batch.unparked)
    if batch.tracking is not None:
        arguments.extend(batch.tracking)
    return arguments


def is_conflict(error: BaseException) -> bool:
    """Whether PostgreSQL refused because another writer was there first."""
    return isinstance(error, asyncpg.UniqueViolationError | asyncpg.SerializationError | asyncpg.DeadlockDetectedError)


def refusal_of(error: asyncpg.PostgresError) -> Exception:
    """What a caller is told whose command alone violates a constraint; any other error is handed back as it is.

    A constraint named ``conflict_…`` keeps apart what two people must do; the deciders refuse the same with more words.
    """
    if not isinstance(error, asyncpg.CheckViolationError | asyncpg.UniqueViolationError):
        return error
    apart = (error.constraint_name or "").startswith("conflict_")
    log.error("constraint violated", table=error.table_name, constraint=error.constraint_name)
    refusal = Rejected("forbidden.conflict" if apart else "constraint.violated")
    refusal.__cause__ = error
    return refusal
