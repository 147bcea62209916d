"""The services there are: names, ports, and how a declaration is found. The only place that knows all four."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from chassis.loading import loading
from chassis.service import Service

PORTS = {"orders": 8701, "providers": 8702, "charity": 8703, "settlement": 8704}
"""Name of each service and the port of its API (plus ``CARELOOP_PORT_OFFSET``)."""


def declared(names: Iterable[str] = PORTS) -> list[Service]:
    """The declarations of ``names``; ValueError names one that there is not."""
    names = list(names)
    if unknown := [name for name in names if name not in PORTS]:
        raise ValueError(f"there is no service {unknown[0]!r}; there are {', '.join(PORTS)}")
    with loading():
        found: list[Service] = [import_module(f"services.{name}.service").service for name in names]
    return found
