"""Routes of matching: why who was chosen, what waits, batches, and whom nobody can serve."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from chassis.http import Body, Call, Routes, field_class
from chassis.service import Ask, Outcome, Step
from services.providers.api.reasons import words
from services.providers.api.shapes import Month
from services.providers.domain import matching_batch, ranking

routes = Routes(tag="matching")
ONE = (
    "select id, status, provider, agreement, policy, considered, township, worker, batch, run_at from searches"
    " where county = $1 and id = $2"
)
PLACE = "id, kind, item, units, township, village, window_from, window_to"
BATCH = "id, at, orders, assigned, uncovered, cost, inputs_sha256, remaining"
BATCHES = "from matching_batches where county = $1 and orders > 0"


class Part(Body):
    """What one part adds to the cost: continuity, same_provider, distance, load or fairness."""

    part: str
    cost: int


class Considered(Body):
    """A provider in an explained match: its rank, or the reason it was not chosen, by code and in words.

    ``worker`` is the best it could send; ``cost`` and ``parts`` are there where every condition holds.
    """

    provider: UUID
    agreement: str
    rank: int | None
    minutes: int | None
    load: int
    reason_code: str | None
    reason_zh: str
    reason_en: str
    worker: UUID | None
    cost: int | None
    parts: list[Part]


class Matching(Body):
    """Who serves an order and why; ``considered`` lists every candidate of the last choice.

    ``batch`` is the run that decided it, if one did; ``run_at`` is when it will be decided, while it waits.
    """

    id: UUID
    status: str
    provider: UUID | None
    agreement: str
    policy: str
    worker: UUID | None
    batch: UUID | None
    run_at: datetime | None
    considered: Annotated[list[Considered] | None, field_class("reasons")]


class WaitingRow(Body):
    """An order that waits for the run at ``run_at``."""

    id: UUID
    kind: str
    item: str
    units: int
    township: str
    village: str
    window_from: date
    window_to: date
    run_at: datetime


class UncoveredRow(Body):
    """An order that nobody can serve; ``reason`` is what kept out who came nearest to it."""

    id: UUID
    kind: str
    item: str
    units: int
    township: str
    village: str
    window_from: date
    window_to: date
    batch: UUID | None
    reason: str


class BatchRow(Body):
    """What a run decided: so many orders got a worker, so many nobody; ``remaining`` ones are left to the next run.

    ``cost`` is in the county's weights, uncovered homes included; ``inputs_sha256`` is of what was weighed.
    """

    id: UUID
    at: datetime
    orders: int
    assigned: int
    uncovered: int
    cost: int
    inputs_sha256: str
    remaining: int


class BatchAnswer(BatchRow):
    """A run, with the versions of the packs whose weights it used."""

    policies: list[str]


class UncoveredOfBatch(Body):
    """The orders of one run that nobody can serve, by village."""

    items: list[UncoveredRow]


class DeclinesRow(Body):
    """How a provider answered the offers of a month; ``often`` where it declines more than the policy has for usual."""

    provider: UUID
    offered: int
    declined: int
    expired: int
    declined_percent: int
    often: bool


class Declines(Body):
    """By provider."""

    month: str
    items: list[DeclinesRow]


@routes.get("/v1/matchings/{order_id}", answer=Matching, summary="匹配说明 Why this provider", stream="order_id")
async def matching(call: Call[None]) -> dict[str, Any] | None:
    """Why this provider, and why not that one: every candidate with rank or reason, and what makes up its cost."""
    row = await call.fetchrow(ONE, call.county, call.path_id("order_id"))
    if row is None:
        return None
    call.permit(township=row["township"])
    return {**row, "considered": [_explained(one) for one in json.loads(row["considered"])]}


def _explained(one: Mapping[str, Any]) -> dict[str, Any]:
    """With words and named parts; matches explained before there were costs have none."""
    chinese, english = words(one["reason_code"])
    parts = zip(ranking.PARTS, one.get("parts") or (), strict=False)
    return {
        "worker": None,
        "cost": None,
        **one,
        "parts": [{"part": part, "cost": cost} for part, cost in parts],
        "reason_zh": chinese,
        "reason_en": english,
    }


@routes.post(
    "/v1/matching-batches", answer=BatchAnswer, status=201, summary="统筹派单 Decide the waiting orders together",
    refusals=("matching.nothing_waits", "matching.proposal_wrong"),
)  # fmt: skip
async def run_batch(call: Call[None]) -> Ask:
    """Decide now what waits; by itself it is decided when its time has come."""
    call.permit()
    stream = call.new_id("batch")
    command = matching_batch.Run(at=call.at, asked=True)
    return call.ask(Step(decider=matching_batch.decider, stream=stream, command=command), answer=_batch)


def _batch(outcomes: tuple[Outcome, ...]) -> BatchAnswer:
    decided = outcomes[0].state.decided
    return BatchAnswer(
        id=outcomes[0].stream,
        at=decided.at,
        orders=len(decided.assigned) + len(decided.uncovered),
        assigned=len(decided.assigned),
        uncovered=len(decided.uncovered),
        cost=decided.cost,
        inputs_sha256=decided.inputs_sha256,
        remaining=decided.left,
        policies=list(decided.policies),
    )


@routes.get(
    "/v1/matching-batches/{batch_id}", answer=BatchAnswer, summary="一次统筹派单 A batch", stream="batch_id"
)  # fmt: skip
async def one_batch(call: Call[None]) -> dict[str, Any] | None:
    """What a run decided, at what cost, on which inputs."""
    call.permit()
    row = await call.fetchrow(f"select {BATCH}, policies {BATCHES} and id = $2", call.county, call.path_id("batch_id"))
    return row and {**row, "policies": json.loads(row["policies"])}


@routes.get(
    "/v1/matching-batches/{batch_id}/uncovered", answer=UncoveredOfBatch,
    summary="该次未覆盖的订单 Uncovered orders of a batch",
)  # fmt: skip
async def uncovered_of_batch(call: Call[None]) -> dict[str, Any] | None:
    """Which orders of the run nobody serves, as they stand now, by village; a run is bounded, so is the list."""
    call.permit()
    batch = call.path_id("batch_id")
    if await call.fetchrow(f"select id {BATCHES} and id = $2", call.county, batch) is None:
        return None
    sql = f"select {PLACE}, batch, reason from searches where county = $1 and status = 'not_found' and batch = $2"
    return {"items": await call.fetch(f"{sql} order by village, id", call.county, batch)}


@routes.get(
    "/v1/declines", answer=Declines, filters={"month": Month}, required=("month",),
    summary="拒单情况 Declined and expired offers by provider",
)  # fmt: skip
async def declines(call: Call[None]) -> dict[str, Any]:
    """Of all offers for a month's orders, how many each provider declined or let expire."""
    call.permit()
    month = call.query["month"]
    rows = await call.fetch(DECLINES, call.county, month)
    policies = await call.policies()
    often = policies[-1].matching.often_percent if policies else 100
    return {"month": month, "items": [_answers(row, often) for row in rows]}


