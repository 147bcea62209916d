"""Reads a raw request: headers, county, key, body. Everything is checked; nothing is kept that was not asked for."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote_to_bytes

from starlette.types import Receive, Scope

from chassis.auth import COUNTY, Caller
from chassis.problems import Place, Refused

Headers = Mapping[bytes, bytes]

_KEY = re.compile(rb"[!-~]{1,128}")
_DIGITS = re.compile(rb"[0-9]{1,18}")
_COUNTY_DIGITS = 6
_DIVIDING = re.compile(rb"%(?:2[Ff]|5[Cc])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
PATH_MAX_BYTES = 1024
QUERY_MAX_BYTES = 20_480
"""The longest value is a cursor over a thousand counties."""
SAID_ONCE = frozenset({
    b"authorization", b"careloop-county", b"content-encoding", b"content-length", b"content-type", b"host",
    b"idempotency-key", b"if-match", b"if-none-match", b"transfer-encoding", b"x-request-id",
})  # fmt: skip
_process = os.urandom(6).hex().translate(str.maketrans("0123456789", "ghijklmnop"))
"""Letters only: digits of a request's id could look like somebody's number, and logs would hide them."""
_number = itertools.count(1)


class Disconnected(Exception):
    """The caller went away before its request was complete."""


def request_id(headers: Headers) -> str:
    """The caller's ``X-Request-Id`` if it is visible ASCII, otherwise one of this process."""
    given = headers.get(b"x-request-id")
    if given is not None and _KEY.fullmatch(given):
        return given.decode("ascii")
    return f"{_process}-{next(_number):x}"


def county_of(caller: Caller, named: bytes | None, *, optional: bool = False) -> str:
    """The county a request is about: the caller's own, or the one in ``Careloop-County``.

    Whether the caller may act there is not judged here.
    """
    own = caller.county
    if named is None:
        if len(own) >= _COUNTY_DIGITS or optional:
            return own
        raise Refused("county.missing")
    county = named.decode("latin-1")
    if not COUNTY.fullmatch(county):
        raise Refused("county.malformed")
    return county


def idempotency_key(headers: Headers) -> str:
    """The ``Idempotency-Key``: 1 to 128 visible ASCII characters."""
    key = headers.get(b"idempotency-key")
    if not key:
        raise Refused("idempotency_key.missing")
    if not _KEY.fullmatch(key):
        raise Refused("idempotency_key.malformed")
    return key.decode("ascii")


def check_target(scope: Scope) -> None:
    """Refuse a path that two readers could understand differently, and one or a query that is too long.

    The server has undone the percent-encoding: an encoded slash would divide the path where the proxy in front saw no
    division, and bytes that are no UTF-8 became something that nobody sent.
    """
    raw: bytes = scope.get("raw_path") or b""
    if len(raw) > PATH_MAX_BYTES:
        raise Refused("path.too_long", max_bytes=PATH_MAX_BYTES)
    if len(scope["query_string"]) > QUERY_MAX_BYTES:
        raise Refused("query.too_long", max_bytes=QUERY_MAX_BYTES)
    if b"%" in raw and (_DIVIDING.search(raw) or not _is_text(unquote_to_bytes(raw))):
        raise Refused("path.malformed")


def _is_text(path: bytes) -> bool:
    try:
        return not _CONTROL.search(path.decode())
    except UnicodeDecodeError:
        return False


def check_headers(given: Iterable[tuple[bytes, bytes]]) -> None:
    """Refuse a header that says two things where one is to be said: ``header.repeated``."""
    seen = set()
    for name, _ in given:
        if name in seen and name in SAID_ONCE:
            raise Refused("header.repeated", places=(Place(name.decode(), "repeated"),))
        seen.add(name)


def check_no_body(headers: Headers) -> None:
    """Refuse a question that brings a body: it would not be read, and whoever keeps answers would not see it."""
    if headers.get(b"content-length", b"0") != b"0" or b"transfer-encoding" in headers:
        raise Refused("body.unexpected")


async def read_body(receive: Receive, headers: Headers, limit: int) -> bytes:
    """The whole body, at most ``limit`` bytes, refused by its announced length already; raises Disconnected.

    How long it may take is the business of ``wire``, which sees when nothing comes.
    """
    coding = headers.get(b"content-encoding")
    if coding is not None and coding.lower() != b"identity":
        raise Refused("body.encoded")
    announced = headers.get(b"content-length")
    if announced is not None and (not _DIGITS.fullmatch(announced) or int(announced) > limit):
        raise Refused("body.too_large", max_bytes=limit)
    message = await receive()
    body: bytes = message.get("body", b"")
    parts, size = [body], len(body)
    while message.get("more_body", False) and size <= limit:
        message = await receive()
        parts.append(message.get("body", b""))
        size += len(parts[-1])
    if message["type"] == "http.disconnect":
        raise Disconnected
    if size > limit:
        raise Refused("body.too_large", max_bytes=limit)
    return body if len(parts) == 1 else b"".join(parts)
