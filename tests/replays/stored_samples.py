"""One stored event of every topic and version of every service, as the bytes stand in a county's log.

    python -m tests.replays.stored_samples --write

adds a sample for each topic or class version that has none, made from its types; a sample that stands is never
changed, for the log is read for ever. ``stored_samples.json``: topic -> version -> the stored bytes as text.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID, uuid5

from chassis.codec import Codec
from services.declared import declared

FILE = Path(__file__).with_name("stored_samples.json")
ONE = UUID("00000000-0000-4000-8000-000000000001")
Samples = dict[str, dict[str, str]]

TEXTS: Mapping[str, str] = {
    "box": "1.bm9uY2U.Y2lwaGVydGV4dA", "categories": "dibao", "cause": "mistake", "charity": "charity",
    "credit_code": "91130528MA0000000X", "day": "2026-11-03", "document": "（2026）第1号", "exceptions": "code_missing",
    "first": "2026-11-01", "fund": "county_budget", "grade": "good", "item": "home_cleaning", "items": "home_cleaning",
    "last": "2026-11-30", "level": "county", "month": "2026-11", "policies": "130528/0001", "policy": "130528/0001",
    "purchaser": "130528", "role": "bureau", "rule": "home_care_dibao_80", "service_number": "1305280000007",
    "source": "orders", "tier": "half", "time": "09:00", "township": "130528100", "townships": "130528100",
    "version": "130528/0001", "village": "130528100201",
}  # fmt: skip
"""Texts by the name of their field; any other field holds its own name."""

PLAIN: Mapping[type, Callable[[str], Any]] = {
    str: lambda name: TEXTS.get(name, f"some {name}"),
    int: lambda name: 2026 if name == "year" else 1,
    bool: lambda _name: True,
    UUID: lambda name: uuid5(ONE, name),
    datetime: lambda _name: datetime(2026, 11, 3, 1, 0, tzinfo=UTC),
    date: lambda _name: date(2026, 11, 3),
}


def codecs() -> Iterator[Codec]:
    """The codec of each service."""
    return (Codec(service.deciders) for service in declared())


def version_of(kind: type[Any]) -> str:
    """The class version an event is stored with today."""
    return str(getattr(kind, "class_version", 1))


def read(file: Path = FILE) -> Samples:
    """The samples that stand."""
    samples: Samples = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return samples


def missing(samples: Samples) -> Samples:
    """New samples for the topics and versions that have none."""
    return {
        topic: {version_of(kind): codec.encode(example(kind)).decode()}
        for codec in codecs()
        for topic, kind in codec.class_of.items()
        if version_of(kind) not in samples.get(topic, {})
    }


def write(file: Path = FILE) -> list[str]:
    """Add what is missing; the topics added to."""
    samples = read(file)
    added = missing(samples)
    for topic, versions in added.items():
        samples.setdefault(topic, {}).update(versions)
    file.write_text(json.dumps(samples, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return list(added)


def example(kind: Any, name: str = "") -> Any:
    """A value of a type, every field filled; TypeError for a type that events do not use so far."""
    if kind in PLAIN:
        return PLAIN[kind](name)
    if is_dataclass(kind) and isinstance(kind, type):
        return kind(**_examples(kind, [field.name for field in fields(kind)]))
    if is_named_tuple(kind):
        return kind(**_examples(kind, kind._fields))
    arguments = get_args(kind)
    match get_origin(kind):
        case origin if origin is Literal:
            return arguments[0]
        case origin if origin in (Union, UnionType):
            return example(next(option for option in arguments if option is not NoneType), name)
        case origin if origin is tuple:
            return tuple(example(argument, name) for argument in arguments if argument is not Ellipsis)
        case origin if isinstance(origin, type) and issubclass(origin, Mapping):
            return {example(arguments[0], name): example(arguments[1], name)}
        case _:
            raise TypeError(f"no example of {kind!r} for {name!r}")


def is_named_tuple(kind: Any) -> bool:
    """Whether values of ``kind`` have fields and yet are stored by place alone."""
    return isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields")


def _examples(kind: type[Any], names: Iterable[str]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {name: example(hints[name], name) for name in names}


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit(__doc__)
    print("\n".join(f"added: {topic}" for topic in write()) or "nothing to add")
