"""Routes of offers: what a provider is asked, its answers, what it has taken, and why who was chosen."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from chassis.http import Body, Call, Routes, field_class
from chassis.service import Ask, Outcome, Step
from services.providers.api.shapes import acting_provider, asked_providers
from services.providers.domain import search

routes = Routes(tag="offers")
ANSWERS = ("offer.unknown", "offer.expired", "offer.closed", "offer.not_yours")
ORDER = (
    "id, status, kind, person, item, units, township, village, window_from, window_to, provider, agreement, until,"
    " visit from searches where county = $1"
)


class Refuse(Body):
    """Why the provider does not take the order."""

    reason_code: Literal["no_worker", "no_time", "too_far", "not_our_service", "person_refuses", "other"]


class OfferAnswer(Body):
    """Where the order stands after the answer."""

    order_id: UUID
    status: str
    provider: UUID | None


class OfferRow(Body):
    """An order offered to a provider until ``until``."""

    id: UUID
    kind: str
    item: str
    units: int
    township: str
    village: str
    window_from: date
    window_to: date
    provider: UUID
    agreement: str
    until: datetime


class TakenRow(Body):
    """An order a provider has taken; ``visit`` is null while none counts."""

    id: UUID
    kind: str
    person: UUID
    item: str
    units: int
    township: str
    village: str
    window_from: date
    window_to: date
    provider: UUID
    agreement: str
    visit: UUID | None


class Considered(Body):
    """A provider in an explained match: its rank, or the reason it was not chosen."""

    provider: UUID
    agreement: str
    rank: int | None
    minutes: int | None
    load: int
    reason_code: str | None


class Matching(Body):
    """Who serves an order and why; ``considered`` lists every candidate of the last choice."""

    id: UUID
    status: str
    provider: UUID | None
    agreement: str
    policy: str
    considered: Annotated[list[Considered] | None, field_class("reasons")]


def _answer(outcomes: tuple[Outcome, ...]) -> OfferAnswer:
    state = outcomes[0].state
    return OfferAnswer(order_id=outcomes[0].stream, status=state.status, provider=state.provider)


def _step(call: Call[Any], command: search.Command) -> Step:
    return Step(
        decider=search.decider, stream=call.path_id("order_id"), command=command, permit=call.judged(asked_providers)
    )


@routes.post(
    "/v1/offers/{order_id}/acceptance", bulk="/v1/bulk/acceptances", answer=OfferAnswer, summary="接单 Accept an offer",
    refusals=ANSWERS,
)  # fmt: skip
async def accept_offer(call: Call[None]) -> Ask:
    """Take the order that is offered."""
    command = search.Accept(provider=acting_provider(call), at=call.at)
    return call.ask(_step(call, command), answer=_answer)


@routes.post(
    "/v1/offers/{order_id}/refusal", body=Refuse, answer=OfferAnswer, summary="不接单 Decline an offer",
    refusals=ANSWERS,
)  # fmt: skip
async def decline_offer(call: Call[Refuse]) -> Ask:
    """Leave the order to the next candidate."""
    command = search.Decline(provider=acting_provider(call), reason_code=call.body.reason_code, at=call.at)
    return call.ask(
        _step(call, command),
        answer=lambda outcomes: OfferAnswer(order_id=outcomes[0].stream, status="declined", provider=None),
    )


routes.page(
    "/v1/offers", row=OfferRow, owner="provider", township="township",
    filters={"township": str, "provider": UUID},
    sql=f"select {ORDER} and status = 'offered'", order=("until", "id"), summary="待接订单 Open offers",
)  # fmt: skip

routes.page(
    "/v1/taken", row=TakenRow, owner="provider", township="township",
    filters={"township": str, "provider": UUID},
    sql=f"select {ORDER} and status = 'found'", order=("window_from", "id"), summary="已接订单 Orders taken",
)  # fmt: skip


@routes.get(
    "/v1/matchings/{order_id}", answer=Matching,
    summary="匹配说明 Why this provider", stream="order_id",
)  # fmt: skip
async def matching(call: Call[None]) -> dict[str, Any] | None:
    """Why this provider: every candidate with rank or reason."""
    row = await call.fetchrow(
        "select id, status, provider, agreement, policy, considered, township from searches"
        " where county = $1 and id = $2",
        call.county,
        call.path_id("order_id"),
    )
    if row:
        call.permit(township=row["township"])
    return row and {**row, "considered": json.loads(row["considered"])}
