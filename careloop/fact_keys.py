"""The keys of each kind of fact in the exchange form, and how each is read and written (facts paper, "Facts").

A row names the JSON key, the field of the dataclass, the reader, and whether the key must be there. An optional key
is left out, never null. A ``month`` beside ``day`` may be told and must then be the fact's own (S1). The segments of
``days`` have keys of their own for each kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final, TypeAlias

from careloop.strict_json import Malformed, count, flag, integer, listed, table, text
from services.settlement.domain.engine.facts import CAUSES, SOURCES, Segment

Read: TypeAlias = Callable[[object, str], Any]
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?")


@dataclass(frozen=True)
class Key:
    """One key of a kind: its name, the field it fills, its reader."""

    name: str
    field: str
    read: Read
    required: bool = True


@lru_cache(maxsize=65536)
def _is_day(value: str) -> bool:
    try:
        return bool(_DAY.fullmatch(value)) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def day(value: object, key: str) -> str:
    """A day that exists, ``YYYY-MM-DD``."""
    if not isinstance(value, str) or not _is_day(value):
        raise Malformed("value.malformed", f"{key} must be a day YYYY-MM-DD that exists")
    return value


def month(value: object, key: str) -> str:
    """A month, ``YYYY-MM``."""
    if not isinstance(value, str) or not _is_day(f"{value}-01"):
        raise Malformed("value.malformed", f"{key} must be a month YYYY-MM")
    return value


def time(value: object, key: str) -> str:
    """A time of day, ``HH:MM`` or ``HH:MM:SS``."""
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise Malformed("value.malformed", f"{key} must be a time HH:MM or HH:MM:SS")
    return value


def one_of(*allowed: str) -> Read:
    """A reader of one of the texts ``allowed``."""

    def read(value: object, key: str) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise Malformed("value.malformed", f"{key} must be one of {', '.join(allowed)}")
        return value

    return read


def texts(value: object, key: str) -> tuple[str, ...]:
    """A list of texts."""
    return tuple(text(one, key) for one in listed(value, key))


def numbers(value: object, key: str) -> dict[str, int]:
    """An object of numbers by item."""
    return {text(item, key): count(number, f"{key}.{item}") for item, number in table(value, key).items()}


def fiscal_year(value: object, key: str) -> int:
    """A year of four digits."""
    if not 1000 <= integer(value, key) <= 9999:
        raise Malformed("value.malformed", f"{key} must be a year of four digits")
    return integer(value, key)


def waived(value: object, key: str) -> bool:
    """The word that there is no grade: true."""
    if not flag(value, key):
        raise Malformed("value.malformed", f"{key} can only be true")
    return True


def take(value: dict[str, Any], keys: tuple[Key, ...], where: str = "") -> dict[str, Any]:
    """The fields that an object with exactly these keys fills; raises ``Malformed``."""
    names = {key.name for key in keys}
    for name in value:
        if name not in names:
            raise Malformed("key.unknown", where + name)
    fields: dict[str, Any] = {}
    for key in keys:
        if key.name in value:
            fields[key.field] = key.read(value[key.name], where + key.name)
        elif key.required:
            raise Malformed("key.missing", where + key.name)
    return fields


def _keys(*rows: tuple[str, Read]) -> tuple[Key, ...]:
    """Rows of ``name`` or ``name?`` (optional) or ``name=field``, with the reader."""
    keys = []
    for row, read in rows:
        name, _, field = row.rstrip("?").partition("=")
        keys.append(Key(name, field or name, read, not row.endswith("?")))
    return tuple(keys)


def segments(keys: tuple[Key, ...], overlapping: bool) -> Read:
    """A reader of segments in order of days; ``overlapping`` tells whether two may share a day."""

    def read(value: object, key: str) -> tuple[Segment, ...]:
        found = [
            Segment(**take(table(one, f"{key}[{index}]"), keys, f"{key}[{index}]."))
            for index, one in enumerate(listed(value, key), 1)
        ]
        found.sort(key=lambda segment: (segment.first, segment.last, segment.level or ""))
        if any(segment.first > segment.last for segment in found):
            raise Malformed("segments.reversed", f"{key}: a segment ends before it begins")
        if not overlapping and any(a.last >= b.first for a, b in pairwise(found)):
            raise Malformed("segments.overlap", f"{key}: two segments share a day")
        return tuple(found)

    return read


_FROM_TO = (("from=first", day), ("to=last", day))
_PERSON_DAY = (*_FROM_TO, ("tier", text), ("categories", texts), ("age?", count))
SEGMENTS: Final[Mapping[str, tuple[Key, ...]]] = {
    "bundle_month": _keys(*_PERSON_DAY, ("assigned", flag), ("hospital?", flag)),
    "allowance_month": _keys(*_PERSON_DAY),
    "escort_stay": _keys(*_FROM_TO, ("level", text)),
}
_COMMON = (("id", text), ("source", one_of(*SOURCES)), ("position", count))
_OWED = (("payee", text), ("purchaser", text), ("township", text))
_CAUSE = ("cause?", one_of(*CAUSES))
_SERVED = (
    ("day", day),
    ("month?", month),
    ("time", time),
    *_OWED,
    ("person", text),
    ("item", text),
    ("units", count),
    _CAUSE,
)


def days_of(kind: str) -> Read:
    """The reader of ``days`` of a kind."""
    return segments(SEGMENTS[kind], overlapping=kind == "escort_stay")


def ruled_days(value: object, key: str) -> tuple[Segment, ...]:
    """A ruling's ``days``: those of a stay, a bundle or an allowance, told by their keys."""
    given = {name for one in listed(value, key) for name in table(one, key)}
    kind = "escort_stay" if "level" in given else "bundle_month" if "assigned" in given else "allowance_month"
    days: tuple[Segment, ...] = days_of(kind)(value, key)
    return days


