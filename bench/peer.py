"""The eventsourcing library's own application on the same PostgreSQL, as its documentation shows it.

    python -m bench.peer commands THREADS SECONDS     python -m bench.peer projection EVENTS

Its PostgreSQL module with its defaults, aggregates with ``@event``, JSON transcoding, one save a command. Prints rates.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import Tracking
from eventsourcing.popo import POPOTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner

from chassis.config import Settings

KNOWN = 512
"""Aggregates that commands are carried out on, in turn."""
PER_AGGREGATE = 8
AT_ONCE = 100


class Order(Aggregate):
    """As much of an order as the comparison needs: the fields of a real one, and one more thing to happen to it."""

    def __init__(self, person: str, item: str, units: int, township: str, village: str, window: str) -> None:
        self.person, self.item, self.units = person, item, units
        self.township, self.village, self.window = township, village, window
        self.noted = 0

    @event("Noted")
    def note(self, remark_code: str) -> None:
        """Something small happens."""
        self.remark_code = remark_code
        self.noted += 1


class Orders(Application[UUID]):
    """Opens orders, and changes them."""

    def open(self) -> UUID:
        """A new order: create and save."""
        order = new_order()
        self.save(order)
        return order.id

    def note(self, order_id: UUID) -> None:
        """Get, command, save."""
        order: Order = self.repository.get(order_id)
        order.note("bench")
        self.save(order)


class Counting(Projection[POPOTrackingRecorder]):
    """The least a projection can do: count, in memory."""

    name = "counting"
    seen = 0

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        """Count the event."""
        self.seen += 1
        self.view.insert_tracking(tracking)


def new_order() -> Order:
    """An order like those of the real service."""
    person = "0b6c1f5e-2f53-4d0c-9a51-6b1f0a7c4e10"
    return Order(person, "home_cleaning", 1, "130528103", "130528103201", "2026-11-22/2026-12-06")


def environment(settings: Settings) -> dict[str, str]:
    """What the library's PostgreSQL module wants to know; everything else is its default."""
    parts = urlsplit(settings.database_url)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": parts.path.lstrip("/"),
        "POSTGRES_HOST": parts.hostname or "",
        "POSTGRES_PORT": str(parts.port or 5432),
        "POSTGRES_USER": parts.username or "",
        "POSTGRES_PASSWORD": parts.password or "",
        "POSTGRES_POOL_SIZE": "10",
    }


def commands(settings: Settings, threads: int, seconds: float) -> dict[str, float]:
    """Rates of ``create + save`` and ``get + command + save``, by so many threads at once."""
    app = Orders(environment(settings))
    known = [new_order() for _ in range(KNOWN)]
    app.save(*known)
    own = [[order.id for order in known[number::threads]] for number in range(threads)]
    rates = {
        "create + save": rate(lambda _thread, _turn: app.open(), threads, seconds),
        "get + command + save": rate(
            lambda thread, turn: app.note(own[thread][turn % len(own[thread])]), threads, seconds
        ),
    }
    app.close()
    return rates


def rate(one: Callable[[int, int], object], threads: int, seconds: float) -> float:
    """How often a second ``one(thread, turn)`` is done."""
    done = [0] * threads
    begun = time.perf_counter()

    def work(thread: int) -> None:
        while time.perf_counter() - begun < seconds:
            one(thread, done[thread])
            done[thread] += 1

    workers = [threading.Thread(target=work, args=(thread,)) for thread in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return sum(done) / (time.perf_counter() - begun)


def projection(settings: Settings, events: int) -> dict[str, float]:
    """Events a second through the library's ProjectionRunner, from the log of its own application."""
    where = environment(settings)
    app = Orders(where)
    for _ in range(events // (AT_ONCE * PER_AGGREGATE)):
        orders = [new_order() for _ in range(AT_ONCE)]
        for order in orders:
            for _ in range(PER_AGGREGATE - 1):
                order.note("bench")
        app.save(*orders)
    last = app.recorder.max_notification_id() or 0
    app.close()
    begun = time.perf_counter()
    with ProjectionRunner(
        application_class=Orders,
        projection_class=Counting,
        view_class=POPOTrackingRecorder,
        env={**where, "COUNTING_PERSISTENCE_MODULE": "eventsourcing.popo"},
    ) as runner:
        runner.wait(last, timeout=600)
        seen = runner.projection.seen  # type: ignore[attr-defined]
        return {"projection": seen / (time.perf_counter() - begun)}


def main() -> None:
    """Measure what is asked for; rates as JSON."""
    settings = Settings()
    if sys.argv[1] == "commands":
        print(json.dumps(commands(settings, int(sys.argv[2]), float(sys.argv[3]))))
    else:
        print(json.dumps(projection(settings, int(sys.argv[2]))))


if __name__ == "__main__":
    main()
