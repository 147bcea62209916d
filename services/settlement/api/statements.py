"""Routes of statements: drafts of an open month, computed as the close would; finals as they are kept."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from chassis.http import Call, Page, Routes
from chassis.http.paging import page_size
from services.settlement.api.shapes import READERS, Month, Statement, StatementRow, own_payee
from services.settlement.domain import calendar, month, statement
from services.settlement.domain.document import payable_fen, plain, statement_digest
from services.settlement.domain.engine import Answer
from services.settlement.domain.engine import Statement as Content
from services.settlement.domain.funding import redrawn
from services.settlement.views import facts
from services.settlement.views.books import books
from services.settlement.views.closes import closed_months, closes

routes = Routes(tag="statements")
ROW = "select id, month, payee, purchaser, status, payable_fen, digest, answer_until"
FINALS = (
    f"{ROW} from statements where county = $1 and ($2::text is null or month = $2) and ($3::text is null or payee = $3)"
    " and ($4::uuid is null or (month, payee, purchaser, id) > (select month, payee, purchaser, id from statements"
    " where county = $1 and id = $4)) order by month, payee, purchaser, id limit $5"
)
FINAL = f"{ROW}, progress, document from statements where county = $1 and id = $2"
CLOSED = "select 1 from months where county = $1 and month >= $2 and status = 'closed'"
"""A month is open as long as neither it nor a later one is closed."""


@routes.get(
    "/v1/statements", answer=Page[StatementRow], roles=READERS, summary="结算单 Statements",
    filters={"month": Month, "limit": int, "after": UUID}, refusals=("settlement.contradiction",),
)  # fmt: skip
async def list_statements(call: Call[None]) -> dict[str, Any]:
    """Of an open ``month`` the drafts, else finals; by month, payee and purchaser. ``after`` is the last id seen."""
    limit, own, after = page_size(call), own_payee(call), call.query.get("after")
    name = call.query.get("month")
    if name is not None and await call.fetchrow(CLOSED, call.county, name) is None:
        rows = [row for row in await draft_rows(call, name) if own in (None, row["payee"])]
        places = [place for place, row in enumerate(rows, 1) if row["id"] == after]
        rows = rows[places[0] if places else 0 :]
    else:
        rows = await call.fetch(FINALS, call.county, name, own, after, limit + 1)
    return {"items": rows[:limit], "next": str(rows[limit - 1]["id"]) if len(rows) > limit else None}


async def draft_rows(call: Call[None], name: str) -> list[dict[str, Any]]:
    """The drafts of an open month, by total."""
    answer = (await books(call, name)).answer()
    return [draft_row(call.county, answer, content) for content in answer.statements]


def draft_row(county: str, answer: Answer, content: Content) -> dict[str, Any]:
    """One draft: ``graded`` when no grade of the payee is missing any more."""
    graded = content.payee not in {missing.payee for missing in answer.missing_grades}
    return {
        "id": statement.stream_of(month.stream_of(county, answer.month), content.payee, content.purchaser),
        "month": answer.month,
        "payee": content.payee,
        "purchaser": content.purchaser,
        "status": "graded" if graded else "draft",
        "payable_fen": payable_fen(content),
        "digest": statement_digest(content),
        "answer_until": None,
    }


@routes.get("/v1/statements/{statement_id}", answer=Statement, roles=READERS, summary="一张结算单 One statement")
async def one_statement(call: Call[None]) -> dict[str, Any] | None:
    """With all of its lines, its draws and signatures."""
    return await found(call, call.path_id("statement_id"))


async def found(call: Call[Any], wanted: UUID) -> dict[str, Any] | None:
    """A final, or a draft of an open month with facts; a payee finds its own only."""
    own = own_payee(call)
    row = await call.fetchrow(FINAL, call.county, wanted)
    whole = await _final(call, row) if row else await _draft(call, wanted)
    if whole is not None and own is not None:
        call.must_own(whole["payee"])
    return whole


async def _final(call: Call[Any], row: dict[str, Any]) -> dict[str, Any]:
    progress, document = json.loads(row.pop("progress")), json.loads(row.pop("document"))
    draws, unfunded = redrawn(await facts.own_facts(call), await call.policies(), await closes(call))
    claim = (row["month"], row["payee"], row["purchaser"])
    return {
        **row,
        **document,
        **progress,
        "draws": [draw._asdict() for draw in draws if (draw.month, draw.payee, draw.purchaser) == claim],
        "unfunded_fen": sum(one.fen for one in unfunded if (one.month, one.payee, one.purchaser) == claim),
    }


async def _draft(call: Call[Any], wanted: UUID) -> dict[str, Any] | None:
    for name in await _open_months(call):
        answer = (await books(call, name)).answer()
        for content in answer.statements:
            row = draft_row(call.county, answer, content)
            if row["id"] == wanted:
                return {**row, **plain(content), **_unsigned(answer, content)}
    return None


async def _open_months(call: Call[Any]) -> list[str]:
    """Those with facts behind the last close, the one after it, which has corrections and debts, and this one."""
    last = max((close.month for close in await closed_months(call)), default="")
    with_facts = await facts.months_with_facts(call, await facts.own_facts(call))
    this = f"{calendar.day_of(call.at):%Y-%m}"
    after = {calendar.next_month(last)} if last else set()
    return sorted(name for name in with_facts | after | {this} if name > last)


def _unsigned(answer: Answer, content: Content) -> dict[str, Any]:
    claim = (answer.month, content.payee, content.purchaser)
    return {
        "draws": [draw._asdict() for draw in answer.draws if (draw.month, draw.payee, draw.purchaser) == claim],
        "unfunded_fen": sum(one.fen for one in answer.unfunded if (one.month, one.payee, one.purchaser) == claim),
        "confirmed": None,
        "disputes": [],
        "approvals": [],
        "paid": None,
        "may_sign": [],
    }
