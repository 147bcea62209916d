"""Read models of needs. What is written about people stays sealed in them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chassis.service import View
from services.orders.domain import need
from services.orders.domain.days import business_day
from services.orders.domain.deadline import worst
from services.orders.views.tables.shared import box, items_json

RANKS = {"urgent": 0, "fast_lane": 1, "ordinary": 2}


def _need(stream: UUID, state: need.Need) -> Mapping[str, Any]:
    registered, approved = state.registered, state.approved
    return {
        "id": stream,
        "number": registered.number,
        "person": registered.person_id,
        "township": registered.township,
        "village": registered.village,
        "channel": registered.channel,
        "urgent": state.urgent,
        "state": state.stage,
        "items": items_json(approved.items) if approved else json.dumps([{"item": item} for item in registered.items]),
        "mode": approved.mode if approved else None,
        "price_fen": approved.price_fen if approved else 0,
        "rule": approved.rule if approved else "",
        "papers_due": approved.papers_due if approved else None,
        "registered_at": registered.at,
        "surveyed_by": json.dumps(state.surveyors) if state.surveyors else "[]",
        "confirmed_by": state.confirmer,
        "assessed_by": approved.by if approved else "",
        **_taken_in(state),
        **_beside(state),
        **_judged(state),
    }


def _taken_in(state: need.Need) -> Mapping[str, Any]:
    """How it was registered; the register's year and number stand at the end of its text."""
    registered = state.registered
    year, number = registered.register_number.split("-")[-2:] if registered.register_number else (0, 0)
    return {
        "register_number": registered.register_number,
        "register_year": int(year),
        "year_number": int(number),
        "urgency": state.urgency,
        "rank": RANKS[state.urgency],
        "residence": registered.residence,
        "owner": registered.owner,
        "ticket": registered.ticket,
        "found_at": registered.found_at or registered.at,
    }


def _beside(state: need.Need) -> Mapping[str, Any]:
    """What is still asked for, what hangs, what is late."""
    late = worst(state.clocks)
    return {
        "difficulty": state.difficulty,
        "disputed": state.disputed,
        "missing": json.dumps(state.missing),
        "look_again_on": state.watched_until,
        "plan_id": state.plan_id,
        "notice_on": state.notice_on,
        "notice_to": state.notice_to,
        "overdue_step": late.step if late else "",
        "overdue_level": late.level if late else "",
        "overdue_on": late.due_on if late else None,
    }


def _judged(state: need.Need) -> Mapping[str, Any]:
    """The decision, and the sealed words behind it."""
    first = state.survey.scored if state.survey else None
    final = state.approved.scored if state.approved else None
    newest = final or first
    return {
        "reviewed": state.reviewed,
        "degree": newest.degree if newest else "",
        "decided_at": state.decided_at,
        "refused_on": business_day(state.refused.at) if state.refused else None,
        "handed_on": state.handed_on,
        "refusal_box": box(state.refused.reason) if state.refused else None,
        "survey_box": box(first.answers) if first else None,
        "survey_version": f"{first.instrument}/{first.version}" if first else None,
        "final_box": box(final.answers) if final else None,
        "final_version": f"{final.instrument}/{final.version}" if final else None,
    }


TABLES = (
    View(
        table="needs",
        category=need.CATEGORY,
        columns={
            "id": "uuid", "number": "bigint", "person": "uuid", "township": "text", "village": "text",
            "channel": "text", "urgent": "boolean", "state": "text", "items": "jsonb", "mode": "text",
            "price_fen": "bigint", "rule": "text", "papers_due": "date", "registered_at": "timestamptz",
            "surveyed_by": "jsonb", "confirmed_by": "text", "assessed_by": "text",
            "register_number": "text", "register_year": "integer", "year_number": "bigint", "urgency": "text",
            "rank": "smallint", "residence": "text", "owner": "text", "ticket": "text", "found_at": "timestamptz",
            "difficulty": "text", "disputed": "boolean", "missing": "jsonb", "look_again_on": "date",
            "plan_id": "uuid", "notice_on": "date", "notice_to": "date", "overdue_step": "text",
            "overdue_level": "text", "overdue_on": "date", "reviewed": "boolean", "degree": "text",
            "decided_at": "timestamptz", "refused_on": "date", "handed_on": "date", "refusal_box": "text",
            "survey_box": "text", "survey_version": "text", "final_box": "text", "final_version": "text",
        },
        row=_need,
    ),
)  # fmt: skip
