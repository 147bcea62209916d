"""Routes of batches: the list is closed, numbers are committed to, then told; the draw follows by itself."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Routes
from chassis.kernel import Rejected
from chassis.service import Ask, Outcome, Step
from services.orders.api.spot_checks.shapes import year_of
from services.orders.domain import spot_check
from services.orders.domain.spot_check import batch
from services.orders.views import spots

routes = Routes(tag="spot-checks")
Hex = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
SHOWN = (
    "select id, year, number, state, digest, policy, visits, drawn, listed_at, commit_until, reveal_until, seed,"
    " withheld, parties from spot_batches where county = $1"
)
CAN_SAY_WHY = ("spot_check.unknown", "spot_check.not_now")


class MakeCommitment(Body):
    """SHA-256, in hexadecimal, of the 32 bytes that will be told."""

    commitment: Hex


class TellNumber(Body):
    """The 32 bytes that were committed to, in hexadecimal."""

    number: Hex


class BatchState(Body):
    """A batch: which, at which stage, the digest of its list."""

    id: UUID
    year: int
    number: int
    state: str
    digest: str
    visits: int
    drawn: int
    commit_until: datetime
    reveal_until: datetime | None


class PartyLine(Body):
    """A party of the draw and what it has done; ``bureau``, or a provider by its id."""

    party: str
    committed: bool
    revealed: bool


class BatchRow(BatchState):
    """A batch in a list; ``withheld`` gave no number and were left out."""

    policy: str
    listed_at: datetime
    seed: str
    withheld: list[str]
    parties: list[PartyLine]


@routes.post(
    "/v1/spot-checks/{year}/batches", answer=BatchState, status=201,
    summary="封闭抽查名单并公布摘要 Close the list and publish its digest",
    refusals=("spot_check.nothing_to_list", "spot_check.batch_open", "spot_check.year_closed",
              "spot_check.year_not_begun", "policy.none"),
)  # fmt: skip
async def close_list(call: Call[None]) -> Ask:
    """All purchased visits of the year that stand in no list yet; nothing joins it any more (J1).

    While a closed list waits for its draw, that list is the answer.
    """
    year = year_of(call)
    next_number, running, _ = await spots.numbers(call, call.county, year)
    number = next_number - 1 if running else next_number
    stream = spot_check.stream_of(call.county, year, number)
    command = spot_check.CloseList(county=call.county, year=year, number=number, at=call.at)
    return call.ask(Step(decider=batch.decider, stream=stream, command=command), answer=_state)


@routes.post(
    "/v1/spot-check-batches/{batch_id}/commitments", body=MakeCommitment, answer=BatchState,
    summary="提交承诺值 Commit to a number",
    refusals=("spot_check.not_a_party", "spot_check.committed_otherwise", "spot_check.anothers_commitment",
              *CAN_SAY_WHY),
)  # fmt: skip
async def commit_number(call: Call[MakeCommitment]) -> Ask:
    """Before the deadline, once; the bureau for itself, a provider of the list for itself."""
    command = spot_check.Commit(party=_party(call), commitment=call.body.commitment, at=call.at)
    return _ask(call, command)


@routes.post(
    "/v1/spot-check-batches/{batch_id}/numbers", body=TellNumber, answer=BatchState,
    summary="公开数字 Tell the number",
    refusals=("spot_check.not_the_number", "spot_check.not_committed", *CAN_SAY_WHY),
)  # fmt: skip
async def tell_number(call: Call[TellNumber]) -> Ask:
    """After commitments are closed; with the last number the draw is made."""
    return _ask(call, spot_check.Reveal(party=_party(call), number=call.body.number, at=call.at))


def _party(call: Call[Any]) -> str:
    return call.caller.owner or spot_check.BUREAU


def _ask(call: Call[Any], command: spot_check.Commit | spot_check.Reveal) -> Ask:
    step = Step(decider=batch.decider, stream=call.path_id("batch_id"), command=command)
    return call.ask(step, answer=_state)


def _state(outcomes: tuple[Outcome, ...]) -> BatchState:
    state: spot_check.Batch = outcomes[0].state
    if state.closed is None or state.commit_until is None:
        raise Rejected("spot_check.unknown")
    return BatchState(
        id=outcomes[0].stream,
        year=state.closed.year,
        number=state.closed.number,
        state=state.stage,
        digest=state.closed.digest,
        visits=state.closed.visits,
        drawn=len(state.picks),
        commit_until=state.commit_until,
        reveal_until=state.head.reveal_until if state.head else None,
    )


async def _filled(_call: Call[None], rows: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    return [_read(row) for row in rows]


def _read(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "withheld": json.loads(row["withheld"]), "parties": json.loads(row["parties"])}


routes.page(
    "/v1/spot-check-batches", row=BatchRow, filters={"year": int, "state": str}, sql=SHOWN,
    order=("year", "number"), newest_first=True, filled=_filled, summary="抽查批次 Batches of spot checks",
)  # fmt: skip


@routes.get(
    "/v1/spot-check-batches/{batch_id}", answer=BatchRow, stream="batch_id", summary="抽查批次 A batch",
)  # fmt: skip
async def one_batch(call: Call[None]) -> dict[str, Any] | None:
    """A batch with its parties."""
    row = await call.fetchrow(f"{SHOWN} and id = $2", call.county, call.path_id("batch_id"))
    return _read(row) if row else None
