"""What the feed answers: CloudEvents with their place in the county's public log, and where each log ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from pydantic import AwareDatetime, BaseModel, Field

from contracts import envelope
from contracts.envelope import TRACEPARENT

CURSOR_MAX = 16_384
"""Characters of a cursor over several counties: one with a thousand counties fits."""
Cursor = Annotated[str, Field(max_length=CURSOR_MAX)]
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
    traceparent: Annotated[str | None, Field(pattern=TRACEPARENT, description="only where traces are made")] = None
    data: dict[str, Any]


class Events(BaseModel):
    """Events in order: ask on with ``after=next``, also after an empty page.

    Of one county ``next`` is a position, ``head`` the log's last one now; positions follow one another without a gap
    unless ``filtered`` says that only what concerns the caller is shown. Of several counties ``next`` is a cursor that
    holds a position of each, and ``head`` and ``epoch`` are null: each county's are told by its events and /v1/heads.
    """

    items: list[Event]
    next: _Position | Cursor
    head: _Position | None
    epoch: UUID | None
    filtered: bool


class Head(BaseModel):
    """Where one county's public log ends; another ``epoch`` means another store (restored, made anew)."""

    county: str
    position: _Position
    epoch: UUID


class Heads(BaseModel):
    """Counties by code; ``next`` is the ``after`` of the following page, null on the last one."""

    items: list[Head]
    next: str | None


def cloud_event(service: str, county: str, epoch: UUID, row: Mapping[str, Any]) -> dict[str, object]:
    """A row of the public log as it is answered; ``data`` stays the very bytes that the hash covers."""
    return {
        "specversion": envelope.SPEC_VERSION,
        "id": row["event_id"],
        "source": envelope.source(service, county),
        "type": row["type"],
        "subject": row["subject"],
        "time": row["recorded_at"],
        "datacontenttype": envelope.CONTENT_TYPE,
        "careloopposition": row["position"],
        "careloopprevious": row["position"] - 1,
        "careloopepoch": epoch,
        "careloophash": row["hash"].hex(),
        **({"traceparent": row["trace"]} if row["trace"] else {}),
        "data": msgspec.Raw(row["body"]),
    }
