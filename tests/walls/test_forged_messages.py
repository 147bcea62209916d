"""Messages that are not what they say, put into the real stream by its operator: none is applied, nothing is lost.

Every forgery is counted by its reason; what really stands at its position comes from the source's feed; afterwards the
source's log has been heard once, through its end.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest

from chassis.bus import EPOCH, HASH, MESSAGE_ID, POSITION, PREVIOUS
from chassis.chain import link_public
from chassis.config import Settings
from chassis.metrics import REGISTRY
from chassis.recorder import microseconds
from contracts import envelope
from tests.chassis.conftest import pair_tables as pair_tables
from tests.chassis.consumer.conftest import ear as ear
from tests.chassis.consumer.conftest import hearing as hearing
from tests.chassis.consumer.conftest import source as source
from tests.chassis.consumer.ears import Ear, ear_of, hears_through, start
from tests.chassis.operator import Operator, operator
from tests.chassis.pair import AT, Side, until
from tests.conftest import Servers

REFUSED = "careloop_bus_refused_total"
FORGED = b'{"amount":1000,"at":"2024-11-01T00:00:00Z"}'


@pytest.fixture
def settings(servers: Servers) -> Settings:
    return servers.settings(relay_poll_s=0.2, consumer_poll_s=0.2, consumer_batch_max=10)


@pytest.fixture
def county() -> str:
    return uuid4().hex[:12]


@dataclass
class Forge:
    """The source's stream in the hands of its operator, and the service that hears it."""

    bus: Operator
    source: Side
    ear: Ear
    county: str

    async def next_headers(self, **changes: str | None) -> dict[str, str]:
        """Headers of a forged event at the next position of the log, right in all but ``changes`` (None: missing)."""
        query = "select public_position, public_hash, epoch from head where county = $1"
        head = await self.source.database.fetchrow(query, self.county)
        event_id, subject, position = uuid4(), uuid4(), head["public_position"] + 1
        headers = envelope.headers(
            service="other", county=self.county, event_id=event_id, type_name="other.added.v1", subject=subject, time=AT
        )
        link = link_public(
            head["public_hash"], position, event_id, "other.added.v1", subject, b"another body", microseconds(AT)
        )
        headers |= {
            MESSAGE_ID: str(event_id), POSITION: str(position), PREVIOUS: str(position - 1), EPOCH: str(head["epoch"]),
            HASH: link.hex(),
        }  # fmt: skip
        given = {**headers, **{name.replace("_", "-"): text for name, text in changes.items()}}
        return {name: text for name, text in given.items() if text is not None}

    async def publish(self, headers: Mapping[str, str], subject: str = "", body: bytes = FORGED) -> None:
        await self.bus.jetstream.publish(subject or f"careloop.{self.county}.other.added", body, headers=dict(headers))

    def refused(self, reason: str) -> float:
        labels = {"service": "toy", "source": "other", "reason": reason}
        counted = REGISTRY.restricted_registry([REFUSED]).collect()
        return sum(one.value for metric in counted for one in metric.samples if one.labels == labels)

    async def is_refused(self, reason: str, forging: Callable[[], Awaitable[object]], times: int = 1) -> None:
        """Do it, and wait until it is counted."""
        before = self.refused(reason)
        await forging()

        async def counted() -> bool:
            return self.refused(reason) == before + times

        await until(counted)


@pytest.fixture
async def forge(source: Side, ear: Ear, county: str) -> AsyncIterator[Forge]:
    """Two events are told and heard; the relay is at rest, so that what is forged stands at the next position first."""
    await start(source, ear)
    async with operator(source.settings, "other") as bus:
        yield Forge(bus, source, ear, county)


async def heard_and_nothing_else(forge: Forge, subject: UUID) -> None:
    """Three true events of 1, 2 and 4 have come, once each, whatever stood between them."""
    await hears_through(forge.ear, forge.county, 3)
    assert await forge.ear.side.total(forge.county, subject) == 7
    query = "select count(*) from events where county = $1"
    assert await forge.ear.side.database.fetchval(query, forge.county) == 3
    assert await forge.ear.side.parked(forge.county) == []


