"""The read models: one row a stream, columns as the migrations make them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from chassis.service import View
from services.settlement.domain import bearing, fund, grade, journal, month, person, ruling, statement
from services.settlement.domain.document import plain
from services.settlement.domain.engine import Fact
from services.settlement.domain.engine.facts import MonthFact


def _fact(stream: UUID, fact: Fact) -> Mapping[str, Any]:
    return {
        "id": stream,
        "source": fact.source,
        "position": fact.position,
        "kind": fact.kind,
        "month": fact.month if isinstance(fact, MonthFact) else "",
        "person": getattr(fact, "person", None),
        "payee": getattr(fact, "payee", None),
        "body": msgspec.json.encode(fact),
    }


def _month(stream: UUID, state: month.Month) -> Mapping[str, Any]:
    return {
        "id": stream,
        "month": state.month,
        "status": state.status,
        "requested_at": state.requested_at,
        "seals": _json(state.seals),
        "waiting": _json(state.waiting),
        "waits": _json(month.waits_of(state)),
        "closed_at": state.closed.at if state.closed else None,
        "payable_fen": state.closed.payable_fen if state.closed else None,
        "document": _json(state.closed) if state.closed else None,
        "drawn": None if state.drawn is None else _json(state.drawn),
    }


def _statement(stream: UUID, state: statement.Statement) -> Mapping[str, Any] | None:
    final = state.final
    if final is None:
        return None
    return {
        "id": stream,
        "month": final.month,
        "payee": final.content.payee,
        "purchaser": final.content.purchaser,
        "status": state.status,
        "payable_fen": state.payable_fen,
        "digest": final.digest,
        "answer_until": final.answer_until,
        "finalised_at": final.at,
        "progress": _json(
            {
                "confirmed": state.confirmed,
                "disputes": state.disputes,
                "approvals": state.approvals,
                "may_sign": state.may_sign,
                "paid": state.paid,
            }
        ),
        "document": json.dumps(plain(final.content), ensure_ascii=False),
        **_signatures(state),
    }


def _signatures(state: statement.Statement) -> dict[str, str]:
    """Who signed first and second, and for which body; empty where nobody has yet."""
    first, second, *_ = (*((one.by, one.body) for one in state.approvals), ("", ""), ("", ""))
    return {
        "signed_by": first[0], "signed_for": first[1], "countersigned_by": second[0], "countersigned_for": second[1],
    }  # fmt: skip


def _fund(stream: UUID, state: fund.Fund) -> Mapping[str, Any]:
    return {
        "id": stream,
        "fund": state.fund,
        "year": state.year,
        "allocated_fen": state.allocated_fen,
        "overrides": state.overrides,
    }


def _grade(stream: UUID, state: grade.Graded) -> Mapping[str, Any]:
    return {
        "id": stream,
        "month": state.month,
        "payee": state.payee,
        "township": state.township,
        "grade": state.grade,
        "graded_at": state.at,
    }


def _ruling(stream: UUID, state: ruling.Ruled) -> Mapping[str, Any]:
    says = state.says
    return {
        "id": stream,
        "month": says.month,
        "fact": says.fact,
        "payee": says.payee,
        "rule": says.rule,
        "cause": says.cause,
        "ruled_at": state.at,
        "document": _json(says),
    }


def _person(stream: UUID, state: person.Person) -> Mapping[str, Any] | None:
    if state.posted_on is None:
        return None
    return {"person": stream, "plan_id": state.plan_id, "posted_on": state.posted_on, "held": bool(state.held)}


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _reservation(stream: UUID, state: bearing.Reservation) -> Mapping[str, Any]:
    return {
        "id": stream,
        "standing": state.standing,
        "fund": state.fund,
        "rule": state.rule,
        "year": state.year,
        "amount_fen": state.amount_fen,
        "month": state.month,
    }


TABLES = (
    View(
        table="reservations",
        category=bearing.CATEGORY,
        columns={
            "id": "uuid", "standing": "text", "fund": "text", "rule": "text", "year": "integer",
            "amount_fen": "bigint", "month": "text",
        },
        row=_reservation,
    ),
    View(
        table="facts",
        category=journal.CATEGORY,
        columns={
            "id": "uuid", "source": "text", "position": "bigint", "kind": "text", "month": "text", "person": "text",
            "payee": "text", "body": "bytea",
        },
        row=_fact,
    ),
    View(
        table="months",
        category=month.CATEGORY,
        columns={
            "id": "uuid", "month": "text", "status": "text", "requested_at": "timestamptz", "seals": "jsonb",
            "waiting": "jsonb", "waits": "jsonb", "closed_at": "timestamptz", "payable_fen": "bigint",
            "document": "jsonb", "drawn": "jsonb",
        },
        row=_month,
    ),
    View(
        table="statements",
        category=statement.CATEGORY,
        columns={
            "id": "uuid", "month": "text", "payee": "text", "purchaser": "text", "status": "text",
            "payable_fen": "bigint", "digest": "text", "answer_until": "timestamptz", "finalised_at": "timestamptz",
            "progress": "jsonb", "document": "jsonb", "signed_by": "text", "signed_for": "text",
            "countersigned_by": "text", "countersigned_for": "text",
        },
        row=_statement,
    ),
    View(
        table="funds",
        category=fund.CATEGORY,
        columns={"id": "uuid", "fund": "text", "year": "integer", "allocated_fen": "bigint", "overrides": "integer"},
        row=_fund,
    ),
    View(
        table="grades",
        category=grade.CATEGORY,
        columns={
            "id": "uuid", "month": "text", "payee": "text", "township": "text", "grade": "text",
            "graded_at": "timestamptz",
        },
        row=_grade,
    ),
    View(
        table="rulings",
        category=ruling.CATEGORY,
        columns={
            "id": "uuid", "month": "text", "fact": "text", "payee": "text", "rule": "text", "cause": "text",
            "ruled_at": "timestamptz", "document": "jsonb",
        },
        row=_ruling,
    ),
    View(
        table="people",
        category=person.CATEGORY,
        key="person",
        columns={"person": "uuid", "plan_id": "uuid", "posted_on": "date", "held": "boolean"},
        row=_person,
    ),
)  # fmt: skip
