"""Routes of donations 捐赠: recording, receipts, correcting, and what is behind a love order."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from chassis.http import Body, Call, Day, Id, Routes, field_class
from chassis.kernel import Rejected
from chassis.service import Ask, Outcome, Step
from services.charity.api.giving.pledges import BOUND
from services.charity.api.giving.receipt_page import page_of
from services.charity.api.giving.shapes import (
    Amount,
    Code,
    Donor,
    Receiver,
    Shown,
    What,
    acting_owner,
    donated,
    known_donor,
    name_of,
)
from services.charity.domain import calendar, donation
from services.charity.domain.capitals import in_capitals
from services.charity.domain.ledger import MONEY

routes = Routes(tag="giving")
CONTACT = field_class("contact")


class RecordDonation(Body):
    """What came in: ``to`` an appeal, a fund or one order, or keeping a ``pledge``. ``excess_to``: where goes what one
    order does not need; an appeal or fund of the same charity."""

    to: Receiver | None = None
    pledge: Id | None = None
    donor: Donor = Donor()
    what: What = MONEY
    amount: Amount
    day: Day
    shown: Shown = "masked"
    excess_to: Id | None = None


class VoidDonation(Body):
    """It was entered wrongly: the cause, and a code that says why."""

    cause: Literal["objective", "mistake", "violation"]
    reason_code: Code


class DonationAnswer(Body):
    """The receipt's number: without a gap for each charity and year."""

    donation_id: UUID
    receipt: str
    year: int
    number: int
    for_order: int


class DonationRow(Body):
    """A donation without name."""

    id: UUID
    charity: UUID
    year: int
    number: int
    pot: UUID | None
    order_id: UUID | None
    pledge: UUID | None
    donor: UUID | None
    what: str
    amount: int
    day: date
    standing: str
    recorded_at: datetime


class Receipt(Body):
    """A receipt 捐赠票据: ``in_capitals`` for money alone; ``page`` is the same as text to print."""

    receipt: str
    charity_name: str
    credit_code: str
    donor: Annotated[str | None, CONTACT]
    what: str
    amount: int
    in_capitals: str | None
    day: date
    purpose: str
    standing: str
    page: Annotated[str | None, CONTACT]


class Promise(Body):
    """What one pot gives an order."""

    pot: UUID
    what: str
    amount: int
    funded: int
    used: int


class SupportAnswer(Body):
    """What is behind a love order, in fen: promised by all pots, there already, used for verified claims, and how much
    could still be promised. Prices are those of a piece."""

    order_id: UUID
    price_fen: int
    places: int
    promised_fen: int
    funded_fen: int
    used_fen: int
    room_fen: int
    promises: list[Promise]


@routes.post(
    "/v1/donations", body=RecordDonation, answer=DonationAnswer, status=201, summary="登记捐赠 Record a donation",
    refusals=(
        *BOUND, "donation.receiver_unnamed", "donation.in_the_future", "donation.exceeds_the_order", "charity.unknown",
        "pot.closed", "appeal.not_on_that_day", "pledge.unknown", "pledge.over", "pledge.promised_less",
    ),
)  # fmt: skip
async def record_donation(call: Call[RecordDonation]) -> Ask:
    """Money or goods that the charity received."""
    body, charity, gift = call.body, acting_owner(call), call.new_id("donation")
    call.permit(owner=charity)
    kept = await _pledge(call, charity)
    donor, name, masked = await known_donor(call, gift, await _who(call, kept))
    command = donation.Record(
        gift=donation.Gift(
            charity=charity,
            pot=body.to.id if body.to and body.to.kind != "order" else None,
            order_id=body.to.id if body.to and body.to.kind == "order" else None,
            pledge=body.pledge,
            donor=donor,
            name=name,
            masked=masked,
            shown=body.shown,
            what=body.what,
            amount=body.amount,
            day=body.day,
            excess_to=body.excess_to,
        ),
        today=calendar.day_of(call.at),
        at=call.at,
    )
    return call.ask(Step(decider=donation.decider, stream=gift, command=command), answer=_answer)


async def _pledge(call: Call[RecordDonation], charity: UUID) -> dict[str, Any] | None:
    """The pledge that is kept, with who made it."""
    if call.body.pledge is None:
        return None
    row = await call.fetchrow(
        "select id, donor, name_box from pledges where county = $1 and id = $2 and charity = $3",
        call.county, call.body.pledge, charity,
    )  # fmt: skip
    if row is None:
        raise Rejected("pledge.unknown")
    return row


