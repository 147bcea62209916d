"""The toy service with routes: counters over HTTP, one of each kind of route."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Routes, Thing, field_class
from chassis.service import Ask, Outcome, Step
from tests.chassis import toy


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
    "/v1/counters", bulk="/v1/bulk/counters", body=AddTo, answer=CounterAnswer, status=201,
    summary="开始计数 Begin", refusals=("counter.negative", "counter.limit_reached"),
)  # fmt: skip
async def begin(call: Call[AddTo]) -> Ask:
    """A counter with its first amount."""
    return add(call, call.new_id("counter"), call.body.amount, call.body.owner)


@routes.post("/v1/counters/{counter_id}/increment")
async def increment(call: Call[None]) -> Ask:
    command = toy.Add(amount=1, at=call.at)
    return call.ask(Step(decider=toy.counter, stream=call.path_id("counter_id"), command=command))


@routes.post(
    "/v1/counters/{counter_id}/doubling", bulk="/v1/bulk/doublings", answer=CounterAnswer, guarded="counter_id",
)  # fmt: skip
async def double(call: Call[None]) -> Ask:
    """Twice what the caller saw."""
    row = await call.fetchrow("select total from counters where county = $1 and id = $2", call.county,
                              call.path_id("counter_id"))  # fmt: skip
    return add(call, call.path_id("counter_id"), row["total"] if row else 1)


@routes.post("/v1/counters/{counter_id}/owned")
async def add_owned(call: Call[None]) -> Ask:
    """To what is the caller's own, as the decision finds it."""
    command, permit = toy.Add(amount=1, at=call.at), call.judged(owned)
    return call.ask(Step(decider=toy.counter, stream=call.path_id("counter_id"), command=command, permit=permit))


def owned(state: toy.Counter) -> Thing | None:
    return Thing(owners=(state.owner,)) if state.total else None


@routes.get("/v1/counters/{counter_id}", answer=CounterRow, stream="counter_id")
async def one(call: Call[None]) -> dict[str, Any] | None:
    row = await call.fetchrow(
        "select * from counters where county = $1 and id = $2", call.county, call.path_id("counter_id")
    )
    if row:
        call.permit(owner=row["owner"])
    return row


routes.page(
    "/v1/counters", row=CounterRow, sql="select * from counters where county = $1",
    order=("total", "id"), filters={"owner": str, "total": int}, owner="owner",
    sorts={"owner": ("owner", "total", "id")},
)  # fmt: skip

routes.page(
    "/v1/latest", row=CounterRow, order=("total", "id"), newest_first=True,
    sql="select * from counters where county = $1", filters={"id": UUID}, owner="id", township="owner",
)  # fmt: skip


@routes.get("/v1/words", answer=CounterRow, filters={"kind": Literal["a", "b"]}, required=("kind",))
async def words(_call: Call[None]) -> None:
    return None


@routes.get("/v1/broken", answer=CounterRow)
async def broken(_call: Call[None]) -> None:
    raise RuntimeError("the person 130528194001010011 is unknown")


@routes.post("/v1/broken")
async def broken_decision(call: Call[None]) -> Ask:
    return call.ask(Step(decider=toy.counter, stream=call.new_id("counter"), command=toy.Fail()))


@routes.post("/v1/townships/{township}")
async def cover(call: Call[None]) -> dict[str, Any]:
    call.permit(township=call.path["township"], actors=("began",))
    return {"id": call.new_id("township"), "version": 0}


class PersonRow(Body):
    id: UUID
    total: Annotated[int, Field(title="数目 Total")]
    tier: Annotated[str | None, field_class("health")]


PEOPLE = "select id, total, case when total < 3 then 'able' else 'full' end as tier from counters where county = $1"

routes.page(
    "/v1/people", row=PersonRow, sql=PEOPLE, order=("total", "id"), filters={"tier": str},
    sorts={"tier": ("tier", "id")}, files="people",
)  # fmt: skip


class Larger(Body):
    total: int
    beyond: int
    words: list[str]


async def larger(call: Call[None], rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those beyond what was asked for, and by how much."""
    limit = call.query["limit_at"]
    return [{**row, "beyond": row["total"] - limit, "words": ["=1+1", "b"]} for row in rows if row["total"] > limit]


routes.page(
    "/v1/larger", row=Larger, sql=PEOPLE, order=("total", "id"), filled=larger, beside={"limit_at": int},
    required=("limit_at",), files="larger",
)  # fmt: skip


@routes.get("/v1/people/{person_id}", answer=PersonRow)
async def one_person(call: Call[None]) -> dict[str, Any] | None:
    return await call.fetchrow(f"{PEOPLE} and id = $2", call.county, call.path_id("person_id"))


@routes.post("/v1/people", answer=PersonRow, status=201)
async def begin_person(call: Call[None]) -> Ask:
    step = Step(decider=toy.counter, stream=call.new_id("person"), command=toy.Add(amount=3, at=call.at))
    return call.ask(step, answer=lambda outcomes: {**answer(outcomes), "tier": "full"})


service = replace(toy.service, router=routes.router)