CHANGES: dict[str, tuple[str, dict[str, str | None]]] = {
    "a type of another service": ("type", {"ce-type": "settlement.month_closed.v1"}),
    "a type that is not the subject's": ("subject", {"ce-type": "other.removed.v1"}),
    "a source that is another service": ("source", {"ce-source": "/careloop/orders/COUNTY"}),
    "a source of another county": ("source", {"ce-source": "/careloop/other/130528"}),
    "no source": ("shape", {"ce-source": None}),
    "two ids": ("id", {MESSAGE_ID: "00000000-0000-4000-8000-000000000001"}),
    "an id that is none": ("shape", {"ce-id": "1"}),
    "an id in another form": ("shape", {"ce-subject": "{00000000-0000-4000-8000-000000000001}"}),
    "no position": ("shape", {POSITION: None}),
    "position zero": ("shape", {POSITION: "0"}),
    "a position with a sign": ("shape", {POSITION: "+3"}),
    "a position that does not follow": ("position", {PREVIOUS: "7"}),
    "a position behind the log's end": ("beyond", {POSITION: "900", PREVIOUS: "899"}),
    "an epoch nobody has": ("epoch", {EPOCH: "00000000-0000-4000-8000-000000000001"}),
    "no epoch": ("shape", {EPOCH: None}),
    "a body that does not belong to its hash": ("chain", {}),
    "a hash nobody reckoned": ("chain", {HASH: "0" * 64}),
    "no hash": ("shape", {HASH: None}),
    "a time without its zone": ("shape", {"ce-time": "2024-11-01T00:00:00"}),
    "another version of the envelope": ("shape", {"ce-specversion": "0.3"}),
    "another content type": ("shape", {"content-type": "text/plain"}),
}


@pytest.mark.parametrize("what", CHANGES)
async def test_what_is_not_what_it_says_is_refused_counted_and_never_applied(forge: Forge, what: str) -> None:
    reason, changes = CHANGES[what]
    subject = await forge.source.add(forge.county, 1, 2)
    await hears_through(forge.ear, forge.county, 2)
    headers = await forge.next_headers()
    for name, text in changes.items():
        headers.pop(name) if text is None else headers.update({name: text.replace("COUNTY", forge.county)})
    await forge.is_refused(reason, lambda: forge.publish(headers))
    await forge.source.add(forge.county, 4, stream=subject)
    await heard_and_nothing_else(forge, subject)


async def test_a_message_without_headers_is_refused(forge: Forge) -> None:
    subject = await forge.source.add(forge.county, 1, 2)
    await hears_through(forge.ear, forge.county, 2)
    await forge.is_refused("shape", lambda: forge.publish({}, body=b""))
    await forge.source.add(forge.county, 4, stream=subject)
    await heard_and_nothing_else(forge, subject)


async def test_a_county_that_the_source_does_not_have_is_refused(forge: Forge) -> None:
    await forge.source.add(forge.county, 1)
    await hears_through(forge.ear, forge.county, 1)
    stranger = uuid4().hex[:12]
    headers = await forge.next_headers()
    headers |= {"ce-source": f"/careloop/other/{stranger}", POSITION: "1", PREVIOUS: "0"}
    await forge.is_refused("county", lambda: forge.publish(headers, f"careloop.{stranger}.other.added"))
    assert await forge.ear.side.heard(stranger) == 0


async def test_a_message_of_one_county_under_the_subject_of_another_is_refused_in_both(forge: Forge) -> None:
    subject = await forge.source.add(forge.county, 1, 2)
    elsewhere = uuid4().hex[:12]
    there = await forge.source.add(elsewhere, 5)
    await hears_through(forge.ear, forge.county, 2)
    await hears_through(forge.ear, elsewhere, 1)
    headers = await forge.next_headers()
    await forge.is_refused("source", lambda: forge.publish(headers, f"careloop.{elsewhere}.other.added"))
    await forge.source.add(forge.county, 4, stream=subject)
    await forge.source.add(elsewhere, 6, stream=there)
    await heard_and_nothing_else(forge, subject)
    await hears_through(forge.ear, elsewhere, 2)
    assert await forge.ear.side.total(elsewhere, there) == 11


async def test_a_true_body_at_anothers_position_is_refused(forge: Forge) -> None:
    """The message of position 1, said to stand at 3."""
    subject = await forge.source.add(forge.county, 1, 2)
    await hears_through(forge.ear, forge.county, 2)
    [first, _] = await forge.bus.messages(forge.county)
    headers = {**(first.headers or {}), POSITION: "3", PREVIOUS: "2"}
    kept = {name: text for name, text in headers.items() if not name.startswith("Nats-")}
    await forge.is_refused("chain", lambda: forge.publish(kept, body=first.data))
    await forge.source.add(forge.county, 4, stream=subject)
    await heard_and_nothing_else(forge, subject)


async def test_a_forgery_is_known_after_a_start_too_and_the_truth_is_read_in_its_place(
    forge: Forge, hearing: Side
) -> None:
    """The hash of what was applied last is not remembered over a start: the feed is asked."""
    subject = await forge.source.add(forge.county, 1, 2)
    await hears_through(forge.ear, forge.county, 2)
    await forge.ear.consumer.stop()
    assert forge.source.relay
    await forge.source.relay.stop()
    headers = await forge.next_headers()
    await forge.source.add(forge.county, 4, stream=subject)
    await forge.publish(headers)
    again: Any = await ear_of(hearing, forge.source)
    await forge.is_refused("chain", again.consumer.start)
    await heard_and_nothing_else(forge, subject)
    await again.consumer.stop()
    await again.feed.close()
