"""Reads a JSON body strictly: what two parsers could understand differently is refused before anyone parses it.

Refused, each with its own code: a byte order mark, bytes that are no UTF-8, NUL (raw or escaped), lone surrogates,
duplicate keys at any depth, NaN and Infinity, nesting deeper than 20. The usual body passes with byte scans and one
fast parse; only a body that may be wrong is read by the slow, exact reader.
"""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

import msgspec
import pydantic

from chassis.problems import Place, Refused

DEPTH_MAX = 20
DIGITS_MAX = 1000
_decode = msgspec.json.Decoder().decode
_JSON_TYPES = (b"application/json", b"application/json; charset=utf-8", b"application/json;charset=utf-8")


def check_media_type(content_type: bytes) -> None:
    """Refuse whatever is not ``application/json`` in UTF-8: ``body.media_type``."""
    if content_type in _JSON_TYPES:
        return
    kind, *parameters = (part.strip() for part in content_type.lower().split(b";"))
    if kind != b"application/json" or any(
        part not in (b"charset=utf-8", b'charset="utf-8"', b"") for part in parameters
    ):
        raise Refused("body.media_type")


def check_json(raw: bytes) -> None:
    """Refuse a body that is not one unambiguous JSON value: ``body.*``, see the module's text."""
    if not raw:
        raise Refused("body.missing")
    if b"\0" in raw or b"\\u0000" in raw:
        _read_exactly(raw)
        return
    try:
        value = _decode(raw)
    except (ValueError, RecursionError, msgspec.MsgspecError):
        _read_exactly(raw)
        return
    deep = raw.count(b"{") + raw.count(b"[") > DEPTH_MAX and _is_deep(value)
    if deep or not _has_no_duplicates(raw, value):
        _read_exactly(raw)


def _has_no_duplicates(raw: bytes, value: Any) -> bool:
    """Whether the keys that were kept account for every key written; False also where that cannot be seen quickly.

    A colon between key and value follows the key's quote at once, unless there is space before it. Counting quotes
    with a colon after them counts every key, and perhaps a little text; if that is no more than the keys kept, no key
    was lost.
    """
    if b" :" in raw or b"\n:" in raw or b"\t:" in raw or b"\r:" in raw:
        return False
    return raw.count(b'":') == _keys(value)


def _keys(value: Any) -> int:
    """How many keys all objects within ``value`` have together."""
    count, inside = 0, [value]
    for each in inside:
        if type(each) is dict:
            count += len(each)
            inside.extend(each.values())
        elif type(each) is list:
            inside.extend(each)
    return count


def _is_deep(value: Any) -> bool:
    """Whether objects and arrays stand deeper in one another than is allowed."""
    level = [value]
    for _ in range(DEPTH_MAX):
        inside: list[Any] = []
        for each in level:
            if type(each) is dict:
                inside.extend(each.values())
            elif type(each) is list:
                inside.extend(each)
        level = inside
    return any(type(each) is dict or type(each) is list for each in level)


def _read_exactly(raw: bytes) -> None:
    if raw.startswith(b"\xef\xbb\xbf"):
        raise Refused("body.byte_order_mark")
    if b"\0" in raw[:2]:  # JSON begins with two ASCII characters: this is UTF-16 or UTF-32 (RFC 4627, section 3)
        raise Refused("body.not_utf8")
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        raise Refused("body.not_utf8") from None
    if "\0" in text:
        raise Refused("body.nul")
    try:
        value = json.loads(
            text, object_pairs_hook=_pairs, parse_constant=_not_finite, parse_float=_finite, parse_int=_whole
        )
    except RecursionError:
        raise Refused("body.too_deep") from None
    except ValueError:
        raise Refused("body.malformed") from None
    _check_value(value, 1)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    kept = dict(pairs)
    if len(kept) != len(pairs):
        raise Refused("body.duplicate_key")
    return kept


def _not_finite(_word: str) -> NoReturn:
    raise Refused("body.not_finite")


def _whole(digits: str) -> int:
    if len(digits) > DIGITS_MAX:
        raise Refused("body.number_too_long")
    return int(digits)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise Refused("body.not_finite")
    return number


def _check_value(value: Any, depth: int) -> None:
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, dict | list):
        if depth > DEPTH_MAX:
            raise Refused("body.too_deep")
        if isinstance(value, dict):
            for key in value:
                _check_text(key)
        for inner in value.values() if isinstance(value, dict) else value:
            _check_value(inner, depth + 1)


def _check_text(text: str) -> None:
    if "\0" in text:
        raise Refused("body.nul")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Refused("body.surrogate") from None


def places(error: pydantic.ValidationError) -> tuple[Place, ...]:
    """Where a body does not have its shape; places and stable codes only, at most a hundred."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return tuple(Place(_place(each["loc"]), each["type"]) for each in found[:100])


def _place(path: tuple[int | str, ...]) -> str:
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            name = part if len(part) <= 64 and part.isascii() and part.replace("_", "").isalpha() else "?"
            text += f".{name}" if text else name
    return text
