"""The connection to NATS, and what the chassis asks of JetStream: atomic batches, the last message, short pulls.

The connection is kept for ever and begun in the background, so a process starts and works without NATS; every request
has a deadline. JetStream carries, PostgreSQL is the truth: a stream that is gone is made anew and filled by the relay.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple
from uuid import UUID, uuid4

import nats.errors
import structlog
from nats.aio.client import DEFAULT_INBOX_PREFIX, Client
from nats.aio.msg import Msg
from nats.js.api import DEFAULT_PREFIX, AckPolicy, ConsumerConfig, StorageType, StreamConfig
from nats.js.errors import APIError, NotFoundError

from chassis.bus_users import api_of, inbox
from contracts import subjects

log = structlog.get_logger(__name__)

REQUEST_S = 10.0
"""Deadline of a request; an elected leader may need five seconds for its first acknowledgement."""
PULL_S = 5.0
BATCH_MAX = 1000
"""Messages in an atomic batch; the server refuses more (error 10199)."""
MESSAGE_MAX_BYTES = 1_048_576
DUPLICATE_WINDOW_S = 120.0
ACK_WAIT_S = 30.0
ACK_PENDING_MAX = 10_000
NO_SUCH_STREAM, NAME_IN_USE = 10059, 10058

POSITION, PREVIOUS, EPOCH = "Careloop-Position", "Careloop-Previous", "Careloop-Epoch"
HASH = "Careloop-Hash"
MESSAGE_ID = "Nats-Msg-Id"
EXPECTED = "Nats-Expected-Last-Subject-Sequence"


class Away(Exception):
    """NATS or the stream does not answer; what was asked may have happened."""


class Refused(Exception):
    """JetStream refused a batch; nothing of it was stored. ``code`` is the server's (10071 stale, 10201 duplicate)."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code = code


class Message(NamedTuple):
    """What is published: subject, body, headers."""

    subject: str
    body: bytes
    headers: Mapping[str, str]


class Last(NamedTuple):
    """The last message of a county in a stream; ``position`` is 0 and ``epoch`` None where its headers are not ours."""

    sequence: int
    position: int
    event_id: UUID | None
    epoch: UUID | None


