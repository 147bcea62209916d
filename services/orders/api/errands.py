"""Routes of errands (the ledger of goods bought on behalf, and what could not be bought) and of pairs."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Day, Id, Routes, Thing
from chassis.service import Ask, Step
from services.orders.api.shapes import VERSION, Code, Subject, covered, one_row
from services.orders.domain import errand, pair

routes = Routes(tag="contacts")


class SettleErrand(Body):
    """How missing goods were got, or that they are needed no more; ``amount_fen`` where they were bought."""

    how: Literal["bought", "provided", "not_needed"]
    amount_fen: Annotated[int, Field(ge=0, le=10**8)] = 0


class ErrandRow(Body):
    """A line of the ledger; ``level`` is who has to see to missing goods, until ``settle_by`` the township."""

    id: UUID
    version: int
    person: UUID
    contact: UUID
    township: str
    village: str
    goods: str
    quantity: int
    amount_fen: int
    state: str
    level: str
    how: str
    day: date
    settle_by: date | None
    sha256: str


class BeginPair(Body):
    """Who stands by whom, by sign-in name, from which day on."""

    person_id: Id
    helper: Subject
    from_day: Day


class EndPair(Body):
    """The last day, and why."""

    last_day: Day
    reason_code: Code


class PairRow(Body):
    """A pair; ``last_on`` is the day of the last contact, ``lapses_on`` the day it lapses without another one."""

    id: UUID
    version: int
    person: UUID
    helper: str
    township: str
    village: str
    state: str
    from_day: date
    last_on: date
    lapses_on: date
    lapses: int
    ended_on: date | None


@routes.post(
    "/v1/errands/{errand_id}/settlement", body=SettleErrand, summary="办结未买到的物品 Settle missing goods",
    refusals=("errand.unknown", "errand.not_open", "errand.price_missing"), guarded="errand_id",
)  # fmt: skip
async def settle_errand(call: Call[SettleErrand]) -> Ask:
    """Goods that could not be bought are got by who can help (paper 000, part 2 (4))."""
    command = errand.Settle(how=call.body.how, amount_fen=call.body.amount_fen, by=call.caller.subject, at=call.at)
    stream = call.path_id("errand_id")
    return call.ask(Step(decider=errand.decider, stream=stream, command=command, permit=call.judged(_of_errand)))


def _of_errand(state: errand.Errand | None) -> Thing | None:
    return Thing(township=state.first.township) if state else None


routes.page(
    "/v1/errands", row=ErrandRow, township="township",
    filters={
        "person": UUID, "contact": UUID, "township": str, "village": str, "goods": str, "state": str, "level": str,
        "day": date,
    },
    sql="select id, person, contact, township, village, goods, quantity, amount_fen, state, level, how, day, settle_by,"
        f" sha256, {VERSION} from errands shown where county = $1",
    order=("day", "id"), newest_first=True, summary="代购台账 Goods bought on behalf",
)  # fmt: skip


@routes.get("/v1/errands/{errand_id}", answer=ErrandRow, summary="代购事项 An errand", stream="errand_id")
async def one_errand(call: Call[None]) -> dict[str, Any] | None:
    """What was asked for and what became of it."""
    return await one_row(call, "select * from errands where county = $1 and id = $2", call.path_id("errand_id"))


@routes.post(
    "/v1/pairs", body=BeginPair, status=201, summary="结对帮扶 Begin a pair",
    refusals=("contact.person_unknown", "beneficiary.died", "pair.runs_already", "pair.day_wrong", "policy.none"),
)  # fmt: skip
async def begin_pair(call: Call[BeginPair]) -> Ask:
    """A party member or another helper stands by one person for long (paper 001, part 3 (6) item 4)."""
    body = call.body
    await covered(call, "beneficiaries", body.person_id)
    command = pair.Begin(
        person_id=body.person_id, helper=body.helper, from_day=body.from_day, by=call.caller.subject, at=call.at
    )
    stream = pair.stream_of(body.person_id, body.helper)
    return call.ask(Step(decider=pair.decider, stream=stream, command=command))


@routes.post(
    "/v1/pairs/{pair_id}/end", body=EndPair, summary="结束结对 End a pair",
    refusals=("pair.unknown", "pair.ended", "pair.day_wrong"), guarded="pair_id",
)  # fmt: skip
async def end_pair(call: Call[EndPair]) -> Ask:
    """The pair is over; another may begin."""
    command = pair.End(last_day=call.body.last_day, reason_code=call.body.reason_code, at=call.at)
    stream = call.path_id("pair_id")
    return call.ask(Step(decider=pair.decider, stream=stream, command=command, permit=call.judged(_of_pair)))


def _of_pair(state: pair.Pair | None) -> Thing | None:
    return Thing(township=state.township) if state else None


routes.page(
    "/v1/pairs", row=PairRow, township="township",
    filters={"person": UUID, "helper": str, "township": str, "village": str, "state": str},
    sql="select id, person, helper, township, village, state, from_day, last_on, lapses_on, lapses, ended_on,"
        f" {VERSION} from pairs shown where county = $1",
    order=("lapses_on", "id"), summary="结对帮扶 Pairs, those that lapse first",
)  # fmt: skip


@routes.get("/v1/pairs/{pair_id}", answer=PairRow, summary="结对帮扶 A pair", stream="pair_id")
async def one_pair(call: Call[None]) -> dict[str, Any] | None:
    """Who stands by whom, and since when nobody came."""
    return await one_row(call, "select * from pairs where county = $1 and id = $2", call.path_id("pair_id"))