KEYS: Final[Mapping[str, tuple[Key, ...]]] = {
    kind: _keys(*_COMMON, *rows)
    for kind, rows in {
        "service": _SERVED,
        "bundle_month": (
            ("month", month),
            *_OWED,
            ("person", text),
            ("days", days_of("bundle_month")),
            ("required?", numbers),
            _CAUSE,
        ),
        "goods": _SERVED,
        "escort_stay": (
            ("day", day),
            ("month?", month),
            *_OWED,
            ("person", text),
            ("days", days_of("escort_stay")),
            _CAUSE,
        ),
        "allowance_month": (
            ("month", month),
            *_OWED,
            ("person", text),
            ("rule?", text),
            ("days", days_of("allowance_month")),
            _CAUSE,
        ),
        "neighbour_service": (("day", day), ("month?", month), *_OWED, ("units", count), _CAUSE),
        "agreed": (
            ("day", day),
            ("month?", month),
            *_OWED,
            ("person", text),
            ("rule", text),
            ("amount_fen", count),
            _CAUSE,
        ),
        "grade": (
            ("month", month),
            ("payee", text),
            ("township", text),
            ("grade?", text),
            ("waived?", waived),
            _CAUSE,
        ),
        "allocation": (("day?", day), ("fund", text), ("year", fiscal_year), ("amount_fen", integer)),
        "override": (
            ("day?", day),
            ("fund", text),
            ("year", fiscal_year),
            ("role", text),
            ("amount_fen?", count),
        ),
        "policy": (("version", text),),
        "ruling": (
            ("month", month),
            ("fact?", text),
            ("day?", day),
            ("payee?", text),
            ("purchaser?", text),
            ("township?", text),
            ("person?", text),
            ("rule?", text),
            ("units?", integer),
            ("days?", ruled_days),
            ("amount_fen?", integer),
            ("grade?", text),
            ("waived?", waived),
            _CAUSE,
        ),
        "seal": (("month", month),),
    }.items()
}
