"""Routes of statements: drafts of an open month, computed as the close would; finals as they are kept."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from chassis.authority import Reach
from chassis.http import Call, Page, Routes, cursors
from chassis.http.paging import behind, page, page_size
from chassis.http.sorting import Sorts
from services.settlement.api.shapes import TOWNSHIP_DIGITS, Month, Statement, StatementRow, whose
from services.settlement.domain import calendar, month, statement
from services.settlement.domain.document import payable_fen, plain, statement_digest
from services.settlement.domain.engine import Answer
from services.settlement.domain.engine import Statement as Content
from services.settlement.domain.funding import redrawn
from services.settlement.views import facts
from services.settlement.views.books import books
from services.settlement.views.closes import closed_months, closes
from services.settlement.views.known import drawn_of

routes = Routes(tag="statements")
ROW = (
    "select id, month, payee, purchaser, status, payable_fen, digest, answer_until, (select max(e.originator_version)"
    " from events e where e.county = statements.county and e.originator_id = statements.id) as version"
)
FINALS = (
    f"{ROW} from statements where county = $1 and ($2::text is null or month = $2) and ($3::text is null or payee = $3)"
    f" and case when length(purchaser) = {TOWNSHIP_DIGITS} then $4::text in ('', purchaser) else $5 end"
)
SORTS = Sorts(
    ("month", "payee", "purchaser", "id"),
    named={"payable_fen": ("payable_fen", "id"), "payee": ("payee", "month", "purchaser", "id")},
)
FINAL = f"{ROW}, progress, document from statements where county = $1 and id = $2"
CLOSED = "select 1 from months where county = $1 and month >= $2 and status = 'closed'"
"""A month is open as long as neither it nor a later one is closed."""


@routes.get(
    "/v1/statements", answer=Page[StatementRow], summary="结算单 Statements",
    filters={"month": Month, **SORTS.parameter, "limit": int, "after": str}, refusals=("settlement.contradiction",),
)  # fmt: skip
async def list_statements(call: Call[None]) -> Mapping[str, object]:
    """Of an open ``month`` the drafts, else finals; by month, payee and purchaser."""
    limit, reach, name, order = page_size(call), call.reach(), call.query.get("month"), SORTS.of(call.query)
    bound = cursors.bound_to(call, {"month": name, "payee": reach.owner, "buyer": reach.township}, order.name)
    after = behind(call, bound)
    if name is not None and await call.fetchrow(CLOSED, call.county, name) is None:
        drafts = (row for row in await draft_rows(call, name) if _within(reach, row))
        return page(call, order.behind(drafts, after), limit, order, bound)
    beyond = f" and {order.beyond(6)}" if after else ""
    sql = f"{FINALS}{beyond} order by {order.sql} limit {limit + 1}"
    rows = await call.fetch(sql, call.county, name, reach.owner, reach.township, reach.county_rows, *after)
    return page(call, rows, limit, order, bound)


def _within(reach: Reach, row: Mapping[str, Any]) -> bool:
    """Whether a draft is among what the caller may see; ``FINALS`` says the same of finals."""
    township = whose(row["payee"], row["purchaser"]).township
    placed = reach.township in ("", township) if township else reach.county_rows
    return placed and reach.owner in (None, row["payee"])


async def draft_rows(call: Call[None], name: str) -> list[dict[str, Any]]:
    """The drafts of an open month, by total."""
    answer, drawn = (await books(call, name)).answer(), await drawn_of(call, name)
    return [draft_row(call.county, answer, content, drawn) for content in answer.statements]


def draft_row(county: str, answer: Answer, content: Content, drawn: Collection[str] | None) -> dict[str, Any]:
    """One draft: ``graded`` when no grade of the payee is due any more."""
    graded = content.payee not in {missing.payee for missing in month.grades_due(answer, drawn)}
    return {
        "id": statement.stream_of(month.stream_of(county, answer.month), content.payee, content.purchaser),
        "month": answer.month,
        "payee": content.payee,
        "purchaser": content.purchaser,
        "status": "graded" if graded else "draft",
        "payable_fen": payable_fen(content),
        "digest": statement_digest(content),
        "answer_until": None,
        "version": 0,
    }


@routes.get("/v1/statements/{statement_id}", answer=Statement, summary="一张结算单 One statement",
            stream="statement_id", elsewhere=True)  # fmt: skip
async def one_statement(call: Call[None]) -> dict[str, Any] | None:
    """With all of its lines, its draws and signatures."""
    return await found(call, call.path_id("statement_id"))


async def found(call: Call[Any], wanted: UUID) -> dict[str, Any] | None:
    """A final, or a draft of an open month with facts; a payee finds its own only."""
    row = await call.fetchrow(FINAL, call.county, wanted)
    whole = await _final(call, row) if row else await _draft(call, wanted)
    if whole is not None:
        thing = whose(whole["payee"], whole["purchaser"])
        call.permit(township=thing.township, owners=thing.owners)
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
        answer, drawn = (await books(call, name)).answer(), await drawn_of(call, name)
        for content in answer.statements:
            row = draft_row(call.county, answer, content, drawn)
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