DECLINES = """
select offer.provider, count(*) as offered, coalesce(sum(answer.declined), 0)::int as declined,
  coalesce(sum(answer.expired), 0)::int as expired
from searches s
cross join lateral (select one.value::uuid as provider from jsonb_array_elements_text(s.asked) one) offer
cross join lateral (
  select (count(*) filter (where a->>1 = 'declined') > 0)::int as declined,
    (count(*) filter (where a->>1 = 'offer_expired') > 0)::int as expired
  from jsonb_array_elements(s.answers) a where a->>0 = offer.provider::text
) answer
where s.county = $1 and s.month = $2 group by 1 order by 1
"""
"""An order counts once for a provider, however often it was asked."""


def _answers(row: Mapping[str, Any], often: int) -> dict[str, Any]:
    percent = row["declined"] * 100 // row["offered"]
    return {**row, "declined_percent": percent, "often": percent >= often}


routes.page(
    "/v1/matching-batches", row=BatchRow, sql=f"select {BATCH} {BATCHES}", order=("at", "id"), newest_first=True,
    summary="统筹派单记录 Batches",
)  # fmt: skip

routes.page(
    "/v1/waiting", row=WaitingRow, township="township", filters={"township": str, "village": str, "item": str},
    sql=f"select {PLACE}, run_at from searches where county = $1 and status = 'waiting'",
    order=("run_at", "window_to", "id"), summary="等待统筹的订单 Orders that wait for a batch",
)  # fmt: skip

routes.page(
    "/v1/uncovered", row=UncoveredRow, township="township",
    filters={"township": str, "village": str, "item": str, "batch": UUID, "reason": str},
    sql=f"select {PLACE}, batch, reason from searches where county = $1 and status = 'not_found'",
    order=("village", "id"), summary="无人可服务的订单 Orders nobody can serve",
)  # fmt: skip
