"""Reads the closes so far, as the answers that the engine carries on from. Their lines are not needed for that."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from chassis.service import Reading
from services.settlement.domain import month
from services.settlement.domain.document import statement_from
from services.settlement.domain.engine import Answer, Statement

CLOSED = "select document from months where county = $1 and status = 'closed' order by month"
STATEMENTS = (
    "select month, payee, purchaser, document - 'lines' as document from statements"
    " where county = $1 order by month, payee, purchaser"
)
KEPT = "select payee, purchaser, document from statements where county = $1 and month = $2 order by payee, purchaser"


async def closed_months(read: Reading) -> list[month.Closed]:
    """Every close, oldest first."""
    rows = await read.fetch(CLOSED, read.county)
    return [msgspec.json.decode(row["document"], type=month.Closed) for row in rows]


async def closes(read: Reading) -> list[Answer]:
    """Every close with its statements, oldest first."""
    statements: dict[str, list[Statement]] = {}
    for row in await read.fetch(STATEMENTS, read.county):
        statements.setdefault(row["month"], []).append(_statement(row))
    return [answer_of(closed, tuple(statements.get(closed.month, ()))) for closed in await closed_months(read)]


async def kept_statements(read: Reading, name: str) -> list[Statement]:
    """The final statements of a month with all their lines."""
    return [_statement(row) for row in await read.fetch(KEPT, read.county, name)]


def answer_of(closed: month.Closed, statements: tuple[Statement, ...]) -> Answer:
    """The engine's answer that a close kept."""
    return Answer(
        month=closed.month,
        policies=closed.policies,
        through=closed.through,
        statements=statements,
        draws=closed.draws,
        unfunded=closed.unfunded,
    )


def _statement(row: Any) -> Statement:
    return statement_from(row["payee"], row["purchaser"], json.loads(row["document"]))
