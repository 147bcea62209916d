"""Whether a message on the bus is what its source told: its form, its place, and that its body belongs there.

A service's NATS user may publish on its own subjects only, so a consumer knows the source by the stream. Everything
else a message says of itself is compared: subject with type, source and county; the ids with each other; the position
with the one before; and the body, by the hash chain (``docs/spec/log.md``), with the event that was applied before it.
What does not fit is refused: counted by reason, logged without its body, never applied; the source's feed tells what
really stands there. A chain without a key does not tell who wrote an event that links: that is what the users are for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from chassis import tracing
from chassis.backfill import Delivered
from chassis.bus import EPOCH, HASH, MESSAGE_ID, POSITION, PREVIOUS
from chassis.chain import genesis, link_public
from chassis.recorder import microseconds
from chassis.service import Heard
from contracts import envelope, subjects

_POSITION = re.compile(r"[1-9][0-9]{0,17}")
_TYPE = re.compile(r"[a-z]+\.[a-z_]+\.v[0-9]+")
_HASH = re.compile(r"[0-9a-f]{64}")
_TRACE = re.compile(envelope.TRACEPARENT)


class Forged(Exception):
    """A message that is not what it says; ``reason`` is one of few words, for the counter and the log.

    shape  a header is missing or has another form     subject  it is not that of the type and the county
    type   of another service                          source   of another service, or of another county
    id     the two ids differ                          position the one before it is another one
    county the source has none such                    epoch    not that of the source's log
    beyond the source's log ends before it             chain    the body does not belong to its position
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read(source: str, subject: str, headers: Mapping[str, str], body: bytes) -> Delivered:
    """The event in a message of the stream of ``source``. Raises Forged."""
    try:
        county = subject.split(".")[1]
        heard = _heard(source, county, headers, body)
        epoch, previous, said_by = _id(headers[EPOCH]), int(headers[PREVIOUS]), headers["ce-source"]
    except (KeyError, ValueError, IndexError):
        raise Forged("shape") from None
    if heard.type.partition(".")[0] != source:
        raise Forged("type")
    if subjects.subject(county, heard.type) != subject:
        raise Forged("subject")
    if said_by != envelope.source(source, county):
        raise Forged("source")
    if headers.get(MESSAGE_ID, headers["ce-id"]) != headers["ce-id"]:
        # Published again after a loss it has no id for the server's de-duplication.
        raise Forged("id")
    if previous != heard.position - 1:
        raise Forged("position")
    return Delivered(heard, epoch)


def _heard(source: str, county: str, headers: Mapping[str, str], body: bytes) -> Heard:
    """Raises KeyError for a header that is missing, ValueError for one of another form."""
    if headers["ce-specversion"] != envelope.SPEC_VERSION or headers["content-type"] != envelope.CONTENT_TYPE:
        raise ValueError
    recorded_at = datetime.fromisoformat(headers["ce-time"])
    if recorded_at.tzinfo is None:
        raise ValueError
    trace = headers.get(tracing.HEADER, "")
    return Heard(
        source=source,
        county=county,
        position=int(_of_form(_POSITION, headers[POSITION])),
        event_id=_id(headers["ce-id"]),
        type=_of_form(_TYPE, headers["ce-type"]),
        subject=_id(headers["ce-subject"]),
        body=body,
        recorded_at=recorded_at,
        hash=_of_form(_HASH, headers[HASH]),
        trace=trace if _TRACE.fullmatch(trace) else "",
    )


def _of_form(form: re.Pattern[str], text: str) -> str:
    if not form.fullmatch(text):
        raise ValueError
    return text


def _id(text: str) -> UUID:
    found = UUID(text)
    if str(found) != text:
        raise ValueError
    return found


def links(before: bytes, heard: Heard) -> bool:
    """Whether the event follows, in its source's log, the one whose hash is ``before``."""
    link = link_public(
        before, heard.position, heard.event_id, heard.type, heard.subject, heard.body, microseconds(heard.recorded_at)
    )
    return link.hex() == heard.hash


def beginning(source: str, county: str) -> bytes:
    """The hash before the first event of a county."""
    return genesis(source, county, "public_log")
