"""Names on the bus: ``careloop.<county>.<service>.<event>`` in one stream a service."""

from __future__ import annotations


def subject(county: str, type_name: str) -> str:
    """Where an event of ``type_name`` (``orders.order_opened.v1``) of a county is published."""
    service, event, _version = type_name.split(".")
    return f"careloop.{county}.{service}.{event}"


def stream(service: str) -> str:
    """The JetStream stream of a service."""
    return f"careloop-{service}"


def subjects_of(service: str, county: str = "*") -> str:
    """All subjects of a service, of one county or of all."""
    return f"careloop.{county}.{service}.>"


def hint(service: str, county: str) -> str:
    """The core-NATS subject that wakes consumers; a hint only, polling is the truth."""
    return f"hint.{county}.{service}"
