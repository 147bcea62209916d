"""Read models of searches and offers, batches and travel times."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from chassis.service import View
from services.providers.domain import calendar, matching_batch, ranking, search, travel_times


def _search(stream: UUID, state: search.State) -> Mapping[str, Any] | None:
    order = state.order
    if order is None:
        return None
    return {
        "id": stream,
        "status": state.status,
        "kind": order.kind,
        "person": order.person,
        "item": order.item,
        "units": order.units,
        "township": order.township,
        "village": order.village,
        "window_from": order.window_from,
        "window_to": order.window_to,
        "month": calendar.month_of(order.window_from),
        "policy": order.policy,
        "provider": state.provider,
        "agreement": state.agreement,
        "until": state.until,
        "visit": state.visit,
        "considered": json.dumps([asdict(one) for one in state.considered], default=str),
        "worker": state.worker,
        "assigned": order.assigned,
        "batch": state.batch,
        "run_at": state.run_at,
        "reason": ranking.main_reason(state.considered) if state.status == "not_found" else "",
        "asked": json.dumps(sorted(state.asked), default=str),
        "answers": json.dumps(state.answers, default=str),
    }


def _batch(stream: UUID, state: matching_batch.Batch) -> Mapping[str, Any] | None:
    decided = state.decided
    if decided is None:
        return None
    return {
        "id": stream,
        "at": decided.at,
        "orders": len(decided.assigned) + len(decided.uncovered),
        "assigned": len(decided.assigned),
        "uncovered": len(decided.uncovered),
        "cost": decided.cost,
        "inputs_sha256": decided.inputs_sha256,
        "remaining": decided.left,
        "policies": json.dumps(decided.policies),
    }


def _ways(_stream: UUID, state: travel_times.Ways) -> Mapping[str, Any]:
    return {
        "place": state.place,
        "version": state.version,
        "source": state.source,
        "times": json.dumps(dict(state.minutes)),
    }


TABLES = (
    View(
        table="searches",
        category=search.CATEGORY,
        columns={
            "id": "uuid", "status": "text", "kind": "text", "person": "uuid", "item": "text", "units": "integer",
            "township": "text", "village": "text", "window_from": "date", "window_to": "date", "month": "text",
            "policy": "text", "provider": "uuid", "agreement": "text", "until": "timestamptz", "visit": "uuid",
            "considered": "jsonb", "worker": "uuid", "assigned": "uuid", "batch": "uuid", "run_at": "timestamptz",
            "reason": "text", "asked": "jsonb", "answers": "jsonb",
        },
        row=_search,
    ),
    View(
        table="matching_batches",
        category=matching_batch.CATEGORY,
        columns={
            "id": "uuid", "at": "timestamptz", "orders": "integer", "assigned": "integer", "uncovered": "integer",
            "cost": "bigint", "inputs_sha256": "text", "remaining": "integer", "policies": "jsonb",
        },
        row=_batch,
    ),
    View(
        table="travel_times",
        category=travel_times.CATEGORY,
        key="place",
        columns={"place": "text", "version": "integer", "source": "text", "times": "jsonb"},
        row=_ways,
    ),
)  # fmt: skip
