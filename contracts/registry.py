"""All public events by type. A type that is not here is somebody's future; readers pass it by."""

from __future__ import annotations

from types import ModuleType

from contracts import charity, orders, providers, settlement
from contracts.events import Event

SERVICES: dict[str, ModuleType] = {
    "orders": orders,
    "providers": providers,
    "charity": charity,
    "settlement": settlement,
}


def _events(module: ModuleType) -> list[type[Event]]:
    """The event classes a service's package defines, by module and in their order there."""
    return [
        kind
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Event) and kind.__module__.startswith(module.__name__)
    ]


EVENTS: dict[str, type[Event]] = {kind.TYPE: kind for module in SERVICES.values() for kind in _events(module)}
"""Class by type name, service by service."""


def read(type_name: str, body: bytes) -> Event | None:
    """The event in ``body``; None for a type not known here. Raises ``pydantic.ValidationError`` for a bad body."""
    kind = EVENTS.get(type_name)
    return None if kind is None else kind.model_validate_json(body)


def types_of(service: str) -> tuple[str, ...]:
    """The types a service tells."""
    return tuple(kind.TYPE for kind in _events(SERVICES[service]))
