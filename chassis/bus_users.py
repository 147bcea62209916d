"""Who may do what on the bus: each service has a NATS account of its own, and in it a user that may do what it needs.

    account orders ── careloop_orders    publish    its own events and hints; make, look at and read its own stream;
                  │                                 by ``js.<source>``: its own durable at each source; acknowledge
                  │                      subscribe  its own inboxes, the hints of its sources
                  ├─ operator_orders     everything in this account
                  ├─ exports             to each hearer: its durable at this stream, its acknowledgements, the hints
                  └─ imports             the same of each source, the JetStream API under ``js.<source>``

Permissions alone do not hold: JetStream answers to whatever reply subject a request names, with the server's rights, so
that in one account a pull with the reply ``$JS.API.STREAM.DELETE.…`` deletes another's stream, and one with another's
subject writes into it. Between accounts an answer goes back to the asker's own account and nowhere else. The subjects
are those of the JetStream API (NATS documentation, "JetStream wire API reference", "Accounts").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from contracts import subjects
from contracts.hearers import HEARS

OPERATOR = "careloop"
"""The operator's name in ``CARELOOP_NATS_URL``, in an account without streams; see ``operator_name``."""

SOURCES: Mapping[str, tuple[str, ...]] = {
    service: tuple(sorted({name.partition(".")[0] for name in types})) for service, types in HEARS.items()
}
"""Service -> the services it hears."""

_API = "$JS.API"
_CONSUMER = ("CONSUMER.CREATE", "CONSUMER.INFO", "CONSUMER.MSG.NEXT")
_STREAM = ("STREAM.CREATE", "STREAM.INFO", "STREAM.MSG.GET")


class Call(NamedTuple):
    """A JetStream request that one account lets another make: its subject there, its name here, whether many answers
    come."""

    subject: str
    local: str
    streamed: bool


class Account(NamedTuple):
    """A service's account: whom it hears, who hears it."""

    service: str
    sources: tuple[str, ...]
    hearers: tuple[str, ...]

    def publish(self) -> list[str]:
        """What the service's user may publish to."""
        stream = subjects.stream(self.service)
        return [
            subjects.subjects_of(self.service),
            subjects.hint(self.service, "*"),
            *(f"{_API}.{what}.{stream}" for what in _STREAM),
            *(call.local for source in self.sources for call in calls(source, self.service)),
        ]

    def subscribe(self) -> list[str]:
        """What the service's user may subscribe to."""
        return [f"{inbox(self.service)}.>", *(subjects.hint(source, "*") for source in self.sources)]


def accounts(sources: Mapping[str, Iterable[str]] = SOURCES) -> list[Account]:
    """The accounts of these services, each of which hears those named beside it."""
    heard = {service: tuple(names) for service, names in sources.items()}
    return [
        Account(service, names, tuple(other for other, theirs in heard.items() if service in theirs))
        for service, names in heard.items()
    ]


def calls(source: str, hearer: str) -> list[Call]:
    """What ``hearer`` asks of the stream of ``source``: its own durable, which bears its name, and its own messages."""
    durable = f"{subjects.stream(source)}.{hearer}"
    asked = [
        Call(f"{_API}.{what}.{durable}", f"{api_of(source)}.{what}.{durable}", "NEXT" in what) for what in _CONSUMER
    ]
    acknowledged = f"$JS.ACK.{durable}.>"
    return [*asked, Call(acknowledged, acknowledged, streamed=False)]


def api_of(source: str) -> str:
    """Where the JetStream API of a source's account is found in those of its hearers."""
    return f"js.{source}"


def user_name(service: str) -> str:
    """The NATS user of a service."""
    return f"careloop_{service}"


def operator_name(service: str) -> str:
    """The operator's user in a service's account; its password is the operator's."""
    return f"operator_{service}"


def inbox(service: str) -> str:
    """What all reply subjects of a service begin with; nobody else may listen there."""
    return f"_INBOX_{service}"
