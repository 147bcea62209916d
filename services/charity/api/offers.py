"""Routes of low-price offers of companies: the resource library 资源库."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Day, Id, Routes, Thing
from chassis.service import Ask, Step
from services.charity.api.shapes import Code, Township, acting_claimant
from services.charity.domain import offer

routes = Routes(tag="offers")


class MakeOffer(Body):
    """One unit of an item for ``price_fen``, above nothing, in these townships; both days inclusive. The bureau, which
    keeps the library, enters an offer for a company and names it."""

    claimant: Id | None = None
    item: Code
    price_fen: Annotated[int, Field(ge=1, le=10_000_000)]
    townships: Annotated[tuple[Township, ...], Field(min_length=1, max_length=100)]
    from_day: Day
    to_day: Day


class OfferRow(Body):
    """An offer; ``rule`` is the settlement rule that pays it."""

    id: UUID
    claimant: UUID
    company: str
    item: str
    price_fen: int
    townships: list[str]
    from_day: date
    to_day: date
    rule: str
    status: str


@routes.post(
    "/v1/offers", body=MakeOffer, status=201, summary="发布低偿报价 Offer at a low price",
    refusals=(
        "claimant.unknown", "offer.of_companies_only", "offer.not_taken_here", "offer.ends_before_it_begins",
    ),
)  # fmt: skip
async def make_offer(call: Call[MakeOffer]) -> Ask:
    """A company offers; charities may name the offer for a love order."""
    company = call.body.claimant or acting_claimant(call)
    call.permit(owner=company)
    terms = offer.Terms(**{**dict(call.body), "claimant": company})
    command = offer.Make(terms=terms, at=call.at)
    return call.ask(Step(decider=offer.decider, stream=call.new_id("offer"), command=command))


@routes.post(
    "/v1/offers/{offer_id}/withdrawal", summary="撤回报价 Withdraw an offer", refusals=("price_offer.unknown",)
)
async def withdraw_offer(call: Call[None]) -> Ask:
    """What it was named for stays as it is."""
    step = Step(
        decider=offer.decider,
        stream=call.path_id("offer_id"),
        command=offer.Withdraw(at=call.at),
        permit=call.judged(_owned),
    )
    return call.ask(step)


def _owned(state: offer.Offer) -> Thing | None:
    return Thing(owners=(state.terms.claimant,)) if state.terms else None


routes.page(
    "/v1/offers", row=OfferRow, filters={"item": str, "status": str, "claimant": UUID},
    sql="select o.id, o.claimant, coalesce(c.shown, '') as company, o.item, o.price_fen,"
        " array(select jsonb_array_elements_text(o.townships)) as townships, o.from_day, o.to_day, o.rule, o.status"
        " from offers o left join claimants c on c.county = o.county and c.id = o.claimant where o.county = $1",
    order=("price_fen", "id"), summary="低偿资源库 The resource library",
)  # fmt: skip
