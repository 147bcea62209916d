"""What the routes of carers share: the answer to whatever is asked of a care, and how it is asked and sealed."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from chassis.http import Body, Call, Thing
from chassis.kernel import Rejected, Sealed
from chassis.service import Ask, Outcome, Step
from services.orders.domain import care


class CareState(Body):
    """The care now."""

    id: UUID
    version: int
    person: UUID
    state: str
    running: bool
    escorted: bool
    valid_to: date | None


async def person_of(call: Call[Any]) -> UUID:
    """Whom the care in the path is about. Raises ``care.unknown``."""
    row = await call.fetchrow(
        "select person from carers where county = $1 and id = $2", call.county, call.path_id("care_id")
    )
    if row is None:
        raise Rejected("care.unknown")
    person: UUID = row["person"]
    return person


async def seal(call: Call[Any], field: str, text: str) -> Sealed:
    """``text`` under the key of the person cared for."""
    return (await call.vault.seal(await person_of(call), {field: text}))[field]


def ask(call: Call[Any], command: care.Command) -> Ask:
    """Ask it of the care in the path."""
    stream = call.path_id("care_id")
    step = Step(decider=care.decider, stream=stream, command=command, permit=call.judged(facts))
    return call.ask(step, answer=state_of)


def facts(state: care.Care | None) -> Thing | None:
    return Thing(township=state.township) if state else None


def state_of(outcomes: tuple[Outcome, ...]) -> CareState:
    """Where the care stands after it."""
    state: care.Care = outcomes[0].state
    return CareState(
        id=outcomes[0].stream,
        version=outcomes[0].version,
        person=state.person_id,
        state=state.stage,
        running=state.running,
        escorted=state.escort is not None,
        valid_to=state.last.last if state.last else None,
    )
