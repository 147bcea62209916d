"""Domain event <-> StoredEvent: the ``eventsourcing`` Mapper, with msgspec straight into frozen dataclasses.

Topics are chosen names (``orders.need.registered``), kept by the deciders, never module paths. Versions follow the
library's convention: a class with ``class_version = 2`` stores that number beside its fields and has a static
``upcast_v1_v2(state: dict) -> None`` that brings an older stored state up to date.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

import msgspec
from eventsourcing.persistence import (
    Cipher,
    Compressor,
    JSONTranscoder,
    Mapper,
    MapperDeserialisationError,
    StoredEvent,
)

from chassis.kernel import Decider
from chassis.service import Recorded


class Codec(Mapper[UUID]):
    """Maps ``Recorded`` to ``StoredEvent`` and back; raises MapperDeserialisationError for a state it cannot read."""

    def __init__(
        self,
        deciders: Iterable[Decider[Any, Any, Any, Any]],
        compressor: Compressor | None = None,
        cipher: Cipher | None = None,
    ) -> None:
        super().__init__(JSONTranscoder(), compressor, cipher)
        self.class_of: dict[str, type[Any]] = {}
        self.topic_of: dict[type[Any], str] = {}
        self.category_of: dict[str, str] = {}
        for decider in deciders:
            for topic, kind in decider.events.items():
                if topic in self.class_of:
                    raise ValueError(f"topic {topic} is taken by {self.class_of[topic].__qualname__}")
                self.class_of[topic] = kind
                self.topic_of[kind] = topic
                self.category_of[topic] = decider.category
        self._encode = msgspec.json.Encoder().encode
        self._decode = {topic: msgspec.json.Decoder(kind).decode for topic, kind in self.class_of.items()}

    def to_stored_event(self, domain_event: Recorded) -> StoredEvent:  # type: ignore[override]
        """The event as it is stored. KeyError if no decider of this service owns the event's class."""
        kind = type(domain_event.event)
        return StoredEvent(
            originator_id=domain_event.originator_id,
            originator_version=domain_event.originator_version,
            topic=self.topic_of[kind],
            state=self.encode(domain_event.event),
        )

    def encode(self, event: Any) -> bytes:
        """The stored bytes of an event."""
        version = getattr(event, "class_version", 1)
        if version == 1:
            state = self._encode(event)
        else:
            state = self._encode({**msgspec.to_builtins(event), "class_version": version})
        if self.compressor:
            state = self.compressor.compress(state)
        return self.cipher.encrypt(state) if self.cipher else state

    def to_domain_event(self, stored_event: StoredEvent) -> Recorded:
        """The event a stored state tells of, brought up to date by its upcasts."""
        return Recorded(
            originator_id=cast(UUID, stored_event.originator_id),
            originator_version=stored_event.originator_version,
            event=self.decode(stored_event.topic, stored_event.state),
        )

    def decode(self, topic: str, state: bytes) -> Any:
        """The event of stored bytes."""
        try:
            kind = self.class_of[topic]
            if self.cipher:
                state = self.cipher.decrypt(state)
            if self.compressor:
                state = self.compressor.decompress(state)
            if getattr(kind, "class_version", 1) == 1:
                return self._decode[topic](state)
            return self._upcast(kind, msgspec.json.decode(state))
        except Exception as error:
            raise MapperDeserialisationError(f"stored event of topic {topic!r} cannot be read: {error}") from error

    @staticmethod
    def _upcast(kind: type[Any], state: dict[str, Any]) -> Any:
        version = state.pop("class_version", 1)
        while version < kind.class_version:
            getattr(kind, f"upcast_v{version}_v{version + 1}")(state)
            version += 1
        return msgspec.convert(state, kind)
