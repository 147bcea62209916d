"""What is counted, measured and logged of one operation's requests, and the span that each of them is.

A request is watched from ``with`` to its end. Label values are looked up once, not at every request. Requests that no
operation takes are counted under ``NONE``.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

import structlog
from opentelemetry.trace import Span, SpanKind
from prometheus_client import Counter, Histogram

from chassis import tracing
from chassis.auth import Caller
from chassis.config import Settings
from chassis.http.requests import Headers
from chassis.keys import who
from chassis.metrics import NONE, REFUSALS, REQUEST_SECONDS, REQUESTS
from chassis.telemetry import BOUND, Bound

log = structlog.get_logger(__name__)

SLOW_S = 1.0
POLLED = ("health_", "feed_")
"""Operations that services ask of each other all the time, and probes: no span unless somebody else has begun a trace,
and no line in the access log."""
_TRACEPARENT = tracing.HEADER.encode()
SECURITY = frozenset({401, 403, 429})
"""Answers that are logged always: somebody was not let in, or not let do it."""


class Watched:
    """One operation of a service; ``patient``: its callers may wait on purpose, so that slow is nothing to tell."""

    def __init__(
        self, service: str, operation: str = NONE, *, patient: bool = False, settings: Settings | None = None
    ) -> None:
        self.service = service
        self.operation = operation
        self.slow_s = float("inf") if patient else SLOW_S
        self.who = who(settings) if settings is not None else None
        self.access_log = settings is not None and settings.access_log
        self._seconds: Histogram | None = None
        self._answers: dict[int, Counter] = {}
        self._refusals: dict[str, Counter] = {}
        self.polled = operation.startswith(POLLED)

    def begin(self, headers: Headers, request: str) -> Watching:
        """Watch the request with the id ``request`` from now on."""
        return Watching(self, request, self._span(headers) if tracing.on() else None)

    def answered(self, status: int, seconds: float) -> None:
        """Count an answer."""
        counted = self._answers.get(status)
        if counted is None:
            counted = self._answers[status] = REQUESTS.labels(self.service, self.operation, str(status))
        counted.inc()
        if self._seconds is None:
            self._seconds = REQUEST_SECONDS.labels(self.service, self.operation)
        self._seconds.observe(seconds)

    def refused(self, code: str) -> None:
        """Count a refusal, by its stable code."""
        counted = self._refusals.get(code)
        if counted is None:
            counted = self._refusals[code] = REFUSALS.labels(self.service, code)
        counted.inc()

    def _span(self, headers: Headers) -> Span | None:
        parent = headers.get(_TRACEPARENT, b"").decode("latin-1")
        if self.polled and not parent:
            return None
        return tracing.begin(self.service, self.operation, SpanKind.SERVER, parent=parent)


class Watching(Bound):
    """One request, while it is answered: what its log lines say, its span, what becomes of it.

    ``traceparent`` is what the answer says of its trace; empty where there is none.
    """

    __slots__ = ("_began", "_code", "_entered", "_operation", "_span", "_status", "_subject", "traceparent")

    def __init__(self, operation: Watched, request: str, span: Span | None) -> None:
        self.facts = {"service": operation.service, "request": request}
        self._operation = operation
        self._span = span
        self._status = 0
        self._code = self._subject = ""
        self.traceparent = tracing.carried(span).encode() if span is not None else b""
        self._began = perf_counter()

    def answered(self, status: int) -> None:
        """The request was answered."""
        self._status = status

    def refused(self, status: int, code: str) -> None:
        """The request was answered with a problem."""
        self._status, self._code = status, code
        self._operation.refused(code)

    def asked_by(self, caller: Caller, county: str) -> None:
        """Who asks, in which county: known once the token is verified."""
        self._subject = caller.subject
        self.facts["county"], self.facts["role"] = county, caller.role

    def __enter__(self) -> Watching:
        self._token = BOUND.set(self)
        if self._span is not None:
            self._entered = tracing.enter(self._span)
        return self

    def __exit__(self, *error: object) -> None:
        operation, status, seconds = self._operation, self._status, perf_counter() - self._began
        if status:
            operation.answered(status, seconds)
        if status >= 500 or seconds > operation.slow_s:
            self._tell(log.warning, "http.slow_or_failed", seconds)
        elif status in SECURITY:
            self._tell(log.info, "http.refused", seconds)
        elif operation.access_log and not (operation.polled and self.facts.get("role", "service") == "service"):
            self._tell(log.info, "http.answered", seconds)
        if self._span is not None:
            tracing.leave(self._entered)
            tracing.finish(
                self._span, status >= 500 or error[0] is not None, http__response__status_code=status,
                careloop__county=self.facts.get("county", ""), careloop__code=self._code,
            )  # fmt: skip
        BOUND.reset(self._token)

    def _tell(self, tell: Callable[..., None], event: str, seconds: float) -> None:
        facts: dict[str, object] = {"operation": self._operation.operation, "status": self._status}
        if self._code:
            facts["code"] = self._code
        if self._operation.who is not None and self._subject:
            facts["who"] = self._operation.who(self._subject)
        tell(event, service=self._operation.service, took_ms=int(seconds * 1000), **facts)


def asked_by(caller: Caller, county: str) -> None:
    """Tell the request that is being watched, if one is, who asks."""
    watching = BOUND.get()
    if isinstance(watching, Watching):
        watching.asked_by(caller, county)
