"""The hash chain of the two county logs: each row's hash covers its stored bytes and the hash of the row before.

``docs/spec/log.md`` is the specification with test vectors; ``deploy/audit/verify_log.py`` checks it without this code.
"""

from __future__ import annotations

from hashlib import sha256
from struct import Struct
from uuid import UUID

_number = Struct(">q")
_length = Struct(">I")


def genesis(service: str, county: str, log: str) -> bytes:
    """The hash before the first row of ``log`` (``events`` or ``public_log``): binds service, county and format."""
    return sha256(f"careloop/log/1\0{service}\0{county}\0{log}".encode()).digest()


def link_event(
    before: bytes, position: int, stream: UUID, version: int, topic: str, state: bytes, metadata: bytes, at_us: int
) -> bytes:
    """Hash of a row of ``events``; ``at_us`` is ``recorded_at`` in microseconds since 1970 UTC."""
    text = topic.encode()
    return sha256(
        b"".join((
            before, _number.pack(position), stream.bytes, _number.pack(version),
            _length.pack(len(text)), text, _length.pack(len(state)), state,
            _length.pack(len(metadata)), metadata, _number.pack(at_us),
        ))
    ).digest()  # fmt: skip


def link_public(
    before: bytes, position: int, event_id: UUID, kind: str, subject: UUID, body: bytes, at_us: int
) -> bytes:
    """Hash of a row of ``public_log``."""
    text = kind.encode()
    return sha256(
        b"".join((
            before, _number.pack(position), event_id.bytes, subject.bytes,
            _length.pack(len(text)), text, _length.pack(len(body)), body, _number.pack(at_us),
        ))
    ).digest()  # fmt: skip
