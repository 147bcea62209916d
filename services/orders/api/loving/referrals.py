"""Routes of lists of people referred to a charity, which decides what each is given (paper 001, part (6) item 7)."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Day, Id, Routes
from chassis.service import Ask, Outcome, Step
from services.orders.api.loving.contacts import Contact, reached
from services.orders.api.shapes import Line, covered
from services.orders.domain import referral

routes = Routes(tag="referrals")


class ReferPeople(Body):
    """Approved needs, by id, of which the charity decides what is given; ``decide_by`` is its last day, absent as the
    county has it."""

    charity_id: Id
    need_ids: Annotated[tuple[Id, ...], Field(min_length=1, max_length=200)]
    decide_by: Day | None = None


class ReferralState(Body):
    """Where the list stands: ``waiting``, ``overdue`` or ``decided``."""

    id: UUID
    state: str
    decide_by: date
    people: int
    undecided: int


class ReferralRow(ReferralState):
    """A list, without anybody's name."""

    charity: UUID
    referred_at: datetime


class Entry(Body):
    """One of the list: ``waiting``, ``decided`` or ``sent_back`` with the charity's reason."""

    need_id: UUID
    person: UUID
    standing: str
    reason_code: str


class ReferralAnswer(ReferralRow):
    """A list with everybody on it."""

    entries: list[Entry]


@routes.post(
    "/v1/referrals", body=ReferPeople, answer=ReferralState, status=201, summary="转介名单 Refer a list of people",
    refusals=("referral.content_is_the_bureaus", "referral.not_yours", "referral.need_not_for_charity",
              "referral.need_not_declared", "referral.referred_already", "referral.decide_by_wrong", "policy.none"),
)  # fmt: skip
async def refer_people(call: Call[ReferPeople]) -> Ask:
    """In a county whose charities decide content and plan themselves; all of the list or none."""
    body = call.body
    for need_id in body.need_ids:
        await covered(call, "needs", need_id)
    call.permit()
    command = referral.Refer(
        charity_id=body.charity_id,
        need_ids=body.need_ids,
        decide_by=body.decide_by,
        by=call.caller.subject,
        role=call.caller.role,
        at=call.at,
    )
    step = Step(decider=referral.decider, stream=call.new_id("referral"), command=command)
    return call.ask(step, answer=_state)


def _state(outcomes: tuple[Outcome, ...]) -> ReferralState:
    state: referral.Referral = outcomes[0].state
    return ReferralState(
        id=outcomes[0].stream,
        state=state.stage,
        decide_by=state.referred.decide_by,
        people=len(state.referred.people),
        undecided=len(state.undecided),
    )


routes.page(
    "/v1/referrals", row=ReferralRow, owner="charity", filters={"charity": UUID, "state": str},
    sql="select id, charity, state, referred_at, decide_by, people, undecided from referrals where county = $1",
    order=("referred_at", "id"), newest_first=True, summary="转介名单 Lists referred to charities",
)  # fmt: skip


@routes.get("/v1/referrals/{referral_id}", answer=ReferralAnswer, summary="转介名单 A list referred",
            stream="referral_id")  # fmt: skip
async def one_referral(call: Call[None]) -> dict[str, Any] | None:
    """Who is on it, by need and person."""
    row = await _row(call)
    if row is None:
        return None
    call.permit(owner=row["charity"])
    return {**row, "entries": json.loads(row["entries"])}


@routes.get(
    "/v1/referrals/{referral_id}/people/{need_id}/personal", answer=Contact,
    filters={"purpose": Line}, required=("purpose",), scope="personal.read", refusals=("person.erased",),
    summary="名单人员联系方式（留痕） How to reach one of the list; the read is logged",
)  # fmt: skip
async def referred_personal(call: Call[None]) -> dict[str, Any] | None:
    """For the charity that holds the list, of whom it has not sent back; of a minor, how to reach the guardian."""
    row = await _row(call)
    if row is None:
        return None
    named = str(call.path_id("need_id"))
    held = [one for one in json.loads(row["entries"]) if one["need_id"] == named and one["standing"] != "sent_back"]
    call.permit(owner=row["charity"] if held else None)
    if not held:
        return None
    return await reached(call, UUID(held[0]["person"]))


async def _row(call: Call[None]) -> dict[str, Any] | None:
    return await call.fetchrow(
        "select * from referrals where county = $1 and id = $2", call.county, call.path_id("referral_id")
    )
