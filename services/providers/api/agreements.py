"""Routes of agreements: concluded by the bureau, or by a township that buys for itself; changed, prolonged, ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from chassis.http import PLAIN, Body, Call, Day, Routes, Thing
from chassis.service import Ask, Step
from services.providers.api.shapes import Amount, Document, Item, Number, Purchaser, Township, buyer
from services.providers.domain import provider

routes = Routes(tag="agreements")

Items = Annotated[tuple[Item, ...], Field(min_length=1, max_length=200)]
Townships = Annotated[tuple[Township, ...], Field(min_length=1, max_length=100)]
Capacity = Annotated[int, Field(ge=1, le=1_000_000)]
MostOrders = Annotated[int, Field(ge=0, le=10_000_000)]
TENDER = (
    "agreement.purchaser_elsewhere", "agreement.overlaps", "agreement.tender_unknown", "agreement.not_awarded",
    "agreement.item_not_tendered", "agreement.amount_missing", "agreement.beyond_the_tender", "policy.none_in_force",
)  # fmt: skip
"""What concluding and changing may be refused with."""


class ConcludeAgreement(Body):
    """An agreement after a tender; both days are inclusive; ``monthly_capacity`` counts orders.

    ``purchaser`` is the county or city (six digits) or township (nine) that buys, the county where none is named.
    ``amount_fen`` and ``most_orders`` limit the whole agreement; 0: nothing does.
    """

    number: Number
    items: Items
    townships: Townships
    valid_from: Day
    valid_to: Day
    monthly_capacity: Capacity
    tender: Annotated[str, Field(pattern=rf"^{PLAIN}{{0,100}}$")] = ""
    qualified_to: Day | None = None
    purchaser: Purchaser = ""
    amount_fen: Amount = 0
    most_orders: MostOrders = 0


class AmendAgreement(Body):
    """What the agreement says from ``from_day`` on; what is not named stays."""

    number: Number
    from_day: Day
    items: Items | None = None
    townships: Townships | None = None
    monthly_capacity: Capacity | None = None
    amount_fen: Amount | None = None
    most_orders: MostOrders | None = None


class ExtendAgreement(Body):
    """The new last day."""

    number: Number
    valid_to: Day


class TerminateAgreement(Body):
    """``from_day`` is the first day without it; ``document`` the number of the decision's paper."""

    number: Number
    from_day: Day
    reason_code: Literal["breach", "poor_service", "amount_used_up", "mutual", "replaced", "dissolved", "other"]
    document: Document = ""


@routes.post(
    "/v1/providers/{provider_id}/agreements", body=ConcludeAgreement, status=201,
    summary="签订服务协议 Conclude an agreement",
    refusals=(
        "provider.unknown", "provider.removed", "agreement.number_taken", "agreement.ends_before_it_begins",
        "agreement.too_long", "agreement.without_tender", "agreement.certificate_missing", *TENDER,
    ),
)  # fmt: skip
async def conclude_agreement(call: Call[ConcludeAgreement]) -> Ask:
    """Conclude an agreement with a provider: the bureau for the county, a township for itself."""
    stream = call.path_id("provider_id")
    call.permit(owner=stream, township=buyer(call.body.purchaser))
    agreement = provider.Agreement(**dict(call.body))
    command = provider.Agree(agreement=agreement, at=call.at)
    return call.ask(Step(decider=provider.decider, stream=stream, command=command))


@routes.post(
    "/v1/providers/{provider_id}/amendment", body=AmendAgreement, guarded="provider_id",
    summary="变更服务协议 Amend an agreement from a day on",
    refusals=(
        "provider.unknown", "agreement.unknown", "agreement.ended", "provider.day_is_past",
        "agreement.outside_its_term", *TENDER,
    ),
)  # fmt: skip
async def amend_agreement(call: Call[AmendAgreement]) -> Ask:
    """From today or later on. Orders that begin after it and are not covered any more go to others."""
    return _decide(call, provider.Amend(**dict(call.body), at=call.at))


@routes.post(
    "/v1/providers/{provider_id}/extension", body=ExtendAgreement, guarded="provider_id",
    summary="延长服务协议 Extend an agreement",
    refusals=(
        "provider.unknown", "agreement.unknown", "agreement.ended", "agreement.not_longer", "agreement.too_long",
        "agreement.overlaps", "policy.none_in_force",
    ),
)  # fmt: skip
async def extend_agreement(call: Call[ExtendAgreement]) -> Ask:
    """Never longer in all than the policy allows one agreement to last."""
    return _decide(call, provider.Extend(**dict(call.body), at=call.at))


@routes.post(
    "/v1/providers/{provider_id}/termination", body=TerminateAgreement, guarded="provider_id",
    summary="终止服务协议 End an agreement; its orders go to others",
    refusals=(
        "provider.unknown", "agreement.unknown", "agreement.ended", "provider.day_is_past",
        "agreement.outside_its_term",
    ),
)  # fmt: skip
async def terminate_agreement(call: Call[TerminateAgreement]) -> Ask:
    """Nothing is offered under it from the day on; what it holds and cannot serve any more is searched for again."""
    return _decide(call, provider.Terminate(**dict(call.body), at=call.at))


def _decide(call: Call[Any], command: provider.Amend | provider.Extend | provider.Terminate) -> Ask:
    stream = call.path_id("provider_id")
    permit = call.judged(_bought_by(command.number, stream))
    return call.ask(Step(decider=provider.decider, stream=stream, command=command, permit=permit))


def _bought_by(number: str, stream: UUID) -> Callable[[provider.Provider], Thing]:
    """An agreement as the policies look at it: it lies where its purchaser does."""

    def thing(state: provider.Provider) -> Thing:
        held = state.agreement(number)
        return Thing(township=buyer(held.agreed.purchaser) if held else "", owners=(stream,))

    return thing
