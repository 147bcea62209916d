"""Tokens that are none: each refused with 401 before anything else is looked at, and nothing tells why."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from tests.walls.bad_input.case import Case, sent
from tests.walls.bad_input.templates import ALLOCATE, EVERY_SERVICE

AUTHORIZATION = "Authorization"
NONE = frozenset({AUTHORIZATION})


def _encoded(part: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


def _decoded(part: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return read


def forged(token: str) -> dict[str, str]:
    """Tokens made from a good one without its key, by what was done to it."""
    header, payload, signature = token.split(".")
    head, claims = _decoded(header), _decoded(payload)
    last = "A" if signature[-2] != "A" else "B"
    return {
        "another county": f"{header}.{_encoded({**claims, 'county': '130529'})}.{signature}",
        "another role": f"{header}.{_encoded({**claims, 'role': 'service'})}.{signature}",
        "a later end": f"{header}.{_encoded({**claims, 'exp': claims['exp'] + 1})}.{signature}",
        "no algorithm": f"{_encoded({'alg': 'none', 'typ': 'JWT'})}.{payload}.",
        "no algorithm, in capitals": f"{_encoded({'alg': 'NONE'})}.{payload}.{signature}",
        "another algorithm": f"{_encoded({**head, 'alg': 'HS512'})}.{payload}.{signature}",
        "a key of its own": f"{_encoded({**head, 'jwk': {'kty': 'oct', 'k': 'AAAA'}})}.{payload}.{signature}",
        "a key's address of its own": f"{_encoded({**head, 'jku': 'http://127.0.0.1:1/'})}.{payload}.{signature}",
        "another issuer": f"{header}.{_encoded({**claims, 'iss': 'careloop-services'})}.{signature}",
        "another signature": f"{header}.{payload}.{signature[:-2]}{last}{signature[-1]}",
        "no signature": f"{header}.{payload}.",
        "two parts": f"{header}.{payload}",
        "four parts": f"{token}.{signature}",
        "padding": f"{token}==",
    }


def cases() -> list[Case]:
    """Those that need no good token; the forged ones are made when there is one."""
    missing = ("Basic YnVyZWF1OnNlY3JldA==", "Token x", "Bearer", "")
    invalid = ("Bearer x", "Bearer a.b.c", "Bearer ...", "Bearer " + "x" * 5000, "Bearer null", "Bearer e30.e30.e30",
               "Bearer \xe4\xbd\xa0", "Bearer a b")  # fmt: skip
    return [
        *(sent(f"{service}: no token", good, "token.missing", 401, without=NONE)
          for service, good in EVERY_SERVICE.items()),
        *(sent(f"the authorization {text[:30]!r}", ALLOCATE, "token.missing", 401, without=NONE,
               headers=((AUTHORIZATION, text),)) for text in missing),
        *(sent(f"the authorization {text[:30]!r}", ALLOCATE, "token.invalid", 401, without=NONE,
               headers=((AUTHORIZATION, text),)) for text in invalid),
        sent("two authorizations", ALLOCATE, "header.repeated", 400, headers=((AUTHORIZATION, "Bearer x"),)),
    ]  # fmt: skip
