"""What the routes about needs share: whom a need is about, what is sealed for them, who had a hand in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Thing
from chassis.kernel import Rejected, Sealed
from chassis.service import Ask, Outcome, Step
from services.orders.api.shapes import ItemId, Line
from services.orders.domain import need

UNKNOWN = Sealed(box="")
"""Stands for what is written about a need that does not exist, until the decision says so."""
Purpose: Mapping[str, Any] = {"purpose": Line}


class Answered(Body):
    """The answer to a question of an instrument."""

    question: ItemId
    score: Annotated[int, Field(ge=0, le=100)]


AnsweredAll = Annotated[tuple[Answered, ...], Field(min_length=1, max_length=200)]


class NeedState(Body):
    """Where the need stands now; ``plan_id`` is the plan an approval for purchase makes, unless one runs already."""

    id: UUID
    number: int
    register_number: str
    state: str
    plan_id: UUID | None


async def person_of(call: Call[Any]) -> UUID | None:
    """Whom the need in the path is about; None where there is no such need, which the decision says."""
    row = await call.fetchrow(
        "select person from needs where county = $1 and id = $2", call.county, call.path_id("need_id")
    )
    return row["person"] if row else None


async def seal(call: Call[Any], person: UUID | None, field: str, text: str) -> Sealed:
    """``text`` under the key of the person the need is about."""
    if person is None:
        return UNKNOWN
    return (await call.vault.seal(person, {field: text}))[field]


async def seal_one(call: Call[Any], field: str, text: str) -> Sealed:
    """``text`` under the key of the person of the need in the path."""
    return await seal(call, await person_of(call), field, text)


async def answers(call: Call[Any], person: UUID | None, given: Collection[Answered] | None) -> need.Answers | None:
    """The answers to be scored, with the box they are kept in; a question is answered once."""
    if not given:
        return None
    told = {one.question: one.score for one in given}
    if len(told) != len(given):
        raise Rejected("need.answers_incomplete", questions=len(told))
    return need.Answers(given=told, box=await seal(call, person, "answers", json.dumps(told, sort_keys=True)))


def ask(call: Call[Any], command: need.Command) -> Ask:
    """The command for the need in the path."""
    permit = call.judged(_facts(call, command))
    step = Step(decider=need.decider, stream=call.path_id("need_id"), command=command, permit=permit)
    return call.ask(step, answer=state_of)


def state_of(outcomes: tuple[Outcome, ...]) -> NeedState:
    """The answer to a command about a need."""
    state: need.Need = outcomes[0].state
    return NeedState(
        id=outcomes[0].stream,
        number=state.registered.number,
        register_number=state.registered.register_number,
        state=state.stage,
        plan_id=state.approved.plan_id if state.approved else None,
    )


def _facts(call: Call[Any], command: need.Command) -> Callable[[need.Need | None], Thing | None]:
    """Who had a hand in a need before, as far as it keeps them from ``command``; an urgent one is any provider's."""

    def facts(state: need.Need | None) -> Thing | None:
        if state is None:
            return None
        owners = (call.caller.owner,) if state.urgent else ()
        return Thing(township=state.registered.township, owners=owners, actors=tuple(_hands(state, command)))

    return facts


def _hands(state: need.Need, command: need.Command) -> Iterable[str]:
    match command:
        case need.Assess():
            return (*state.surveyors, state.confirmer)
        case need.Confirm():
            return (*state.surveyors, *((state.approved.by,) if state.approved else ()))
        case need.Refuse() | need.Watch() | need.DecideCase():
            return state.surveyors
    return ()
