"""Read models of spot checks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chassis.service import View
from services.orders.domain import drawing, spot_check
from services.orders.domain.spot_check import inspection, inspector, year
from services.orders.views.tables.shared import box


def _batch(stream: UUID, state: spot_check.Batch) -> Mapping[str, Any] | None:
    closed, head = state.closed, state.head
    if closed is None:
        return None
    strata = drawing.after(state.list, state.picks) if state.seed else state.strata
    return {
        "id": stream,
        "year": closed.year,
        "number": closed.number,
        "state": state.stage,
        "digest": closed.digest,
        "policy": closed.policy,
        "visits": closed.visits,
        "drawn": len(state.picks),
        "listed": json.dumps([str(line.visit) for line in state.lines]),
        "strata": json.dumps([vars(one) for one in strata]),
        "parties": json.dumps(
            [
                {"party": one, "committed": one in state.commitments, "revealed": one in state.numbers}
                for one in closed.parties
            ]
        ),
        "withheld": json.dumps(state.withheld),
        "listed_at": closed.at,
        "commit_until": state.commit_until,
        "reveal_until": head.reveal_until if head else None,
        "seed": state.seed,
        "head_position": head.head_position if head else None,
        "head_hash": head.head_hash if head else "",
    }


def _inspection(stream: UUID, state: inspection.State) -> Mapping[str, Any]:
    facts, found = state.facts, state.result
    return {
        "id": stream,
        "order_id": facts.order,
        "year": facts.year,
        "batch": state.batch,
        "township": facts.township,
        "provider": facts.provider,
        "item": facts.item,
        "day": facts.day,
        "stratum": facts.stratum if isinstance(facts, inspection.Assigned) else "",
        "why": facts.why if isinstance(facts, inspection.Assigned) else "extra",
        "extra": state.batch is None,
        "inspector": state.inspector,
        "state": "done" if found else "open",
        "due_on": facts.due_on,
        "drawn_at": facts.at,
        "result": found.result if found else "",
        "reason_code": found.reason_code if found else "",
        "finding_codes": json.dumps(found.finding_codes if found else []),
        "methods": json.dumps(found.methods if found else []),
        "cause": (found.cause or "") if found else "",
        "reported_at": found.at if found else None,
        "text_box": box(found.text) if found else None,
    }


def _inspector(stream: UUID, state: inspector.State) -> Mapping[str, Any]:
    facts = state.facts
    return {
        "id": stream,
        "subject": facts.subject,
        "township": facts.township,
        "barred": json.dumps([*facts.townships_barred, *(str(one.provider) for one in facts.interests)]),
        "valid_from": facts.valid_from,
        "valid_to": facts.valid_to,
        "ended": state.ended,
    }


def _year(stream: UUID, state: year.Closed) -> Mapping[str, Any]:
    return {
        "id": stream,
        "year": state.year,
        "percent": state.percent,
        "population": state.population,
        "picks": state.picks,
        "checked": state.checked,
        "rejected": state.rejected,
        "extra": state.extra,
        "closed_at": state.at,
    }


TABLES: tuple[View, ...] = (
    View(
        table="spot_batches",
        category=spot_check.batch.CATEGORY,
        columns={
            "id": "uuid", "year": "integer", "number": "integer", "state": "text", "digest": "text", "policy": "text",
            "visits": "integer", "drawn": "integer", "listed": "jsonb", "strata": "jsonb", "parties": "jsonb",
            "withheld": "jsonb", "listed_at": "timestamptz", "commit_until": "timestamptz",
            "reveal_until": "timestamptz", "seed": "text", "head_position": "bigint", "head_hash": "text",
        },
        row=_batch,
    ),
    View(
        table="inspections",
        category=inspection.CATEGORY,
        columns={
            "id": "uuid", "order_id": "uuid", "year": "integer", "batch": "uuid", "township": "text",
            "provider": "uuid", "item": "text", "day": "date", "stratum": "text", "why": "text", "extra": "boolean",
            "inspector": "uuid", "state": "text", "due_on": "date", "drawn_at": "timestamptz", "result": "text",
            "reason_code": "text", "finding_codes": "jsonb", "methods": "jsonb", "cause": "text",
            "reported_at": "timestamptz", "text_box": "text",
        },
        row=_inspection,
    ),
    View(
        table="inspectors",
        category=inspector.CATEGORY,
        columns={
            "id": "uuid", "subject": "text", "township": "text", "barred": "jsonb", "valid_from": "date",
            "valid_to": "date", "ended": "boolean",
        },
        row=_inspector,
    ),
    View(
        table="spot_years",
        category=year.CATEGORY,
        columns={
            "id": "uuid", "year": "integer", "percent": "integer", "population": "integer", "picks": "integer",
            "checked": "integer", "rejected": "integer", "extra": "integer", "closed_at": "timestamptz",
        },
        row=_year,
    ),
)  # fmt: skip
