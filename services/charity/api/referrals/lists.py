"""Routes of lists referred: what a charity has to decide, its decisions one by one or many at once, its plans' words.

Who the people are stands in their files: the charity reads it in the orders service, for a purpose that is logged.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from chassis.http import PLAIN, Body, Call, Id, Instant, Routes, Thing, field_class
from chassis.kernel import Sealed
from chassis.service import Ask, Outcome, Step
from services.charity.domain import referral

routes = Routes(tag="referrals")
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
ItemId = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_.-]{0,63}$")]
Purpose = Annotated[str, Field(pattern=rf"^{PLAIN}{{1,200}}$")]
CONTACT = field_class("contact")


class DecideReferral(Body):
    """About one of the list: ``content`` with item, units, places and expiry, or ``sent_back`` with a reason.

    ``plan`` says how it will be done; it is sealed.
    """

    need_id: Id
    result: Literal["content", "sent_back"]
    item: ItemId | None = None
    units: Annotated[int, Field(ge=1, le=100_000)] = 1
    places: Annotated[int, Field(ge=1, le=1000)] = 1
    expires_at: Instant | None = None
    plan: Annotated[str, Field(min_length=1, max_length=2000)] | None = None
    reason_code: Code | None = None


class ReferralState(Body):
    """Where the list stands: ``waiting`` while somebody on it is undecided."""

    id: UUID
    state: str
    undecided: int


class ReferralRow(ReferralState):
    """A list, without anybody's name."""

    charity: UUID
    received_at: datetime
    decide_by: date
    people: int


class ListedItem(Body):
    """An item of the need, and how many units were approved of it."""

    item: str
    units: int


class ListedPerson(Body):
    """One of the list: no name, no address; ``item`` is what the charity decided to give."""

    need_id: UUID
    township: str
    village: str
    items: list[ListedItem]
    standing: str
    reason_code: str
    item: str | None


class ReferralAnswer(ReferralRow):
    """A list with everybody on it."""

    entries: list[ListedPerson]


class PlanAnswer(Body):
    """How the charity means to do it."""

    need_id: UUID
    plan: Annotated[str | None, CONTACT]


@routes.post(
    "/v1/referrals/{referral_id}/decisions", bulk="/v1/bulk/referral-decisions", body=DecideReferral,
    answer=ReferralState, status=201, summary="决定服务内容 Decide what one of a list is given",
    refusals=("referral.unknown", "referral.person_unknown", "referral.decided_already",
              "referral.item_not_in_the_need", "referral.units_beyond_the_need", "referral.expires_in_the_past",
              "referral.content_incomplete", "referral.reason_missing"),
)  # fmt: skip
async def decide_referral(call: Call[DecideReferral]) -> Ask:
    """Content and plan are the charity's own (paper 001, part (6) item 7), within what was approved for the person."""
    command = await _command(call)
    stream = call.path_id("referral_id")
    step = Step(decider=referral.decider, stream=stream, command=command, permit=call.judged(_facts))
    return call.ask(step, answer=_state)


async def _command(call: Call[DecideReferral]) -> referral.Command:
    body, by = call.body, call.caller.subject
    if body.result == "sent_back":
        return referral.SendBack(need_id=body.need_id, reason_code=body.reason_code or "", by=by, at=call.at)
    return referral.DecideContent(
        need_id=body.need_id,
        item=body.item or "",
        units=body.units,
        places=body.places,
        expires_at=body.expires_at.astimezone(UTC) if body.expires_at else None,
        plan=await _sealed(call),
        by=by,
        at=call.at,
    )


async def _sealed(call: Call[DecideReferral]) -> Sealed | None:
    """The plan's words, sealed for the person they are about; nothing for a list that is not the charity's."""
    row = await _row(call)
    entry = _entry(row, call.body.need_id) if row and str(row["charity"]) == call.caller.owner else None
    if call.body.plan is None or entry is None:
        return None
    return (await call.vault.seal(UUID(entry["person"]), {"plan": call.body.plan}))["plan"]


def _facts(state: referral.Referral) -> Thing | None:
    return Thing(owners=(state.received.charity_id,)) if state.received else None


def _state(outcomes: tuple[Outcome, ...]) -> ReferralState:
    undecided: int = outcomes[0].state.undecided
    return ReferralState(id=outcomes[0].stream, state="waiting" if undecided else "decided", undecided=undecided)


routes.page(
    "/v1/referrals", row=ReferralRow, owner="charity", filters={"charity": UUID, "state": str},
    sql="select id, charity, state, received_at, decide_by, people, undecided from referrals where county = $1",
    order=("received_at", "id"), newest_first=True, summary="转介名单 Lists referred",
)  # fmt: skip


@routes.get("/v1/referrals/{referral_id}", answer=ReferralAnswer, summary="转介名单 A list referred",
            stream="referral_id")  # fmt: skip
async def one_referral(call: Call[None]) -> dict[str, Any] | None:
    """Everybody on it, by need: township, village, items."""
    row = await _row(call)
    if row is None:
        return None
    call.permit(owner=row["charity"])
    people = [{name: one[name] for name in ListedPerson.model_fields} for one in json.loads(row["entries"])]
    return {**row, "entries": people}


@routes.get(
    "/v1/referrals/{referral_id}/people/{need_id}/plan", answer=PlanAnswer,
    filters={"purpose": Purpose}, required=("purpose",), scope="personal.read", refusals=("person.erased",),
    summary="慈善服务方案（留痕） The charity's plan for one of a list; the read is logged",
)  # fmt: skip
async def referral_plan(call: Call[None]) -> dict[str, Any] | None:
    """For the charity that wrote it and the bureau."""
    row = await _row(call)
    if row is None:
        return None
    call.permit(owner=row["charity"])
    need_id = call.path_id("need_id")
    entry = _entry(row, need_id)
    if entry is None or entry["plan"] is None:
        return None
    boxes = {"plan": Sealed(box=entry["plan"])}
    clear = await call.vault.open(UUID(entry["person"]), boxes, purpose=call.query["purpose"])
    return {"need_id": need_id, **clear}


def _entry(row: dict[str, Any], need_id: UUID) -> dict[str, Any] | None:
    return next((one for one in json.loads(row["entries"]) if one["need_id"] == str(need_id)), None)


async def _row(call: Call[Any]) -> dict[str, Any] | None:
    return await call.fetchrow(
        "select * from referrals where county = $1 and id = $2", call.county, call.path_id("referral_id")
    )
