"""Traces: one request's way through the services, as OpenTelemetry spans, where ``CARELOOP_TRACES_URL`` asks for them.

    request ─▶ operation ─▶ batch                   trace context of a public event: row of public_log ─▶ header
                   └─▶ hear (another service) ─▶ …  ``traceparent`` on the bus, extension attribute in the feed

A span names an operation or an event type, its service and county, a status and a code; never a path's values, a query,
a body or who asked. Off, nothing is made and nothing is carried. The exporter sends in a thread of its own: what it
cannot send is lost, and no request waits for it.

A caller's ``traceparent`` (W3C Trace Context, 3.2) is continued. It may ask not to be recorded; whether it is recorded
otherwise is decided here, by the trace's id, so that all services decide alike and no caller fills the store.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager

from opentelemetry import context, trace
from opentelemetry.trace import (
    Link,
    NonRecordingSpan,
    Span,
    SpanContext,
    SpanKind,
    Status,
    StatusCode,
    TraceFlags,
    Tracer,
)

from chassis.config import Settings

HEADER = "traceparent"
STOPPING_S = 5.0
"""How long the spans that are left may take to be sent at the end."""

_PARENT = re.compile(
    r"(?!ff)[0-9a-f]{2}-(?!0{32})(?P<trace>[0-9a-f]{32})-(?!0{16})(?P<span>[0-9a-f]{16})-(?P<flags>[0-9a-f]{2})(?:-.*)?"
)
_LENGTH = 55
"""Of a traceparent of version 00; later ones may be longer."""
_tracers: dict[str, Tracer] = {}


def on() -> bool:
    """Whether spans are made in this process."""
    return bool(_tracers)


@asynccontextmanager
async def exporting(settings: Settings, services: Iterable[str]) -> AsyncIterator[None]:
    """Make and send the spans of ``services`` meanwhile, if settings name a collector; within itself nothing new."""
    if not settings.traces_url or _tracers:
        yield
        return
    from chassis.exporting import begin_exporting

    tracers, end = begin_exporting(settings, services)
    _tracers.update(tracers)
    try:
        yield
    finally:
        _tracers.clear()
        await asyncio.wait({asyncio.create_task(asyncio.to_thread(end))}, timeout=STOPPING_S)


def begin(
    service: str,
    name: str,
    kind: SpanKind = SpanKind.INTERNAL,
    *,
    parent: str = "",
    links: Iterable[str] = (),
    **attributes: str | int,
) -> Span:
    """A span of ``service``, begun now: a root unless ``parent`` is another's traceparent. To be asked only when on.

    In the names of attributes a double underline stands for a dot.
    """
    tracer = _tracers.get(service)
    if tracer is None:
        return trace.INVALID_SPAN
    above = context_of(parent)
    around = trace.set_span_in_context(NonRecordingSpan(above), context.Context()) if above else context.Context()
    others = [Link(linked) for text in links if (linked := context_of(text)) is not None]
    told = {"careloop.service": service, **{key.replace("__", "."): value for key, value in attributes.items()}}
    return tracer.start_span(name, around, kind, told, others)


def finish(span: Span, failed: bool = False, **attributes: str | int) -> None:
    """End a span with what became of it; what is empty is not told."""
    for key, value in attributes.items():
        if value:
            span.set_attribute(key.replace("__", "."), value)
    if failed:
        span.set_status(Status(StatusCode.ERROR))
    span.end()


@contextmanager
def spanning(
    service: str,
    name: str,
    kind: SpanKind = SpanKind.INTERNAL,
    *,
    parent: str = "",
    links: Iterable[str] = (),
    **attributes: str | int,
) -> Iterator[str]:
    """A span, see ``begin``, that is the current one until the block ends; gives its traceparent, nothing when off."""
    if not _tracers:
        yield ""
        return
    span = begin(service, name, kind, parent=parent, links=links, **attributes)
    entered = enter(span)
    failed = True
    try:
        yield carried(span)
        failed = False
    finally:
        leave(entered)
        finish(span, failed)


def enter(span: Span) -> object:
    """Make ``span`` the current one; give what is returned to ``leave``."""
    return context.attach(trace.set_span_in_context(span))


def leave(entered: object) -> None:
    """The span that was current before is it again."""
    context.detach(entered)  # type: ignore[arg-type]


def carried(span: Span | None = None) -> str:
    """The traceparent of ``span``, or of the current one; empty where there is none."""
    if not _tracers:
        return ""
    told = (span or trace.get_current_span()).get_span_context()
    return f"00-{told.trace_id:032x}-{told.span_id:016x}-{told.trace_flags:02x}" if told.is_valid else ""


def trace_id() -> str:
    """The current trace, 32 hexadecimal digits; empty where there is none."""
    return trace_of(carried())


def trace_of(traceparent: str) -> str:
    """The trace that a traceparent is part of."""
    return traceparent[3:35]


def context_of(traceparent: str) -> SpanContext | None:
    """What a traceparent says, or None where it says nothing valid."""
    found = _PARENT.fullmatch(traceparent)
    if found is None or (traceparent.startswith("00") and len(traceparent) != _LENGTH):
        return None
    flags = TraceFlags(int(found["flags"], 16) & TraceFlags.SAMPLED)
    return SpanContext(int(found["trace"], 16), int(found["span"], 16), is_remote=True, trace_flags=flags)
