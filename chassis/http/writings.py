"""What was written about something and is sealed in its events, opened for a purpose, event after event.

A service says which field of which event was sealed under which name (``Names``); the person's key opens them, and each
text that is opened is noted (see ``chassis.vault``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chassis.http.call import Call
from chassis.kernel import Sealed

Names = Mapping[type[Any], tuple[str, str]]
"""By event: the field that holds the text, and the name under which it was sealed."""
EVENTS = (
    "select topic, state, metadata, recorded_at from events where county = $1 and originator_id = $2"
    " order by originator_version"
)
"""What has happened to a stream, with the role that caused it."""


async def written(call: Call[Any], stream: UUID, person: UUID, names: Names) -> list[dict[str, Any]]:
    """``{event, at, text}`` for each event of ``stream`` that holds a text, the oldest first.

    Raises Erased where the person's key is destroyed, Rejected without a purpose in the query.
    """
    found: list[tuple[str, Any, str, Sealed]] = []
    for row in await call.fetch(EVENTS, call.county, stream):
        event = call.running.codec.decode(row["topic"], row["state"])
        field, name = names.get(type(event), ("", ""))
        box: Sealed | None = getattr(event, field, None) if field else None
        if box is not None:
            found.append((row["topic"].rpartition(".")[2], row["recorded_at"], name, box))
    told = []
    for event_name, at, name, box in found:
        opened = await call.vault.open(person, {name: box}, purpose=call.query["purpose"])
        told.append({"event": event_name, "at": at, "text": opened[name]})
    return told
