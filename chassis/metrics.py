"""Metrics: what a process counts and measures, for Prometheus; nothing in them tells of whom.

Label values are bounded: names of services, operations, codes, roles and counties (GB/T 2260), never an id, a path or
anything a caller chose; what no route has is told as ``NONE``. Units stand in the names. What is true of the database
rather than of this process (lag, gaps, parked, overdue) is refreshed while the process works and when it is read.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, disable_created_metrics

disable_created_metrics()  # type: ignore[no-untyped-call]

REGISTRY = CollectorRegistry(auto_describe=True)
"""All of ours and nothing of the library's default registry."""

NONE = "none"
"""The label value of what has no name: a request that no route takes, a refusal outside any operation."""

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 30.0)
"""Buckets of durations: a command takes milliseconds, a long poll up to 25 s."""

COMMANDS = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
"""Buckets of batch sizes."""

# HTTP
REQUESTS = Counter(
    "careloop_requests", "Requests answered, by operation and HTTP status.", ("service", "operation", "status"),
    registry=REGISTRY,
)  # fmt: skip
REQUEST_SECONDS = Histogram(
    "careloop_request_seconds", "Time from a request's first byte to its answer's last.", ("service", "operation"),
    buckets=SECONDS, registry=REGISTRY,
)  # fmt: skip
REFUSALS = Counter(
    "careloop_refusals", "Requests refused, by the problem's stable code.", ("service", "code"), registry=REGISTRY
)
RATE_LIMITED = Counter(
    "careloop_rate_limited", "Requests refused because their caller had asked too often.", ("service",),
    registry=REGISTRY,
)  # fmt: skip
VAULT_READS = Counter(
    "careloop_vault_reads", "Openings of sealed personal data, by the reader's role.", ("service", "role"),
    registry=REGISTRY,
)  # fmt: skip

# Deciding and writing
BATCH_COMMANDS = Histogram(
    "careloop_batch_commands", "Commands and hearings decided in one batch of a county.", ("service",),
    buckets=COMMANDS, registry=REGISTRY,
)  # fmt: skip
COMMIT_SECONDS = Histogram(
    "careloop_commit_seconds", "Time to read, decide and commit one batch.", ("service",), buckets=SECONDS,
    registry=REGISTRY,
)  # fmt: skip
COMMANDS_WAITING = Gauge(
    "careloop_commands_waiting", "Commands that wait for their county's writer.", ("service",), registry=REGISTRY
)
DATABASE_CONNECTIONS = Gauge(
    "careloop_database_connections", "Connections of a pool, by state: busy, idle, and most allowed (limit).",
    ("service", "pool", "state"), registry=REGISTRY,
)  # fmt: skip

# Bus and agenda
BUS_CONNECTED = Gauge(
    "careloop_bus_connected", "1 while the service is connected to NATS, else 0.", ("service",), registry=REGISTRY
)
RELAY_LAG = Gauge(
    "careloop_relay_lag_events", "Public events that are committed and not yet published.", ("service", "county"),
    registry=REGISTRY,
)  # fmt: skip
CONSUMER_GAP = Gauge(
    "careloop_consumer_gap_events", "Public events of a source that are committed there and not yet applied here.",
    ("service", "source", "county"), registry=REGISTRY,
)  # fmt: skip
PARKED = Gauge(
    "careloop_parked_events", "Events of a source set aside because they could not be applied.",
    ("service", "source", "county"), registry=REGISTRY,
)  # fmt: skip
BUS_REFUSED = Counter(
    "careloop_bus_refused", "Messages on the bus that were not what they said, by reason; none was applied.",
    ("service", "source", "reason"), registry=REGISTRY,
)  # fmt: skip
AGENDA_FAILED = Gauge(
    "careloop_agenda_failed_entries", "Agenda entries refused so often that they are tried once a day.", ("service",),
    registry=REGISTRY,
)  # fmt: skip
AGENDA_OVERDUE = Gauge(
    "careloop_agenda_overdue_entries", "Agenda entries past their time.", ("service",), registry=REGISTRY
)

MEASURE_FAILURES = Counter(
    "careloop_measure_failures", "Readings that failed when the metrics were asked for; their gauges are old.",
    ("measure",), registry=REGISTRY,
)  # fmt: skip

ProcessCollector(registry=REGISTRY)
