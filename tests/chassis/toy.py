"""A service as small as can be: counters that are added to, with a limit over all counters of an owner."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

import tests.chassis.toy_migrations
from chassis import policies
from chassis.kernel import Decider, NotYet, Rejected, topics
from chassis.service import Due, Heard, PublicEvent, Reading, Recorded, Service, Step, View

LIMIT = 100
"""How much one owner's counters may hold together."""


@dataclass(frozen=True, kw_only=True)
class Add:
    amount: int
    at: datetime
    owner: str = ""
    later: bool = False
    copy_to: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Fail:
    """A command whose decision raises what no decision should raise."""


@dataclass(frozen=True, kw_only=True)
class Wait:
    """A command that names what is not yet here."""


@dataclass(frozen=True, kw_only=True)
class Added:
    amount: int
    owner: str
    later: bool
    copy_to: UUID | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Counter:
    total: int = 0
    owner: str = ""


def decide(command: Add | Fail | Wait, state: Counter, known: int) -> list[Added]:
    match command:
        case Add(amount=0):
            return []
        case Add() if command.amount < 0:
            raise Rejected("counter.negative", total=state.total)
        case Add() if command.owner and known + command.amount > LIMIT:
            raise Rejected("counter.limit_reached", left=LIMIT - known)
        case Add():
            return [
                Added(
                    amount=command.amount,
                    owner=command.owner,
                    later=command.later,
                    copy_to=command.copy_to,
                    at=command.at,
                )
            ]
        case Wait():
            raise NotYet("policy 2")
        case Fail():
            raise RuntimeError("a bug")


def evolve(state: Counter, event: Added) -> Counter:
    return replace(state, total=state.total + event.amount, owner=event.owner or state.owner)


counter: Decider[Any, Counter, Added, int] = Decider(
    category="toy.counter", initial=Counter(), decide=decide, evolve=evolve, events=topics("toy.counter", Added)
)


class AddedV1(BaseModel):
    TYPE: ClassVar[str] = "toy.added.v1"
    amount: int
    at: datetime


async def owners_total(read: Reading, steps: Sequence[Step]) -> Sequence[int]:
    rows = await read.fetch("select owner, sum(total)::bigint from counters where county = $1 group by 1", read.county)
    totals = {row[0]: row[1] for row in rows}
    return [totals.get(getattr(step.command, "owner", ""), 0) for step in steps]


def guards(step: Step, _state: Any) -> Iterable[str]:
    owner = getattr(step.command, "owner", "")
    return (f"owner:{owner}",) if owner else policies.guards(step)


def outgoing(recorded: Recorded, _state: Any) -> Iterable[PublicEvent]:
    event = recorded.event
    if isinstance(event, Added):
        yield PublicEvent(subject=recorded.originator_id, data=AddedV1(amount=event.amount, at=event.at))


def reactions(recorded: Recorded, _state: Any) -> Iterable[Due | Step]:
    event = recorded.event
    if isinstance(event, Added) and event.later:
        at = event.at + timedelta(hours=1)
        yield Due(at=at, reason="add_one", stream=recorded.originator_id, decider="toy.counter")
    if isinstance(event, Added) and event.copy_to:
        yield Step(decider=counter, stream=event.copy_to, command=Add(amount=event.amount, at=event.at))


def row(stream: UUID, state: Counter) -> Mapping[str, Any]:
    return {"id": stream, "total": state.total, "owner": state.owner}


def add_one(_stream: UUID, _state: Counter, at: datetime) -> Add:
    return Add(amount=1, at=at)


def heard_added(heard: Heard) -> Iterable[Step]:
    """Amount 13 is poison, 14 must wait, others are added to the counter of the same subject."""
    amount = json.loads(heard.body)["amount"]
    at = datetime(2024, 11, 1, tzinfo=UTC)
    command: Any = Fail() if amount == 13 else Wait() if amount == 14 else Add(amount=amount, at=at)
    yield Step(decider=counter, stream=uuid.uuid5(heard.subject, "heard"), command=command)


service = Service(
    name="toy",
    title="玩具 Toy",
    port=8799,
    deciders=(counter, policies.decider("toy")),
    known={"toy.counter": owners_total, "toy.policy": policies.known},
    guards=guards,
    outgoing=outgoing,
    hears={"other": {"toy.added.v1": heard_added}},
    reactions=reactions,
    when_due={"add_one": add_one},
    views=(
        View(
            table="counters",
            category="toy.counter",
            columns={"id": "uuid", "total": "bigint", "owner": "text"},
            row=row,
        ),
        policies.view("toy"),
    ),
    read_policy=dict,
    router=APIRouter,
    refusals={
        "counter.negative": (409, "数额不得为负", "The amount is negative"),
        "counter.limit_reached": (409, "已达上限", "The limit is reached"),
    },
    migrations=tests.chassis.toy_migrations,
)
