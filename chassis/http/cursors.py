"""Cursors: where the next page begins, signed, and worth something in the same question only.

A cursor is base64url of a MAC and the order key of the last row. The MAC (HMAC-SHA-256, its key derived for cursors
alone) covers service, path, county, sort, filters and the caller's own restriction besides the values, so that a cursor
taken elsewhere, by somebody who sees more, or made up, is refused with ``cursor.invalid``. A cursor lives as long as
somebody turns pages: where the token secret is changed, whoever is in the middle of a list begins it again.

What is no cursor stays a plain number: a position in a log (``after`` of ``/v1/events`` and ``/v1/facts``) is a fact
that everybody may know and go on from for years, and says nothing about rows that are not the caller's.
"""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chassis.http.call import Call
from chassis.keys import derived
from chassis.problems import Refused

LABEL = "cursor"
_MAC_BYTES = 16
_LENGTH_MAX = 2048

_READ: Mapping[str, Callable[[str], Any]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "UUID": UUID,
    "int": int,
    "str": str,
}


def bound_to(call: Call[Any], filters: Mapping[str, Any], sort: str = "") -> bytes:
    """What a cursor of this question belongs to; ``filters`` hold the caller's own restriction too."""
    named = sorted((name, str(value)) for name, value in filters.items())
    return json.dumps([call.running.service.name, call.route.path, call.county, sort, named]).encode()


def write(call: Call[Any], values: Iterable[Any], bound: bytes) -> str:
    """The cursor behind the row with this order key."""
    tagged = [[_tag(value), value.isoformat() if isinstance(value, date) else str(value)] for value in values]
    raw = json.dumps(tagged, ensure_ascii=False, separators=(",", ":")).encode()
    return urlsafe_b64encode(_mac(call, bound, raw) + raw).rstrip(b"=").decode()


def read(call: Call[Any], cursor: str, bound: bytes) -> tuple[Any, ...]:
    """The order key a cursor holds; ``cursor.invalid`` unless this very question gave it."""
    if len(cursor) > _LENGTH_MAX:
        raise Refused("cursor.invalid")
    try:
        raw = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
    except ValueError:
        raise Refused("cursor.invalid") from None
    mac, values = raw[:_MAC_BYTES], raw[_MAC_BYTES:]
    if not hmac.compare_digest(mac, _mac(call, bound, values)):
        raise Refused("cursor.invalid")
    return tuple(_READ[tag](text) for tag, text in json.loads(values))


def _mac(call: Call[Any], bound: bytes, values: bytes) -> bytes:
    return hmac.digest(derived(call.running.settings, LABEL), bound + b"\0" + values, "sha256")[:_MAC_BYTES]


def _tag(value: Any) -> str:
    for kind in (datetime, date, UUID, int, str):
        if isinstance(value, kind):
            return kind.__name__
    raise TypeError(f"a page cannot be ordered by a {type(value).__name__}")
