"""Fetching from a durable consumer in short bounded pulls, each of which ends by itself: nothing lingers on the server.

Whatever arrives late, after its pull was given up, is handed out by the next one.
"""

from __future__ import annotations

import asyncio
import json
from itertools import count

import nats.errors
from nats.aio.msg import Msg

from chassis.bus import Away, Bus
from chassis.bus_users import api_of
from contracts import subjects

PULL_S = 5.0
"""How long a pull may take; one that was lost on a restart or a change of leader is asked again."""


class Pull:
    """The durable ``durable`` on the stream of ``source``; made, and made anew, when it is not there."""

    def __init__(self, bus: Bus, source: str, durable: str) -> None:
        self._bus = bus
        self._source = source
        self._durable = durable
        self._next = f"{api_of(source)}.CONSUMER.MSG.NEXT.{subjects.stream(source)}.{durable}"
        self._inbox = ""
        self._numbers = count(1)
        self._reply = ""
        self._arrived: list[Msg] = []
        self._wanted = 0
        self._ended = asyncio.Event()
        self._ready = False

    async def fetch(self, most: int) -> list[Msg]:
        """What is there now, at most ``most``; [] when nothing is. Raises Away without NATS, stream or consumer."""
        if not self._bus.connected:
            raise Away("not connected")
        try:
            await self._prepare()
            await self._ask(most)
        except nats.errors.Error as error:
            raise Away(repr(error)) from error
        arrived, self._arrived = self._arrived, []
        return arrived

    async def _prepare(self) -> None:
        if not self._inbox:
            self._inbox = self._bus.client.new_inbox()
            await self._bus.client.subscribe(f"{self._inbox}.*", cb=self._on_message)
        if not self._ready:
            await self._bus.ensure_consumer(self._source, self._durable)
            self._ready = True

    async def _ask(self, most: int) -> None:
        self._reply = f"{self._inbox}.{next(self._numbers)}"
        self._wanted = most
        self._ended.clear()
        request = json.dumps({"batch": max(1, most - len(self._arrived)), "no_wait": True}).encode()
        await self._bus.client.publish(self._next, request, reply=self._reply)
        try:
            await asyncio.wait_for(self._ended.wait(), PULL_S)
        except TimeoutError:
            self._ready = False

    async def _on_message(self, message: Msg) -> None:
        status = (message.headers or {}).get("Status")
        if status is None:
            self._arrived.append(message)
            if len(self._arrived) >= self._wanted:
                self._ended.set()
        elif message.subject == self._reply:
            # 404 and 408 end a pull that found less than it asked for; anything else means there is no consumer.
            self._ready = self._ready and status in ("404", "408")
            self._ended.set()
