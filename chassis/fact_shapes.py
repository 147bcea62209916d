"""The shapes of facts: how the JSON of a log becomes the facts that a domain understands, many at once.

A domain's facts are frozen dataclasses. Reading makes structs that stand in for them, because a struct is decoded in
half the time: ``isinstance``, ``match``, ``==`` and ``dataclasses.replace`` take them for what they stand for.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import force_setattr

PARTS_KEPT = 65_536


class ReplayError(Exception):
    """The log cannot be replayed: a position is missing, or a fact has not its shape."""


class _Enveloped(msgspec.Struct):
    fact: msgspec.Raw = msgspec.Raw(b"null")


class _Tagged(msgspec.Struct):
    kind: str


class FactShapes:
    """The kinds of facts by name, frozen dataclasses with ``id``, ``source`` and ``position`` among their fields.

    ``part`` is a dataclass that some fields hold tuples of, ``names`` tells which of its fields the log names
    otherwise. ``mend`` may replace a fact of a kind by what the log means with it.
    """

    def __init__(
        self,
        kinds: Mapping[str, type[Any]],
        part: type[Any],
        names: Mapping[str, str],
        mend: Mapping[str, Callable[[Any], Any]] | None = None,
    ) -> None:
        self.kinds = dict(kinds)
        self.part = part
        self._mend = dict(mend or {})
        hints = typing.get_type_hints(part)
        wire = msgspec.defstruct(
            part.__name__, [_field(field, hints[field.name]) for field in dataclasses.fields(part)], rename=dict(names)
        )
        decode_parts = msgspec.json.Decoder(tuple[wire, ...]).decode  # type: ignore[valid-type]

        @lru_cache(maxsize=PARTS_KEPT)
        def parts(raw: bytes) -> tuple[Any, ...]:
            return msgspec.convert(decode_parts(raw), tuple[part, ...], from_attributes=True)  # type: ignore[valid-type]

        self._parts = parts
        self.readers = lru_cache(maxsize=None)(self._reader)

    def _reader(self, source: str) -> _Reader:
        """What reads the facts of the log of ``source``."""
        twins = {name: _twin(name, kind, self.part, source) for name, kind in self.kinds.items()}
        finish: dict[type[Any], Callable[[Any], Any]] = {}
        for name, twin in twins.items():
            parted = _parted(self.kinds[name], self.part)
            if parted or name in self._mend:
                finish[twin] = self._finisher(parted, self._mend.get(name))
        several: Any = list[typing.Union[tuple(twins.values())]]  # type: ignore[misc]  # noqa: UP007
        return _Reader(
            msgspec.json.Decoder(several).decode,
            {name: msgspec.json.Decoder(twin).decode for name, twin in twins.items()},
            finish,
        )

    def _finisher(self, parted: tuple[str, ...], mend: Callable[[Any], Any] | None) -> Callable[[Any], Any]:
        def finish(fact: Any) -> Any:
            for field in parted:
                raw = getattr(fact, field)
                if raw is not None:
                    force_setattr(fact, field, self._parts(bytes(raw)))
            return mend(fact) if mend else fact

        return finish


class Row(NamedTuple):
    """A row whose body speaks of a fact."""

    position: int
    name: bytes
    body: bytes


class _Reader(NamedTuple):
    """Decodes a list of facts at once, or one fact of a named kind; ``finish`` completes some, by class."""

    facts: Callable[[bytes], list[Any]]
    one: Mapping[str, Callable[[bytes], Any]]
    finish: Mapping[type[Any], Callable[[Any], Any]]

    def several(self, written: Sequence[bytes]) -> list[Any]:
        """The facts of these JSON texts. Raises msgspec.MsgspecError."""
        facts = self.facts(b"[%b]" % b",".join(written))
        if self.finish:
            finish = self.finish.get
            for place, fact in enumerate(facts):
                last_touch = finish(type(fact))
                if last_touch is not None:
                    facts[place] = last_touch(fact)
        return facts

    def carefully(self, row: Row) -> list[Any]:
        """The fact of one body, wherever it stands in it; none without a fact. Raises ReplayError."""
        try:
            raw = bytes(_enveloped(row.body).fact)
            if raw == b"null":
                return []
            fact = self.one[_tagged(raw).kind](_placed(raw.rstrip()[:-1], row.name, row.position))
        except KeyError as error:
            raise ReplayError(f"facts of kind {error} are not known here") from None
        except msgspec.MsgspecError as error:
            raise ReplayError(str(error)) from error
        last_touch = self.finish.get(type(fact))
        return [last_touch(fact) if last_touch else fact]


def _placed(opened: bytes, name: bytes, position: int) -> bytes:
    """A fact's JSON, given without its last brace, with what its row tells."""
    return b'%b,"id":"%b","position":%d}' % (opened, name, position)


def _twin(name: str, kind: type[Any], part: type[Any], source: str) -> type[Any]:
    """A struct that stands in for ``kind``, for the logs of one source: same fields, properties, ``isinstance``.

    A struct is decoded in half the time of a dataclass. Fields of parts stay raw until they are finished.
    """
    hints = typing.get_type_hints(kind)
    parted = _parted(kind, part)
    fields: list[Any] = []
    for field in dataclasses.fields(kind):
        if field.name == "source":
            fields.append(("source", str, source))
        elif field.name in parted:
            optional = type(None) in typing.get_args(hints[field.name])
            fields.append(_field(field, msgspec.Raw | None if optional else msgspec.Raw))
        else:
            fields.append(_field(field, hints[field.name]))
    members: dict[str, Any] = {key: value for key, value in vars(kind).items() if isinstance(value, property)}
    members["kind"] = name
    members["__class__"] = property(lambda _fact: kind)
    members["__dataclass_fields__"] = kind.__dict__["__dataclass_fields__"]
    return msgspec.defstruct(
        kind.__name__, fields, namespace=members, tag_field="kind", tag=name, kw_only=True, frozen=True, gc=False
    )


def _parted(kind: type[Any], part: type[Any]) -> tuple[str, ...]:
    """The fields of ``kind`` that hold parts."""
    hints = typing.get_type_hints(kind)
    return tuple(field.name for field in dataclasses.fields(kind) if part in _mentioned(hints[field.name]))


def _field(field: dataclasses.Field[Any], hint: Any) -> Any:
    """The field as ``defstruct`` takes it, with its default."""
    if field.default_factory is not dataclasses.MISSING:
        return field.name, hint, msgspec.field(default_factory=field.default_factory)
    if field.default is not dataclasses.MISSING:
        return field.name, hint, field.default
    return field.name, hint


def _mentioned(hint: Any) -> set[Any]:
    """A type and all it is made of."""
    return {hint}.union(*(_mentioned(inner) for inner in typing.get_args(hint)))


_enveloped = msgspec.json.Decoder(_Enveloped).decode
_tagged = msgspec.json.Decoder(_Tagged).decode
