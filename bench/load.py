"""The load: a small HTTP/1.1 client on raw sockets, in a process of its own, as many requests as the server answers.

    python -m bench.load  < {"port", "path", "token", "connections", "seconds", "warm_s", "run", "bodies"}

Each connection sends its next request when the answer before is complete. Every request has an Idempotency-Key of its
own; bodies are taken in turn. The requests are counted that were answered after the warm-up.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import sys
import time
from collections.abc import Callable
from typing import Any

import uvloop

from bench.figures import percentile

LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)", re.IGNORECASE)
CREATED = b"201"


class Tally:
    """What came back, and how long it took."""

    def __init__(self) -> None:
        self.took: list[float] = []
        self.refused: dict[str, int] = {}
        self.counting = False

    def count(self, status: bytes, seconds: float) -> None:
        """Note one answer."""
        if status != CREATED:
            code = status.decode("latin-1")
            self.refused[code] = self.refused.get(code, 0) + 1
        elif self.counting:
            self.took.append(seconds)


class Connection(asyncio.Protocol):
    """One connection that keeps one request in flight."""

    def __init__(self, next_request: Callable[[], bytes | None], tally: Tally) -> None:
        self._next = next_request
        self._tally = tally
        self._rest = b""
        self._sent = 0.0
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport
        self._send()

    def data_received(self, data: bytes) -> None:
        data = self._rest + data
        head = data.find(b"\r\n\r\n")
        length = LENGTH.search(data, 0, head) if head >= 0 else None
        if length is None or len(data) < head + 4 + int(length.group(1)):
            self._rest = data
            return
        self._rest = b""
        self._tally.count(data[9:12], time.perf_counter() - self._sent)
        self._send()

    def connection_lost(self, _error: Exception | None) -> None:
        if not self.ended.done():
            self._tally.count(b"connection lost", 0.0)
            self.ended.set_result(None)

    def _send(self) -> None:
        request = self._next()
        if request is None:
            self.ended.set_result(None)
            self._transport.close()
            return
        self._sent = time.perf_counter()
        self._transport.write(request)


def requests(plan: dict[str, Any]) -> Callable[[], bytes]:
    """Makes the requests of a plan, each with its own key."""
    bodies = [body.encode() for body in plan["bodies"]]
    head = (
        f"POST {plan['path']} HTTP/1.1\r\nHost: 127.0.0.1:{plan['port']}\r\nAuthorization: Bearer {plan['token']}\r\n"
        "Content-Type: application/json\r\nAccept: application/json\r\n"
    )
    made = [
        (f"{head}Content-Length: {len(body)}\r\nIdempotency-Key: {plan['run']}-".encode(), b"\r\n\r\n" + body)
        for body in bodies
    ]
    numbers = itertools.count()

    def one() -> bytes:
        number = next(numbers)
        before, after = made[number % len(made)]
        return b"%b%d%b" % (before, number, after)

    return one


async def measure(plan: dict[str, Any]) -> dict[str, Any]:
    """Carry the plan out; answers per second, median and 99th percentile in milliseconds, refusals, own load."""
    tally, make = Tally(), requests(plan)
    loop = asyncio.get_running_loop()
    stop = False

    def next_request() -> bytes | None:
        return None if stop else make()

    opened = [
        await loop.create_connection(lambda: Connection(next_request, tally), "127.0.0.1", plan["port"])
        for _ in range(plan["connections"])
    ]
    await asyncio.sleep(plan["warm_s"])
    tally.counting, begun, busy = True, time.perf_counter(), time.process_time()
    await asyncio.sleep(plan["seconds"])
    tally.counting = False
    seconds, own = time.perf_counter() - begun, time.process_time() - busy
    stop = True
    await asyncio.wait_for(asyncio.gather(*(connection.ended for _, connection in opened)), 30)
    ordered = sorted(tally.took)
    return {
        "rate": len(ordered) / seconds,
        "p50_ms": round(percentile(ordered, 0.5) * 1000, 2),
        "p99_ms": round(percentile(ordered, 0.99) * 1000, 2),
        "refused": tally.refused,
        "client_busy": round(own / seconds, 2),
    }


def main() -> None:
    """Read the plan, carry it out, print what was measured."""
    print(json.dumps(uvloop.run(measure(json.load(sys.stdin)))))


if __name__ == "__main__":
    main()
