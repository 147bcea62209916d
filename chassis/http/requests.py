"""Reads a raw request: headers, county, key, body. Everything is checked; nothing is kept that was not asked for."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Mapping

from starlette.types import Receive

from chassis.auth import COUNTY, Caller
from chassis.problems import Refused

Headers = Mapping[bytes, bytes]

_KEY = re.compile(rb"[!-~]{1,128}")
_DIGITS = re.compile(rb"[0-9]{1,18}")
_COUNTY_DIGITS = 6
_process = os.urandom(6).hex()
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

    A service may name any county; a city or province, whose own code is shorter, any that begins with it.
    """
    own = caller.county
    if named is None:
        if len(own) >= _COUNTY_DIGITS or optional:
            return own
        raise Refused("county.missing")
    county = named.decode("latin-1")
    if not COUNTY.fullmatch(county):
        raise Refused("county.malformed")
    region = 0 < len(own) < _COUNTY_DIGITS and county.startswith(own)
    if caller.role != "service" and county != own and not region:
        raise Refused("forbidden.county")
    return county


def idempotency_key(headers: Headers) -> str:
    """The ``Idempotency-Key``: 1 to 128 visible ASCII characters."""
    key = headers.get(b"idempotency-key")
    if not key:
        raise Refused("idempotency_key.missing")
    if not _KEY.fullmatch(key):
        raise Refused("idempotency_key.malformed")
    return key.decode("ascii")


async def read_body(receive: Receive, headers: Headers, limit: int) -> bytes:
    """The whole body, at most ``limit`` bytes, refused by its announced length already; raises Disconnected."""
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
