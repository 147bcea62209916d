"""Routes of funds: money comes in, a soft cap is exceeded by who may, what is left and what is unfunded."""

from __future__ import annotations

import uuid
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Routes
from chassis.service import Ask, Outcome, Step
from services.settlement.api.shapes import Document, Fen, Name, Year
from services.settlement.domain import calendar, fund
from services.settlement.domain.funding import redrawn
from services.settlement.views import facts
from services.settlement.views.closes import closes

routes = Routes(tag="funds")
NAMESPACE = uuid.UUID("c7a3d1f0-3b5e-5d0a-8d7b-5a1e9f0c4b62")
FUNDS = "select id, fund, year, allocated_fen, overrides from funds where county = $1 order by year, fund"


class Allocate(Body):
    """``document`` is the number of the paper that gives the money; a cut is negative."""

    fund: Name
    year: Year
    amount_fen: Fen
    document: Document


class Exceed(Body):
    """By how much the cap may be exceeded; without ``amount_fen`` without bound."""

    fund: Name
    year: Year
    amount_fen: Annotated[int, Field(ge=0, le=10**15)] | None = None
    document: Document


class FundAnswer(Body):
    """What the fund has been given for the year, and how often its cap was lifted."""

    id: UUID
    fund: str
    year: int
    allocated_fen: int
    overrides: int


class FundRow(FundAnswer):
    """``drawn_fen`` is what closes and later allocations have drawn; a base account is never drawn on."""

    drawn_fen: int


class Funds(Body):
    """All funds, and what of earlier closes has no money yet."""

    items: list[FundRow]
    unfunded: list[dict[str, Any]]


def _answer(outcomes: tuple[Outcome, ...]) -> dict[str, Any]:
    state: fund.Fund = outcomes[0].state
    return {
        "id": outcomes[0].stream,
        "fund": state.fund,
        "year": state.year,
        "allocated_fen": state.allocated_fen,
        "overrides": state.overrides,
    }


def _ask(call: Call[Any], command: fund.Allocate | fund.Exceed) -> Ask:
    stream = uuid.uuid5(NAMESPACE, f"{call.county}/{command.fund}/{command.year}")
    return call.ask(Step(decider=fund.decider, stream=stream, command=command), answer=_answer)


@routes.post(
    "/v1/allocations", body=Allocate, answer=FundAnswer, status=201,
    summary="下达资金 Allocate money",
    refusals=("fund.unknown", "fund.document_taken", "allocation.below_zero", "policy.none_in_force"),
)  # fmt: skip
async def allocate(call: Call[Allocate]) -> Ask:
    """A paper counts once for a fund and year."""
    body = call.body
    command = fund.Allocate(
        fund=body.fund,
        year=body.year,
        amount_fen=body.amount_fen,
        document=body.document,
        day=calendar.day_of(call.at),
        at=call.at,
    )
    return _ask(call, command)


@routes.post(
    "/v1/overrides", body=Exceed, answer=FundAnswer, status=201,
    summary="批准突破软上限 Exceed a soft cap",
    refusals=("fund.unknown", "fund.document_taken", "override.no_soft_cap", "override.not_your_role",
              "policy.none_in_force"),
)  # fmt: skip
async def exceed(call: Call[Exceed]) -> Ask:
    """In the caller's own role, which the policy must name."""
    body = call.body
    command = fund.Exceed(
        fund=body.fund,
        year=body.year,
        role=call.caller.role,
        amount_fen=body.amount_fen,
        document=body.document,
        day=calendar.day_of(call.at),
        at=call.at,
    )
    return _ask(call, command)


@routes.get("/v1/funds", answer=Funds, summary="资金 Funds")
async def funds(call: Call[None]) -> dict[str, Any]:
    """Allocated, drawn, and what waits for money."""
    draws, unfunded = redrawn(await facts.own_facts(call), await call.policies(), await closes(call))
    drawn: dict[tuple[str, int], int] = {}
    for draw in draws:
        account = (draw.fund, int(draw.month[:4]))
        drawn[account] = drawn.get(account, 0) + draw.fen
    rows = await call.fetch(FUNDS, call.county)
    return {
        "items": [{**row, "drawn_fen": drawn.get((row["fund"], row["year"]), 0)} for row in rows],
        "unfunded": [rest._asdict() for rest in unfunded],
    }