class Bus:
    """One connection for everything a service publishes and hears; ``url`` is that of its own user."""

    def __init__(self, url: str, name: str, service: str = "") -> None:
        self.url = url
        self.name = name
        self._inbox = inbox(service) if service else DEFAULT_INBOX_PREFIX
        self.client = Client()
        self._connecting: asyncio.Task[None] | None = None
        self._stopping = False

    async def start(self, patience_s: float = 2.0) -> None:
        """Connect; after ``patience_s`` it goes on in the background."""
        self._connecting = asyncio.create_task(self._connect(), name=f"bus {self.name}")
        await asyncio.wait({self._connecting}, timeout=patience_s)

    async def stop(self) -> None:
        """Send what is buffered and close."""
        self._stopping = True
        if self._connecting is not None and not self._connecting.done():
            self._connecting.cancel()
            await asyncio.wait({self._connecting})
        if self.connected:
            with suppress(Away):
                await self.flush()
        await self.client.close()

    @property
    def connected(self) -> bool:
        """Whether requests can be made now."""
        return self.client.is_connected

    @property
    def body_max_bytes(self) -> int:
        """The largest body that can be published, headers allowed for."""
        return min(self.client.max_payload, MESSAGE_MAX_BYTES) - 2048

    async def ensure_stream(self, service: str, duplicate_window_s: float = DUPLICATE_WINDOW_S) -> None:
        """Make the service's stream if there is none. One that exists is left as its operator configured it.

        Nobody can delete or purge messages of it, nor take that back; the whole stream only an operator can delete.
        """
        config = StreamConfig(
            name=subjects.stream(service),
            subjects=[subjects.subjects_of(service)],
            storage=StorageType.FILE,
            allow_atomic=True,
            duplicate_window=duplicate_window_s,
            max_msg_size=MESSAGE_MAX_BYTES,
            deny_delete=True,
            deny_purge=True,
        )
        try:
            await self._jetstream().add_stream(config)
        except APIError as error:
            if error.err_code != NAME_IN_USE:
                raise
        except nats.errors.Error as error:
            raise Away(repr(error)) from error

    async def publish_batch(self, messages: Sequence[Message], expected_on: str, expected: int) -> int:
        """Publish all or none; the stream sequence of the last. At most ``BATCH_MAX``, at least one.

        Refused unless the last message on the subjects ``expected_on`` has the sequence ``expected`` (0: none).
        Raises Refused, or Away when nobody knows what became of it.
        """
        batch = uuid4().hex
        for number, message in enumerate(messages, 1):
            headers = {**message.headers, "Nats-Batch-Id": batch, "Nats-Batch-Sequence": str(number)}
            if number == 1:
                headers[EXPECTED] = str(expected)
                headers[f"{EXPECTED}-Subject"] = expected_on
            if number == len(messages):
                headers["Nats-Batch-Commit"] = "1"
                return await self._commit(message, headers)
            await self._publish(message.subject, message.body, headers)
        raise ValueError("an empty batch")

    async def _commit(self, message: Message, headers: dict[str, str]) -> int:
        try:
            answer = await self.client.request(message.subject, message.body, timeout=REQUEST_S, headers=headers)
        except nats.errors.Error as error:
            raise Away(repr(error)) from error
        reply = json.loads(answer.data)
        if "error" in reply:
            raise Refused(reply["error"].get("err_code", 0), reply["error"].get("description", ""))
        return int(reply["seq"])

    async def last(self, service: str, county: str) -> Last | None:
        """The county's last message in the service's stream; None where it has none. Raises Away without a stream."""
        try:
            stream = subjects.stream(service)
            message = await self._jetstream().get_last_msg(stream, subjects.subjects_of(service, county))
        except NotFoundError as error:
            if error.err_code == NO_SUCH_STREAM:
                raise Away(f"no stream {stream}") from error
            return None
        except nats.errors.Error as error:
            raise Away(repr(error)) from error
        headers, sequence = message.headers or {}, message.seq or 0
        try:
            return Last(sequence, int(headers[POSITION]), UUID(headers["ce-id"]), UUID(headers[EPOCH]))
        except (KeyError, ValueError):
            return Last(sequence, 0, None, None)

    async def ensure_consumer(self, source: str, durable: str) -> None:
        """Make the durable pull consumer of a source's stream, if there is none. Raises Away without a stream.

        The stream is in the source's account; what this service may ask of it is found under ``api_of``.
        """
        config = ConsumerConfig(
            name=durable,
            durable_name=durable,
            ack_policy=AckPolicy.EXPLICIT,
            ack_wait=ACK_WAIT_S,
            max_ack_pending=ACK_PENDING_MAX,
        )
        try:
            await self._jetstream(prefix=api_of(source)).add_consumer(subjects.stream(source), config)
        except nats.errors.Error as error:
            raise Away(repr(error)) from error

    async def hint(self, service: str, county: str) -> None:
        """Tell whoever listens that there is something new; may be lost."""
        await self._publish(subjects.hint(service, county), b"", None)

    async def on_hint(self, service: str, callback: Callable[[], None]) -> None:
        """Be woken by a service's hints, of any county."""

        async def called(_message: Msg) -> None:
            callback()

        await self.client.subscribe(subjects.hint(service, "*"), cb=called)

    async def flush(self) -> None:
        """Wait until everything published has reached the server; Away if it does not."""
        try:
            await self.client.flush(timeout=int(PULL_S))
        except nats.errors.Error as error:
            raise Away(repr(error)) from error

    async def _publish(self, subject: str, body: bytes, headers: dict[str, str] | None) -> None:
        # A disconnected client would keep the message and send it later, out of its batch.
        if not self.connected:
            raise Away("not connected")
        try:
            await self.client.publish(subject, body, headers=headers)
        except nats.errors.Error as error:
            raise Away(repr(error)) from error

    def _jetstream(self, prefix: str = DEFAULT_PREFIX) -> nats.js.JetStreamContext:
        if not self.connected:
            raise Away("not connected")
        return self.client.jetstream(prefix=prefix, timeout=REQUEST_S)

    async def _connect(self) -> None:
        await self.client.connect(
            self.url,
            name=self.name,
            inbox_prefix=self._inbox,
            max_reconnect_attempts=-1,
            reconnect_time_wait=1,
            connect_timeout=2,
            ping_interval=5,
            max_outstanding_pings=2,
            error_cb=self._on_error,
            disconnected_cb=self._on_disconnected,
            reconnected_cb=self._on_reconnected,
        )

    async def _on_error(self, error: Exception) -> None:
        # Refused permissions arrive only here; refused connections arrive once a second while NATS is down.
        quiet = isinstance(error, OSError | TimeoutError | nats.errors.UnexpectedEOF)
        (log.debug if quiet else log.warning)("bus error", bus=self.name, error=repr(error))

    async def _on_disconnected(self) -> None:
        if not self._stopping:
            log.warning("bus lost", bus=self.name)

    async def _on_reconnected(self) -> None:
        log.info("bus is back", bus=self.name)
