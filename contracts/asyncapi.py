"""The AsyncAPI 3.0 description of the bus: a channel an event, its versions as messages, who sends and who receives."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import metadata
from typing import Any

from contracts import envelope, subjects
from contracts.events import Event
from contracts.hearers import HEARS
from contracts.registry import EVENTS, SERVICES, types_of

_TEXT = {"type": "string"}
_ID = {"type": "string", "format": "uuid"}
_DESCRIPTION = """
Public events of the four services, carried by NATS JetStream: one stream a service, `careloop-<service>`, one subject
a county and event. Headers are those of CloudEvents 1.0 (`ce-*`), the payload is the event's body as JSON.

The bus carries, the county's public log is the truth: whoever finds `Careloop-Previous` to be another position than
the last one applied, or another `Careloop-Epoch`, reads the missing range from `GET /v1/events` of the source.
Delivery is at least once; `ce-id` tells repetitions. Readers tolerate keys and types they do not know.

A county is a district code of six digits, with `-unit` for a local unit. No personal data, ever: ids only.
""".strip()


def document() -> dict[str, Any]:
    """The whole description; payload schemas stand beside it in ``schemas/``."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "careloop 公共事件 Public events",
            "version": metadata.version("careloop"),
            "description": _DESCRIPTION,
        },
        "defaultContentType": envelope.CONTENT_TYPE,
        "servers": {"bus": _server()},
        "channels": {event: _channel(names) for event, names in _by_event(EVENTS).items()},
        "operations": {**_sends(), **_receives()},
        "components": {
            "messages": {name: _message(name, kind) for name, kind in EVENTS.items()},
            "schemas": {"headers": _headers()},
        },
    }


def _event(type_name: str) -> str:
    """``orders.order_opened.v1`` -> ``orders.order_opened``."""
    return type_name.rpartition(".")[0]


def _by_event(types: Iterable[str]) -> dict[str, list[str]]:
    """Each event with its versions, which share a subject."""
    found: dict[str, list[str]] = {}
    for name in types:
        found.setdefault(_event(name), []).append(name)
    return found


def _summary(kind: type[Event]) -> str:
    """The first line of the event's docstring."""
    return (kind.__doc__ or "").strip().partition("\n")[0]


def _server() -> dict[str, Any]:
    return {
        "host": "{host}:{port}",
        "protocol": "nats",
        "description": "The deployment's NATS, with a user allowed the subjects of its own service.",
        "variables": {"host": {"default": "127.0.0.1"}, "port": {"default": "4222"}},
    }


def _channel(names: list[str]) -> dict[str, Any]:
    return {
        "address": subjects.subject("{county}", names[0]),
        "title": _event(names[0]),
        "summary": _summary(EVENTS[names[-1]]),
        "parameters": {"county": {"description": "The county's code.", "examples": ["130528"]}},
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in names},
    }


def _message(type_name: str, kind: type[Event]) -> dict[str, Any]:
    return {
        "name": type_name,
        "title": kind.__name__,
        "summary": _summary(kind),
        "contentType": envelope.CONTENT_TYPE,
        "headers": {"$ref": "#/components/schemas/headers"},
        "payload": {"$ref": f"./schemas/{type_name}.schema.json"},
    }


def _sends() -> dict[str, Any]:
    return {
        f"{service}.sends.{event.partition('.')[2]}": _operation("send", service, event, names)
        for service in SERVICES
        for event, names in _by_event(types_of(service)).items()
    }


def _receives() -> dict[str, Any]:
    return {
        f"{service}.receives.{event}": _operation("receive", service, event, names)
        for service, heard in HEARS.items()
        for event, names in _by_event(heard).items()
    }


def _operation(action: str, service: str, event: str, names: list[str]) -> dict[str, Any]:
    return {
        "action": action,
        "channel": {"$ref": f"#/channels/{event}"},
        "summary": f"{service} {action}s {' and '.join(names)}",
        "tags": [{"name": service}],
        "messages": [{"$ref": f"#/channels/{event}/messages/{name}"} for name in names],
    }


def _headers() -> dict[str, Any]:
    position = {"type": "string", "pattern": "^(0|[1-9][0-9]*)$"}
    properties: dict[str, Any] = {
        "ce-specversion": {"const": envelope.SPEC_VERSION},
        "ce-id": {**_ID, "description": "The event; a repetition has the same."},
        "ce-source": {**_TEXT, "description": "/careloop/<service>/<county>"},
        "ce-type": {**_TEXT, "description": "The type with its version; choose the reader by it."},
        "ce-subject": {**_ID, "description": "The aggregate the event tells of."},
        "ce-time": {"type": "string", "format": "date-time", "description": "When it was recorded."},
        "content-type": {"const": envelope.CONTENT_TYPE},
        "Careloop-Position": {**position, "description": "Its place in the county's public log, from 1 without a gap."},
        "Careloop-Previous": {**position, "description": "The position before it."},
        "Careloop-Epoch": {**_ID, "description": "Another one: the source's store was restored."},
        "Careloop-Hash": {**_TEXT, "description": "The county's public hash chain at this position, hexadecimal."},
        "Nats-Msg-Id": {**_ID, "description": "The event's id, for the server's own de-duplication."},
        "traceparent": {
            "type": "string", "pattern": envelope.TRACEPARENT,
            "description": "W3C trace context of the request behind it, where traces are made.",
        },
    }  # fmt: skip
    return {
        "type": "object",
        "required": [name for name in properties if name not in ("Nats-Msg-Id", "traceparent")],
        "properties": properties,
    }