async def _who(call: Call[RecordDonation], kept: dict[str, Any] | None) -> Donor:
    """Who keeps a pledge is who made it, unless the charity says otherwise."""
    if kept is None or call.body.donor != Donor():
        return call.body.donor
    if kept["donor"] is not None:
        return Donor(claimant=kept["donor"])
    return Donor(name=await name_of(call, kept["id"], kept, "登记认捐到账"))


def _answer(outcomes: tuple[Outcome, ...]) -> DonationAnswer:
    recorded = outcomes[0].state.recorded
    return DonationAnswer(
        donation_id=outcomes[0].stream,
        receipt=_receipt_number(recorded.year, recorded.number),
        year=recorded.year,
        number=recorded.number,
        for_order=recorded.for_order,
    )


def _receipt_number(year: int, number: int) -> str:
    return f"{year}-{number:06d}"


@routes.post(
    "/v1/donations/{donation_id}/voiding", body=VoidDonation, guarded="donation_id",
    summary="更正误登的捐赠 Void a donation entered wrongly",
    refusals=("donation.unknown", "donation.set_aside_already", "donation.bound_to_an_order"),
)  # fmt: skip
async def void_donation(call: Call[VoidDonation]) -> Ask:
    """Its number stays used; what is set aside for orders is not taken from under them."""
    command = donation.Void(cause=call.body.cause, reason_code=call.body.reason_code, at=call.at)
    stream = call.path_id("donation_id")
    return call.ask(Step(decider=donation.decider, stream=stream, command=command, permit=call.judged(donated)))


routes.page(
    "/v1/donations", row=DonationRow, owner="charity",
    filters={"charity": UUID, "standing": str, "pot": UUID, "order_id": UUID},
    sql="select id, charity, year, number, pot, order_id, pledge, donor, what, amount, day, standing, recorded_at"
        " from donations where county = $1",
    order=("recorded_at", "id"), newest_first=True, summary="捐赠 Donations",
)  # fmt: skip


async def _found(call: Call[None]) -> dict[str, Any] | None:
    row = await call.fetchrow(
        "select * from donations where county = $1 and id = $2", call.county, call.path_id("donation_id")
    )
    if row is not None:
        call.permit(owners=(row["charity"], row["donor"]))
    return row


@routes.get("/v1/donations/{donation_id}", answer=DonationRow, stream="donation_id", summary="一笔捐赠 A donation")
async def one_donation(call: Call[None]) -> dict[str, Any] | None:
    """Without the donor's name."""
    return await _found(call)


@routes.get(
    "/v1/donations/{donation_id}/receipt", answer=Receipt, filters={"purpose": str}, required=("purpose",),
    scope="personal.read", summary="捐赠票据（留痕） The receipt with the donor's name; the read is logged",
)  # fmt: skip
async def receipt(call: Call[None]) -> dict[str, Any] | None:
    """For the donor and the charity."""
    row = await _found(call)
    if row is None:
        return None
    charity = await call.fetchrow(
        "select name, credit_code from charities where county = $1 and id = $2", call.county, row["charity"]
    )
    assert charity is not None
    where = row["pot"] and await call.fetchrow(
        "select title from pots where county = $1 and id = $2", call.county, row["pot"]
    )
    told = {
        "receipt": _receipt_number(row["year"], row["number"]),
        "charity_name": charity["name"],
        "credit_code": charity["credit_code"],
        "donor": await name_of(call, row["id"], row, call.query["purpose"]),
        "what": row["what"],
        "amount": row["amount"],
        "in_capitals": in_capitals(row["amount"]) if row["what"] == MONEY else None,
        "day": row["day"],
        "purpose": where["title"] if where else "定向用于一份爱心服务订单",
        "standing": row["standing"],
    }
    return {**told, "page": page_of(told)}


@routes.get(
    "/v1/love-orders/{order_id}/support", answer=SupportAnswer, summary="订单的资助 What is behind a love order"
)
async def support_of_order(call: Call[None]) -> dict[str, Any] | None:
    """Promised, there, used; by which pots."""
    row = await call.fetchrow(
        "select l.charity, l.township, l.price_fen, l.places, coalesce(s.promised_fen, 0) as promised_fen,"
        " coalesce(s.funded_fen, 0) as funded_fen, coalesce(s.used_fen, 0) as used_fen,"
        " coalesce(s.promises, '[]'::jsonb) as promises, l.id as order_id from love_orders l left join supports s"
        " on s.county = l.county and s.order_id = l.id where l.county = $1 and l.id = $2",
        call.county, call.path_id("order_id"),
    )  # fmt: skip
    if row is None:
        return None
    call.permit(township=row["township"], owner=row["charity"])
    room = max(0, row["price_fen"] * row["places"] - row["promised_fen"])
    return {**row, "promises": json.loads(row["promises"]), "room_fen": room}
