"""The route of packets: visits that a device noted without a signal, signed, sent when there is one again."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import UTC
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, WithJsonSchema, model_validator

from chassis.dispatch import Overloaded
from chassis.http import Body, Call, Id, Instant, Routes
from chassis.kernel import Rejected
from chassis.problems import SCHEMA, Problems, Refused
from chassis.service import Ask, Outcome, Step
from services.providers.api.photos import signing
from services.providers.api.shapes import Item, acting_provider, asked_providers
from services.providers.api.visit_shapes import TellVisit, VisitAnswer, answer_visit, to_report
from services.providers.api.visits import REPORTED
from services.providers.domain import device, search, visit
from services.providers.domain.refusals import REFUSALS

routes = Routes(tag="packets")
VISITS_MAX = 50
EXACT_MAX = 2**53 - 1
_DEVICE = "select worker, provider, public_key from devices where county = $1 and id = $2"
_MISSING = "select missing from devices where county = $1 and id = $2"


class PacketVisit(TellVisit):
    """A visit as the device noted it; who served is who the device belongs to. Its clock says nothing about sending:
    there is no ``device_now``."""

    order_id: Id
    item: Item
    started_at: Instant
    ended_at: Instant
    source: Literal["offline"] = "offline"

    @model_validator(mode="after")
    def _no_clock(self) -> Self:
        if self.device_now is not None:
            raise ValueError("a packet is not sent when it is signed")
        return self


class SendPacket(Body):
    """``sequence`` counts a device's packets from 1. ``signature`` is Ed25519 over the RFC 8785 JSON of all the rest,
    64 bytes in base64url without padding."""

    device: Id
    sequence: Annotated[int, Field(ge=1, le=EXACT_MAX)]
    signed_at: Instant
    visits: Annotated[tuple[PacketVisit, ...], Field(min_length=1, max_length=VISITS_MAX)]
    signature: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{86}$")]


class PacketResult(Body):
    """What became of the visit at ``index``: the status it would have had alone, and its answer or problem."""

    index: int
    status: int
    answer: VisitAnswer | None = None
    problem: Annotated[dict[str, Any], WithJsonSchema(dict(SCHEMA))] | None = None


class PacketAnswer(Body):
    """The packet was taken; ``missing`` are the numbers below the device's highest that never came."""

    device: UUID
    sequence: int
    missing: list[int]
    visits: list[PacketResult]


@routes.post(
    "/v1/packets", body=SendPacket, answer=PacketAnswer, summary="离线数据包 A packet signed by a device",
    refusals=(
        "packet.device_revoked", "packet.signature_wrong", "packet.sequence_used",
        "packet.sequence_too_far", "packet.signed_in_the_future", *REPORTED, "visit.too_old",
    ),
)  # fmt: skip
async def send_packet(call: Call[SendPacket]) -> PacketAnswer:
    """Each visit is answered by itself; the same packet again has the same answers, whoever sends it."""
    body, owner = call.body, acting_provider(call)
    row = await call.fetchrow(_DEVICE, call.county, body.device)
    call.permit(owner=row["provider"] if row else owner)
    if row is None:
        raise Rejected("not_found")
    signed = signing.signed_part(call.raw)
    digest = signing.digest(signed)
    right = signing.is_signed(row["public_key"], body.signature, signed)
    await call.running.dispatch.ask(_take(call, digest, right))
    results = await asyncio.gather(
        *(_one(call, owner, row["worker"], digest, place) for place in range(len(body.visits)))
    )
    there = await call.fetchrow(_MISSING, call.county, body.device)
    return PacketAnswer(
        device=body.device,
        sequence=body.sequence,
        missing=json.loads(there["missing"]) if there else [],
        visits=list(results),
    )


def _take(call: Call[SendPacket], digest: str, right: bool) -> Ask:
    """The packet itself; that it is taken once, however it comes, the device sees by what was signed."""
    body = call.body
    command = device.Take(
        sequence=body.sequence,
        signature_right=right,
        digest=digest,
        visits=len(body.visits),
        signed_at=body.signed_at.astimezone(UTC),
        by=call.caller.subject,
        at=call.at,
    )
    return call.ask(Step(decider=device.decider, stream=body.device, command=command), answer=_number)


def _number(outcomes: tuple[Outcome, ...]) -> PacketAnswer:
    return PacketAnswer(device=outcomes[0].stream, sequence=outcomes[0].state.last, missing=[], visits=[])


async def _one(call: Call[SendPacket], owner: UUID, worker: UUID, digest: str, place: int) -> PacketResult:
    """One visit, as if it had been reported alone, under a key of what was signed."""
    try:
        reply = await call.running.dispatch.ask(_report(call, owner, worker, digest, place))
    except Overloaded:
        return _refused(place, Refused("overloaded"))
    except Rejected as refusal:
        return _refused(place, refusal)
    return PacketResult(index=place, status=reply.status, answer=VisitAnswer.model_validate_json(reply.body))


def _report(call: Call[SendPacket], owner: UUID, worker: UUID, digest: str, place: int) -> Ask:
    told = call.body.visits[place]
    stream = device.visit_of(digest, place)
    noted = search.NoteVisit(visit_id=stream, provider=owner, item=told.item, units=told.units, at=call.at)
    report = to_report(
        call, told, order_id=told.order_id, provider=owner, worker=worker, item=told.item, started_at=told.started_at,
        ended_at=told.ended_at,
    )  # fmt: skip
    report = replace(report, device=call.body.device, sequence=call.body.sequence)
    alone = replace(
        call, key=f"packet/{digest}/{place}", request_hash=bytes.fromhex(digest), route=replace(
            call.route, answer=VisitAnswer, status=201
        )
    )  # fmt: skip
    return alone.ask(
        Step(decider=search.decider, stream=told.order_id, command=noted, permit=alone.judged(asked_providers)),
        Step(decider=visit.decider, stream=stream, command=report),
        answer=answer_visit,
    )


def _refused(place: int, refusal: Rejected) -> PacketResult:
    problem = _PROBLEMS.answer(refusal)
    return PacketResult(index=place, status=problem.status, problem=json.loads(problem.body))


_PROBLEMS = Problems(REFUSALS)
