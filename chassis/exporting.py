"""The OpenTelemetry SDK as ``tracing`` uses it: a provider a service, one sender for all; loaded where it is on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import metadata

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased
from opentelemetry.trace import Tracer

from chassis.config import Settings

QUEUE_MAX = 4096
"""Spans that wait to be sent; more are dropped."""
BATCH_MAX = 512
SEND_EVERY_MS = 1000
SEND_S = 5


def begin_exporting(settings: Settings, services: Iterable[str]) -> tuple[dict[str, Tracer], Callable[[], None]]:
    """A tracer for each of ``services``, and what ends them: it sends what is left, and may take ``SEND_S``.

    ``traces_url`` is the full address of an OTLP/HTTP collector (``http://collector:4318/v1/traces``).
    """
    ratio = TraceIdRatioBased(settings.traces_ratio)
    sampler = ParentBased(root=ratio, remote_parent_sampled=ratio)
    processor = BatchSpanProcessor(
        OTLPSpanExporter(endpoint=settings.traces_url, timeout=SEND_S),
        max_queue_size=QUEUE_MAX,
        schedule_delay_millis=SEND_EVERY_MS,
        max_export_batch_size=BATCH_MAX,
    )
    version = metadata.version("careloop")
    tracers = {}
    for service in services:
        resource = Resource({"service.name": service, "service.namespace": "careloop", "service.version": version})
        provider = TracerProvider(sampler=sampler, resource=resource, shutdown_on_exit=False)
        provider.add_span_processor(processor)
        tracers[service] = provider.get_tracer("careloop", version)
    return tracers, processor.shutdown
