"""Routes of offers: what a provider is asked, its answers, what it has taken and whom it sends."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from chassis.http import Body, Call, Routes
from chassis.service import Ask, Outcome, Step
from services.providers.api.shapes import acting_provider, asked_providers
from services.providers.domain import search

routes = Routes(tag="offers")
ANSWERS = ("offer.unknown", "offer.expired", "offer.closed", "offer.not_yours")
ORDER = (
    "id, status, kind, person, item, units, township, village, window_from, window_to, provider, agreement, until,"
    " visit, worker from searches where county = $1"
)


class Refuse(Body):
    """Why the provider does not take the order."""

    reason_code: Literal["no_worker", "no_time", "too_far", "not_our_service", "person_refuses", "other"]


class OfferAnswer(Body):
    """Where the order stands after the answer."""

    order_id: UUID
    status: str
    provider: UUID | None


class SendWorker(Body):
    """The worker whom the provider sends in place of the one proposed."""

    worker_id: UUID


class WorkerSent(OfferAnswer):
    """The order with the worker who is to come."""

    worker: UUID | None


class OfferRow(Body):
    """An order offered to a provider until ``until``; ``worker`` is who could best be sent."""

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
    worker: UUID | None


class TakenRow(Body):
    """An order a provider has taken by ``worker``, proposed or named; ``visit`` is null while none counts."""

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
    worker: UUID | None


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


@routes.post(
    "/v1/offers/{order_id}/worker", body=SendWorker, answer=WorkerSent, summary="指定服务人员 Name who is sent",
    refusals=(*ANSWERS, "offer.worker_unknown", "offer.worker_left", "offer.worker_full"),
)  # fmt: skip
async def name_worker(call: Call[SendWorker]) -> Ask:
    """Send another worker than the one proposed, before or after the offer is accepted."""
    command = search.NameWorker(provider=acting_provider(call), worker=call.body.worker_id, at=call.at)
    return call.ask(
        _step(call, command),
        answer=lambda outcomes: WorkerSent(**dict(_answer(outcomes)), worker=outcomes[0].state.worker),
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
