"""What is measured of batches and hearings, and the spans that they are where traces are made.

A batch of one command is part of that command's trace; a batch of several is a trace of its own with a link to each,
because it is nobody's alone. A hearing goes on in the trace of the event that is heard, and so does what it causes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from time import perf_counter
from uuid import UUID

from opentelemetry.trace import Span, SpanKind

from chassis import tracing
from chassis.batch import Unit
from chassis.metrics import BATCH_COMMANDS, COMMIT_SECONDS
from chassis.service import Ask, Heard
from chassis.telemetry import Bound

LINKS_MAX = 64
"""Of a batch's commands, so many are linked to."""


class Batches:
    """The batches of one service."""

    def __init__(self, service: str) -> None:
        self.service = service
        self.commands = BATCH_COMMANDS.labels(service)
        self.seconds = COMMIT_SECONDS.labels(service)

    def measured(self, county: str, units: Sequence[Unit]) -> Batch:
        """Measure one batch of ``county`` while the block runs: from its first reading to its commit."""
        return Batch(self, county, units)


class Batch(Bound):
    """One batch: what its log lines say, and its span where spans are made."""

    __slots__ = ("_batches", "_began", "_entered", "_span", "_units")

    def __init__(self, batches: Batches, county: str, units: Sequence[Unit]) -> None:
        super().__init__(county=county)
        self._batches = batches
        self._units = units
        self._span: Span | None = None

    def __enter__(self) -> Batch:
        super().__enter__()
        self._began = perf_counter()
        if tracing.on():
            self._span = self._begin()
            self._entered = tracing.enter(self._span)
        return self

    def __exit__(self, *error: object) -> None:
        batches = self._batches
        batches.commands.observe(len(self._units))
        batches.seconds.observe(perf_counter() - self._began)
        if self._span is not None:
            tracing.leave(self._entered)
            tracing.finish(self._span, error[0] is not None)
        super().__exit__(*error)

    def _begin(self) -> Span:
        service = self._batches.service
        traces = list(dict.fromkeys(trace for unit in self._units for trace in _traces(unit) if trace))
        return tracing.begin(
            service, f"{service} batch", parent=traces[0] if len(traces) == 1 else "", links=traces[:LINKS_MAX],
            careloop__county=self.facts["county"], careloop__commands=len(self._units),
        )  # fmt: skip


@contextmanager
def heard(service: str, county: str, messages: Iterable[Heard]) -> Iterator[dict[UUID, str]]:
    """A span for each event while it is heard; gives their traceparents by event, nothing where none are made."""
    if not tracing.on():
        yield {}
        return
    with ExitStack() as stack:
        traces: dict[UUID, str] = {}
        for message in messages:
            if message.event_id not in traces:
                traces[message.event_id] = stack.enter_context(
                    tracing.spanning(
                        service,
                        f"{service} hear {message.type}",
                        SpanKind.CONSUMER,
                        parent=message.trace,
                        careloop__county=county,
                        careloop__source=message.source,
                    )
                )
        yield traces


def _traces(unit: Unit) -> tuple[str, ...]:
    return (unit.trace,) if isinstance(unit, Ask) else unit.traces
