"""The bus as its operator sees it, who may do everything: what tests look at and break with."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass

import nats
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js import JetStreamContext

from chassis.config import Settings
from contracts import subjects


@dataclass
class Operator:
    """The operator's connection in a service's account."""

    service: str
    client: Client
    jetstream: JetStreamContext

    async def messages(self, county: str = "*") -> list[Msg]:
        """Everything the stream holds of a county, or of all, in its order."""
        name, wanted = subjects.stream(self.service), subjects.subjects_of(self.service, county)
        info = await self.jetstream.stream_info(name, subjects_filter=wanted)
        count = sum((info.state.subjects or {}).values())
        subscription = await self.jetstream.subscribe(wanted, stream=name, ordered_consumer=True)
        found = [await subscription.next_msg(timeout=10) for _ in range(count)]
        await subscription.unsubscribe()
        return found

    async def lose_stream(self) -> None:
        """Delete the stream with its messages and durables."""
        await self.jetstream.delete_stream(subjects.stream(self.service))

    async def lose_messages(self, county: str, positions: Collection[int]) -> int:
        """Make the stream anew without these messages of a county; how many are missing.

        A single message cannot be deleted. What is kept keeps its order and its headers.
        """
        kept = await self.messages()
        config = (await self.jetstream.stream_info(subjects.stream(self.service))).config
        await self.lose_stream()
        await self.jetstream.add_stream(config)
        lost = 0
        for message in kept:
            headers = message.headers or {}
            if message.subject.split(".")[1] == county and int(headers["Careloop-Position"]) in positions:
                lost += 1
                continue
            await self.jetstream.publish(message.subject, message.data, headers=_without_batch(headers))
        return lost


def _without_batch(headers: dict[str, str]) -> dict[str, str]:
    """What the publisher said of the message itself; the rest was about its batch."""
    return {name: text for name, text in headers.items() if not name.startswith("Nats-") or name == "Nats-Msg-Id"}


@asynccontextmanager
async def operator(settings: Settings, service: str) -> AsyncIterator[Operator]:
    """Connected as the operator of a service's account."""
    client = await nats.connect(settings.operator_nats_url(service))
    try:
        yield Operator(service, client, client.jetstream(timeout=10))
    finally:
        await client.close()
