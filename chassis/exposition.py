"""``GET /metrics`` on a port of the process's own, for Prometheus: no part of the API, and without a token.

It listens on 127.0.0.1 unless configured otherwise. The format is what the scraper prefers: OpenMetrics, or Prometheus'
text. Gauges are refreshed first; those that cannot be read are counted, and show what was read last.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack

import structlog
from prometheus_client.exposition import choose_encoder
from starlette.types import Receive, Scope, Send

from chassis.config import Settings
from chassis.gauges import Measure
from chassis.metrics import MEASURE_FAILURES, REGISTRY
from chassis.serving import listen

log = structlog.get_logger(__name__)

MEASURE_S = 3.0
"""How long one reading may take; Prometheus gives up after ten seconds."""
PATH = "/metrics"


class Exposition:
    """The application; ``measures`` are asked at every scrape, of which there is one at a time."""

    def __init__(self, measures: Mapping[str, Measure]) -> None:
        self._measures = measures
        self._one = asyncio.Lock()

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if scope["path"] != PATH:
            await _answer(send, 404, b"text/plain", b"")
        elif scope["method"] not in ("GET", "HEAD"):
            await _answer(send, 405, b"text/plain", b"", (b"allow", b"GET, HEAD"))
        else:
            async with self._one:
                await asyncio.gather(*(self._refresh(name, measure) for name, measure in self._measures.items()))
                accept = dict(scope["headers"]).get(b"accept", b"").decode("latin-1")
                encode, kind = choose_encoder(accept)
                body = encode(REGISTRY)
            await _answer(send, 200, kind.encode(), body if scope["method"] == "GET" else b"")

    async def _refresh(self, name: str, measure: Measure) -> None:
        try:
            await asyncio.wait_for(measure(), MEASURE_S)
        except Exception as error:
            MEASURE_FAILURES.labels(name).inc()
            log.warning("not measured", measure=name, error=repr(error))


async def expose(stack: AsyncExitStack, settings: Settings, measures: Mapping[str, Measure]) -> None:
    """Serve the metrics until ``stack`` ends, unless the port is 0.

    OSError where a port that was configured cannot be opened. Where the default one is taken, by another process on
    this machine, this one goes on without and says so.
    """
    if not settings.metrics_port:
        return
    port = settings.metrics_port + settings.port_offset
    try:
        await listen(stack, Exposition(measures), "metrics", settings.metrics_host, port)
    except OSError as error:
        if "metrics_port" in settings.model_fields_set:
            raise
        log.warning("metrics are not served", port=port, error=str(error))


async def _answer(send: Send, status: int, kind: bytes, body: bytes, *headers: tuple[bytes, bytes]) -> None:
    told = [(b"content-type", kind), (b"content-length", b"%d" % len(body)), (b"cache-control", b"no-store"), *headers]
    await send({"type": "http.response.start", "status": status, "headers": told})
    await send({"type": "http.response.body", "body": body})
