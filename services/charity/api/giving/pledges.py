"""Routes of pledges 认捐: for an appeal, a village fund or one love order, and what a claimant has given."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from chassis.http import Body, Call, Id, Routes
from chassis.kernel import Rejected
from chassis.service import Ask, Outcome, Step
from services.charity.api.giving.shapes import (
    WHOSE_ORDER,
    WHOSE_POT,
    Amount,
    Donor,
    Receiver,
    Shown,
    What,
    acting_owner,
    known_donor,
    pledged,
)
from services.charity.domain import pledge, pot
from services.charity.domain.ledger import MONEY

routes = Routes(tag="giving")
BOUND = (
    "support.order_closed", "support.exceeds_price", "support.other_item", "love_order.unknown", "pot.unknown",
    "claimant.unknown", "donation.anonymity_not_allowed", "policy.none_in_force", "pot.of_another_charity",
)  # fmt: skip


class Pledge(Body):
    """Money in fen, or pieces of an item. ``leftover_to``: the appeal or fund of the same charity that gets what one
    order does not need."""

    to: Receiver
    donor: Donor = Donor()
    what: What = MONEY
    amount: Amount
    shown: Shown = "masked"
    leftover_to: Id | None = None


class Leftover(Body):
    """The appeal or fund that gets what one order does not need."""

    to: Id


class PledgeAnswer(Body):
    """The pledge stands until ``until``."""

    pledge_id: UUID
    standing: str
    left: int
    until: datetime


class PledgeRow(Body):
    """A pledge without name."""

    id: UUID
    charity: UUID
    pot: UUID
    order_id: UUID | None
    donor: UUID | None
    what: str
    amount: int
    paid: int
    standing: str
    until: datetime
    made_at: datetime


class GiftRow(Body):
    """A donation with its receipt."""

    id: UUID
    charity: UUID
    year: int
    number: int
    what: str
    amount: int
    day: date
    standing: str


class Gifts(Body):
    """What a claimant pledged and gave, the latest first, at most a thousand of each."""

    claimant: UUID
    pledges: list[PledgeRow]
    donations: list[GiftRow]


@routes.post(
    "/v1/pledges", body=Pledge, answer=PledgeAnswer, status=201, summary="认捐 Pledge money or goods", refusals=BOUND
)
async def make_pledge(call: Call[Pledge]) -> Ask:
    """A claimant pledges for itself; a charity enters what somebody pledged to it."""
    body, gift = call.body, call.new_id("pledge")
    order_id = body.to.id if body.to.kind == "order" else None
    row = await call.fetchrow(WHOSE_ORDER if order_id else WHOSE_POT, call.county, body.to.id)
    if row is None:
        raise Rejected("love_order.unknown" if order_id else "pot.unknown")
    who = Donor(claimant=acting_owner(call)) if call.caller.role == "claimant" else body.donor
    call.permit(owners=(who.claimant, row["charity"]))
    donor, name, masked = await known_donor(call, gift, who)
    terms = pledge.Terms(
        charity=row["charity"],
        pot=pot.bound_to(gift) if order_id else body.to.id,
        order_id=order_id,
        donor=donor,
        name=name,
        masked=masked,
        shown=body.shown,
        what=body.what,
        amount=body.amount,
        leftover_to=body.leftover_to,
    )
    step = Step(decider=pledge.decider, stream=gift, command=pledge.Make(terms=terms, at=call.at))
    return call.ask(step, answer=_answer)


@routes.post(
    "/v1/pledges/{pledge_id}/withdrawal", answer=PledgeAnswer, summary="撤回认捐 Take back what was not given yet",
    refusals=("pledge.unknown", "pledge.over"),
)  # fmt: skip
async def withdraw_pledge(call: Call[None]) -> Ask:
    """What came in stays."""
    step = Step(
        decider=pledge.decider,
        stream=call.path_id("pledge_id"),
        command=pledge.Withdraw(at=call.at),
        permit=call.judged(pledged),
    )
    return call.ask(step, answer=_answer)


@routes.post(
    "/v1/pledges/{pledge_id}/leftover", body=Leftover, summary="说明余款去向 Say where the rest goes",
    refusals=("pot.unknown", "pot.is_of_no_donor"),
)  # fmt: skip
async def say_leftover(call: Call[Leftover]) -> Ask:
    """To an appeal or fund of the same charity; at once where the order is over."""
    row = await call.fetchrow(
        "select pot, charity, donor from pledges where county = $1 and id = $2", call.county, call.path_id("pledge_id")
    )
    if row is None:
        raise Rejected("not_found")
    call.permit(owners=(row["donor"], row["charity"]))
    command = pot.Wish(to=call.body.to, charity=row["charity"], at=call.at)
    return call.ask(Step(decider=pot.decider, stream=row["pot"], command=command))


def _answer(outcomes: tuple[Outcome, ...]) -> PledgeAnswer:
    state: pledge.Pledge = outcomes[0].state
    assert state.until is not None
    return PledgeAnswer(pledge_id=outcomes[0].stream, standing=state.standing, left=state.left, until=state.until)


routes.page(
    "/v1/pledges", row=PledgeRow, owner="charity", filters={"charity": UUID, "standing": str, "order_id": UUID},
    sql="select id, charity, pot, order_id, donor, what, amount, paid, standing, until, made_at from pledges"
        " where county = $1",
    order=("made_at", "id"), newest_first=True, summary="认捐 Pledges",
)  # fmt: skip


@routes.get("/v1/claimants/{claimant_id}/gifts", answer=Gifts, summary="我的捐赠 What a claimant pledged and gave")
async def gifts_of_claimant(call: Call[None]) -> dict[str, Any] | None:
    """Pledges and donations in the claimant's name."""
    claimant = call.path_id("claimant_id")
    call.permit(owner=claimant)
    if await call.fetchrow("select 1 from claimants where county = $1 and id = $2", call.county, claimant) is None:
        return None
    pledges = await call.fetch(
        "select * from pledges where county = $1 and donor = $2 order by made_at desc limit 1000", call.county, claimant
    )
    donations = await call.fetch(
        "select * from donations where county = $1 and donor = $2 order by recorded_at desc limit 1000",
        call.county, claimant,
    )  # fmt: skip
    return {"claimant": claimant, "pledges": pledges, "donations": donations}
