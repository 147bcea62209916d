"""Routes of the one-time code: the person's side tells it, the provider's side tries it."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from chassis.http import Body, Call, Routes
from chassis.service import Ask, Outcome, Step
from services.providers.api.shapes import acting_provider
from services.providers.api.visit_shapes import GivenCode, code_key
from services.providers.domain import appointment, one_time_code

routes = Routes(tag="codes")
ORDER = (
    "select s.status, s.visit, s.person, s.township, s.provider, coalesce(a.attempt, 1) as attempt from searches s"
    " left join appointments a on a.county = s.county and a.order_id = s.id where s.county = $1 and s.id = $2"
)


class VisitCode(Body):
    """The code that the person gives to whoever has served; another attempt has another one."""

    order_id: UUID
    attempt: int
    code: str


class TryCode(Body):
    """The code as the person said it."""

    code: GivenCode


class Tried(Body):
    """Whether it is right."""

    order_id: UUID
    result: Literal["right", "wrong"]
    wrong_tries: int


@routes.get(
    "/v1/taken/{order_id}/code", answer=VisitCode, filters={"purpose": str}, required=("purpose",),
    scope="personal.read", summary="一次性确认码（留痕） The one-time code; the read is logged",
    refusals=("code.not_needed",),
)  # fmt: skip
async def visit_code(call: Call[None]) -> dict[str, Any] | None:
    """The code of the visit that is expected, to be told to the person; never for a provider. The read is noted."""
    order_id = call.path_id("order_id")
    row = await call.fetchrow(ORDER, call.county, order_id)
    if row is None:
        return None
    call.permit(township=row["township"])
    one_time_code.refuse_unless_expected(row["status"], row["visit"])
    await call.vault.note(row["person"], ["visit_code"], purpose=call.query["purpose"])
    code = one_time_code.code_of(code_key(call), call.county, order_id, row["attempt"])
    return {"order_id": order_id, "attempt": row["attempt"], "code": code}


@routes.post(
    "/v1/taken/{order_id}/code-tries", body=TryCode, answer=Tried, summary="核对确认码 Try the code",
    refusals=("appointment.order_not_taken", "code.not_asked_for", "code.no_tries_left"),
)  # fmt: skip
async def try_code(call: Call[TryCode]) -> Ask:
    """Give the person's code at the door, or after the report; so many wrong ones only as the county's pack says."""
    order_id = call.path_id("order_id")
    row = await call.fetchrow(ORDER, call.county, order_id)
    call.permit(township=row["township"] if row else None, owner=row["provider"] if row else None)
    command = appointment.TryCode(
        order_id=order_id,
        provider=acting_provider(call),
        fits=one_time_code.fits(code_key(call), call.county, order_id, call.body.code),
        at=call.at,
    )
    step = Step(decider=appointment.decider, stream=appointment.stream_of(order_id), command=command)
    return call.ask(step, answer=_tried)


def _tried(outcomes: tuple[Outcome, ...]) -> Tried:
    state: appointment.Appointment = outcomes[0].state
    assert state.order_id is not None
    result: Literal["right", "wrong"] = "right" if state.code_right else "wrong"
    return Tried(order_id=state.order_id, result=result, wrong_tries=state.wrong_tries)
