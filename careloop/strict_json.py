"""One line of JSON, read strictly: what two readers could understand differently is refused.

No duplicate keys, no floating-point numbers, NaN or Infinity, no integer beyond ±(2⁵³ − 1), no NUL and no lone
surrogate in a text, UTF-8 without byte-order mark.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final, NoReturn

LARGEST: Final = 2**53 - 1
"""Integers beyond this are not the same in every reader of JSON (RFC 8785, RFC 7493)."""


class Malformed(ValueError):
    """A line is refused: a stable ``code`` and a ``detail`` that names the key."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code, self.detail = code, detail


class ExchangeError(ValueError):
    """A line of an exchange file is refused, by its number (from 1), with a stable code and what is wrong."""

    def __init__(self, line: int, code: str, detail: str) -> None:
        super().__init__(f"line {line}: {code}: {detail}")
        self.line, self.code, self.detail = line, code, detail


def numbered(lines: Iterable[str | bytes]) -> Iterator[tuple[int, str | bytes]]:
    """The lines that are not blank, with their numbers."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield number, line


def parse(line: str | bytes) -> dict[str, Any]:
    """The object that ``line`` says; raises ``Malformed``."""
    try:
        text = line if isinstance(line, str) else line.decode("utf-8")
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_float=_no_float,
            parse_constant=_no_float,
            parse_int=_integer,
        )
    except Malformed:
        raise
    except UnicodeDecodeError:
        raise Malformed("json.malformed", "not UTF-8") from None
    except RecursionError:
        raise Malformed("json.malformed", "nested too deeply") from None
    except ValueError as error:
        raise Malformed("json.malformed", str(error)) from None
    if not isinstance(value, dict):
        raise Malformed("json.malformed", "not an object")
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        names = [name for name, _ in pairs]
        raise Malformed("json.duplicate_key", next(name for name in names if names.count(name) > 1))
    return table


def _no_float(token: str) -> NoReturn:
    raise Malformed("value.malformed", f"{token[:20]} is not a whole number")


def _integer(token: str) -> int:
    if len(token) > 17 or abs(int(token)) > LARGEST:
        raise Malformed("value.malformed", f"{token[:20]} is too large")
    return int(token)


def text(value: object, key: str) -> str:
    """A text that is not empty and that every store can hold."""
    if not isinstance(value, str) or not value or len(value) > 1000:
        raise Malformed("value.malformed", f"{key} must be a text of 1 to 1000 characters")
    if "\x00" in value or any(0xD800 <= ord(sign) <= 0xDFFF for sign in value):
        raise Malformed("value.malformed", f"{key} holds a character that is not allowed")
    return value


def integer(value: object, key: str) -> int:
    """A whole number; true and false are none."""
    if type(value) is not int:
        raise Malformed("value.malformed", f"{key} must be a whole number")
    return value


def count(value: object, key: str) -> int:
    """A whole number that is not negative."""
    if integer(value, key) < 0:
        raise Malformed("value.malformed", f"{key} must not be negative")
    return integer(value, key)


def flag(value: object, key: str) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise Malformed("value.malformed", f"{key} must be true or false")
    return value


def listed(value: object, key: str) -> list[Any]:
    """A list."""
    if not isinstance(value, list):
        raise Malformed("value.malformed", f"{key} must be a list")
    return value


def table(value: object, key: str) -> dict[str, Any]:
    """An object."""
    if not isinstance(value, dict):
        raise Malformed("value.malformed", f"{key} must be an object")
    return value
