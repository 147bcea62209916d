"""The toy service with routes: counters over HTTP, one of each kind of route."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal
from uuid import UUID

from chassis.http import Body, Call, Routes
from chassis.service import Ask, Outcome, Step
from tests.chassis import toy

STAFF = ("bureau", "service")


class Line(Body):
    units: int


class AddTo(Body):
    amount: int
    owner: str = ""
    lines: tuple[Line, ...] = ()


class CounterAnswer(Body):
    id: UUID
    total: int


class CounterRow(Body):
    id: UUID
    total: int
    owner: str


routes = Routes(tag="counters")


def answer(outcomes: tuple[Outcome, ...]) -> dict[str, Any]:
    return {"id": outcomes[0].stream, "total": outcomes[0].state.total, "undeclared": "stays inside"}


def add(call: Call[Any], stream: UUID, amount: int, owner: str = "") -> Ask:
    step = Step(decider=toy.counter, stream=stream, command=toy.Add(amount=amount, owner=owner, at=call.at))
    return call.ask(step, answer=answer)


@routes.post(
    "/v1/counters", body=AddTo, answer=CounterAnswer, roles=(*STAFF, "provider"), status=201, summary="开始计数 Begin",
    refusals=("counter.negative", "counter.limit_reached"),
)  # fmt: skip
async def begin(call: Call[AddTo]) -> Ask:
    """A counter with its first amount."""
    return add(call, call.new_id("counter"), call.body.amount, call.body.owner)


@routes.post("/v1/counters/{counter_id}/increment", roles=STAFF)
async def increment(call: Call[None]) -> Ask:
    command = toy.Add(amount=1, at=call.at)
    return call.ask(Step(decider=toy.counter, stream=call.path_id("counter_id"), command=command))


@routes.get("/v1/counters/{counter_id}", answer=CounterRow, roles=(*STAFF, "provider"))
async def one(call: Call[None]) -> dict[str, Any] | None:
    row = await call.fetchrow(
        "select * from counters where county = $1 and id = $2", call.county, call.path_id("counter_id")
    )
    if row:
        call.must_own(row["owner"])
    return row


routes.page(
    "/v1/counters", row=CounterRow, roles=(*STAFF, "provider"), sql="select * from counters where county = $1",
    order=("total", "id"), filters={"owner": str, "total": int}, owner="owner",
)  # fmt: skip

routes.page(
    "/v1/latest", row=CounterRow, roles=(*STAFF, "provider", "township"), order=("total", "id"), newest_first=True,
    sql="select * from counters where county = $1", filters={"id": UUID}, owner="id", township="owner",
)  # fmt: skip


@routes.get("/v1/words", answer=CounterRow, roles=STAFF, filters={"kind": Literal["a", "b"]}, required=("kind",))
async def words(_call: Call[None]) -> None:
    return None


@routes.get("/v1/broken", answer=CounterRow, roles=STAFF)
async def broken(_call: Call[None]) -> None:
    raise RuntimeError("the person 130528194001010011 is unknown")


@routes.post("/v1/broken", roles=STAFF)
async def broken_decision(call: Call[None]) -> Ask:
    return call.ask(Step(decider=toy.counter, stream=call.new_id("counter"), command=toy.Fail()))


@routes.post("/v1/townships/{township}", roles=("township", *STAFF))
async def cover(call: Call[None]) -> dict[str, Any]:
    call.must_cover(call.path["township"])
    return {"id": call.new_id("township"), "version": 0}


service = replace(toy.service, router=routes.router)
