"""Routes for auditors: the facts and the closes in the exchange form, to compute every statement without this code."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from chassis.http import Body, Call, Routes
from chassis.http.paging import page_size
from services.settlement.api.shapes import month_of
from services.settlement.domain.document import exchange_form
from services.settlement.domain.telling import told
from services.settlement.views import facts
from services.settlement.views.closes import answer_of, closed_months, kept_statements

routes = Routes(tag="audit")


class Facts(Body):
    """Facts of one source by position; ``next`` is the position to go on behind, null at the end."""

    items: list[dict[str, Any]]
    next: int | None


class Answer(Body):
    """What a close came to: one line of ``closed.jsonl``."""

    month: str
    policies: list[str]
    through: dict[str, int]
    statements: list[dict[str, Any]]
    draws: list[dict[str, Any]]
    unfunded: list[dict[str, Any]]
    missing_grades: list[dict[str, Any]]


@routes.get(
    "/v1/facts", answer=Facts, required=("source",), summary="事实流水 Facts",
    filters={
        "source": Literal["orders", "providers", "charity", "settlement"],
        "after": Annotated[int, Field(ge=0)],
        "limit": int,
    },
)  # fmt: skip
async def list_facts(call: Call[None]) -> dict[str, Any]:
    """In the exchange form, one object a fact."""
    limit = page_size(call)
    found = await facts.behind(call, call.query["source"], call.query.get("after", 0), limit + 1)
    more = len(found) > limit
    return {"items": [told(fact) for fact in found[:limit]], "next": found[limit - 1].position if more else None}


@routes.get(
    "/v1/months/{month}/answer", answer=Answer, summary="月结结果 What a close came to",
    refusals=("month.malformed",),
)  # fmt: skip
async def answer(call: Call[None]) -> dict[str, Any] | None:
    """Of a closed month only, as it was kept."""
    name = month_of(call)
    for closed in await closed_months(call):
        if closed.month == name:
            return exchange_form(answer_of(closed, tuple(await kept_statements(call, name))))
    return None
