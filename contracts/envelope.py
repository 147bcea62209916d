"""The envelope: CloudEvents 1.0, as JSON in the event feed and as ``ce-*`` headers on the bus.

Extension attributes place the event in its county's public log: ``careloopposition`` counts from 1 without a gap,
``careloopprevious`` is the position before it, ``careloopepoch`` changes when a store was restored,
``careloophash`` chains the row to the one before. ``traceparent`` is the distributed tracing extension of CloudEvents
(W3C Trace Context), there only where traces are made; on the bus it is the header of that name, without ``ce-``.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from contracts.values import Digest, Public, is_absent

SPEC_VERSION = "1.0"
CONTENT_TYPE = "application/json"
TRACEPARENT = r"^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$"


class CloudEvent(Public):
    """A public event with where it stands."""

    specversion: Literal["1.0"] = "1.0"
    id: UUID
    source: Annotated[str, Field(pattern=r"^/careloop/[a-z]+/[0-9a-z-]+$")]
    type: Annotated[str, Field(pattern=r"^[a-z]+\.[a-z_]+\.v[0-9]+$")]
    subject: UUID
    time: datetime
    datacontenttype: Literal["application/json"] = "application/json"
    data: dict[str, Any]
    careloopposition: Annotated[int, Field(ge=1)]
    careloopprevious: Annotated[int, Field(ge=0)]
    careloopepoch: UUID
    careloophash: Digest
    traceparent: Annotated[str | None, Field(pattern=TRACEPARENT, exclude_if=is_absent)] = None


def source(service: str, county: str) -> str:
    """The CloudEvents source of a county's log in a service."""
    return f"/careloop/{service}/{county}"


def headers(
    *, service: str, county: str, event_id: UUID, type_name: str, subject: UUID, time: datetime
) -> dict[str, str]:
    """The attributes as headers of a message, the event's JSON being the payload."""
    return {
        "ce-specversion": SPEC_VERSION,
        "ce-id": str(event_id),
        "ce-source": source(service, county),
        "ce-type": type_name,
        "ce-subject": str(subject),
        "ce-time": time.isoformat(),
        "content-type": CONTENT_TYPE,
    }
