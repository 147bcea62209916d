"""The published file of a batch (一公开): from it alone the draw is made again, by anybody, with any program.

It holds ids and codes only. Who inspected is named by the id of the register, never by name.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from chassis.http import Body, Call, Routes
from chassis.http.writings import EVENTS
from services.orders.domain import drawing, spot_check
from services.orders.domain.spot_check import batch

routes = Routes(tag="spot-checks")
FOUND = (
    "select id as visit, inspector, result, reported_at from inspections where county = $1 and batch = $2 order by id"
)


class DrawRules(Body):
    """What the county ruled about the draw."""

    strata: list[str]
    surprise_percent: int
    inspectors_per: str


class StratumLine(Body):
    """A stratum as the batch found it; what was owed is in hundredths of a visit."""

    key: str
    percent: int
    population: int
    hundredths: int
    picks: int
    level: int
    clean: int
    checked: int
    rejected: int


class VisitLine(Body):
    """A visit of the list; ``grey``: the platform failed it."""

    visit: UUID
    day: date
    grey: bool
    township: str
    provider: UUID
    item: str


class InspectorLine(Body):
    """Who could be drawn, and what was barred to them."""

    id: UUID
    barred: list[str]


class Hand(Body):
    """An inspector who had a hand in the visit or in a need of its person."""

    visit: UUID
    inspector: UUID


class CommitmentLine(Body):
    """What a party was bound to."""

    party: str
    commitment: str


class NumberLine(Body):
    """What it told."""

    party: str
    number: str


class HeadLine(Body):
    """The county's log when commitments closed."""

    position: int
    hash: str


class PickLine(Body):
    """A visit that was drawn, why, and by whom it is inspected."""

    visit: UUID
    stratum: str
    why: str
    inspector: UUID | None


class ResultLine(Body):
    """What became of it; ``result`` is empty while the inspection is open."""

    visit: UUID
    inspector: UUID | None
    result: str
    reported_at: datetime | None


class Published(Body):
    """A batch as published. Before the draw ``seed`` is empty and numbers are those told so far."""

    form: str
    county: str
    year: int
    number: int
    state: str
    policy: str
    rules: DrawRules
    strata: list[StratumLine]
    visits: list[VisitLine]
    inspectors: list[InspectorLine]
    hands: list[Hand]
    parties: list[str]
    digest: str
    listed_at: datetime
    commitments: list[CommitmentLine]
    numbers: list[NumberLine]
    withheld: list[str]
    head: HeadLine | None
    seed: str
    picks: list[PickLine]
    results: list[ResultLine]


@routes.get(
    "/v1/spot-check-batches/{batch_id}/published", answer=Published,
    summary="公布的抽查结果（可复核） What is published of a batch, to be drawn again",
)  # fmt: skip
async def published_draw(call: Call[None]) -> dict[str, Any] | None:
    """List, commitments, numbers, head, seed, picks and results; ``careloop spotcheck verify`` reads it (J11)."""
    stream = call.path_id("batch_id")
    rows = await call.fetch(EVENTS, call.county, stream)
    decode = call.running.codec.decode
    if not rows or not rows[0]["topic"].startswith(f"{batch.CATEGORY}."):
        return None
    state = batch.decider.fold(decode(row["topic"], row["state"]) for row in rows)
    if state is None or state.closed is None:
        return None
    return {**_file(state), "results": await call.fetch(FOUND, call.county, stream)}


def _file(state: spot_check.Batch) -> dict[str, Any]:
    closed, head = state.closed, state.head
    assert closed is not None
    rules = {
        "strata": list(closed.strata_of),
        "surprise_percent": closed.surprise_percent,
        "inspectors_per": closed.inspectors_per,
    }
    return {
        "form": drawing.FORM,
        "county": closed.county,
        "year": closed.year,
        "number": closed.number,
        "state": state.stage,
        "policy": closed.policy,
        "rules": rules,
        "strata": [vars(one) for one in state.strata],
        "visits": [vars(line) for line in state.lines],
        "inspectors": [{"id": one.id, "barred": list(one.barred)} for one in closed.inspectors],
        "hands": [{"visit": visit, "inspector": inspector} for visit, inspector in closed.hands],
        "parties": list(closed.parties),
        "digest": closed.digest,
        "listed_at": closed.at,
        "commitments": [{"party": party, "commitment": one} for party, one in sorted(state.commitments.items())],
        "numbers": [{"party": party, "number": one} for party, one in sorted(state.numbers.items())],
        "withheld": list(state.withheld),
        "head": {"position": head.head_position, "hash": head.head_hash} if head else None,
        "seed": state.seed,
        "picks": [vars(pick) for pick in state.picks],
    }
