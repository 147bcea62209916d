"""The library's own recorder test cases, against our recorder, on the real tables, through a thin synchronous adapter.

What cannot apply, each with its reason, is in ``docs/decisions/0003-recorder-contract.md``.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import (
    AggregateRecorder,
    Notification,
    ProcessRecorder,
    StoredEvent,
    Subscription,
    Tracking,
)
from eventsourcing.tests.persistence import (
    AggregateRecorderTestCase,
    ApplicationRecorderTestCase,
    NonInterleavingNotificationIDsBaseCase,
    ProcessRecorderTestCase,
    TrackingRecorderTestCase,
)

from chassis.config import Settings
from chassis.database import Database
from chassis.recorder import Recorder


class Loop:
    """An event loop on a thread, with a database: where the asynchronous recorder lives while a test is synchronous."""

    def __init__(self, settings: Settings) -> None:
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        self.database: Database = self.run(Database.open("toy", settings))

    def run(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result()

    def close(self) -> None:
        self.run(self.database.close())
        self.loop.call_soon_threadsafe(self.loop.stop)


LOOPS: list[Loop] = []


@pytest.fixture(scope="module", autouse=True)
def loop(toy_settings: Settings) -> Iterator[None]:
    LOOPS.append(Loop(toy_settings))
    yield
    LOOPS.pop().close()


class Synchronous(ProcessRecorder):
    """Hands every call to the recorder's event loop and waits."""

    def __init__(self, *, numbered: bool = True) -> None:
        self.loop = LOOPS[-1]
        self.numbered = numbered
        self.recorder = Recorder(self.loop.database, "toy", f"contract-{uuid4()}")
        super().__init__()

    def insert_events(
        self, stored_events: Sequence[StoredEvent], *, tracking: Tracking | None = None, **_: Any
    ) -> Sequence[int] | None:
        positions: list[int] = self.loop.run(self.recorder.insert_events(stored_events, tracking=tracking))
        return positions if self.numbered else None

    def select_events(self, originator_id: UUID | str, **window: Any) -> Sequence[StoredEvent]:
        found: list[StoredEvent] = self.loop.run(self.recorder.select_events(UUID(str(originator_id)), **window))
        return found

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        found: list[Notification] = self.loop.run(
            self.recorder.select_notifications(start, limit, stop, topics, inclusive_of_start=inclusive_of_start)
        )
        return found

    def max_notification_id(self) -> int | None:
        position: int | None = self.loop.run(self.recorder.max_notification_id())
        return position

    def insert_tracking(self, tracking: Tracking) -> None:
        self.loop.run(self.recorder.insert_tracking(tracking))

    def max_tracking_id(self, application_name: str) -> int | None:
        position: int | None = self.loop.run(self.recorder.max_tracking_id(application_name))
        return position

    def has_tracking_id(self, application_name: str, notification_id: int | None) -> bool:
        return bool(self.loop.run(self.recorder.has_tracking_id(application_name, notification_id)))

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[Any]:
        raise AssertionError("subscriptions are the feed and the bus here")


class TestAggregateRecorder(AggregateRecorderTestCase):
    """An aggregate recorder answers None for positions."""

    def create_recorder(self) -> AggregateRecorder:
        return Synchronous(numbered=False)


class TestApplicationRecorder(ApplicationRecorderTestCase[Synchronous]):
    def create_recorder(self) -> Synchronous:
        return Synchronous()


class TestTrackingRecorder(TrackingRecorderTestCase):
    def create_recorder(self) -> Synchronous:
        return Synchronous()


class TestProcessRecorder(ProcessRecorderTestCase):
    def create_recorder(self) -> Synchronous:
        return Synchronous()


class TestNonInterleaving(NonInterleavingNotificationIDsBaseCase):
    insert_num = 1000

    def create_recorder(self) -> Synchronous:
        return Synchronous()


del AggregateRecorderTestCase, ApplicationRecorderTestCase, TrackingRecorderTestCase
del ProcessRecorderTestCase, NonInterleavingNotificationIDsBaseCase
