"""Routes of self-care: six indicators assessed by two, the care tier that follows, and the indicators for a purpose."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Day, Routes
from chassis.service import Ask, Outcome
from services.orders.api.personal import opened
from services.orders.api.shapes import HEALTH, ItemId, Line, Subject, Tier, must_be_there, step_of
from services.orders.domain import beneficiary
from services.orders.views.held import FILE

routes = Routes(tag="self-care")
Indicator = Literal["eating", "dressing", "bed", "toilet", "indoor_movement", "bathing"]


class AssessSelfCare(Body):
    """The indicators that the person cannot do alone, and the two who have looked. ``from_day`` is ``assessed_on``
    where it is absent."""

    unmet: Annotated[tuple[Indicator, ...], Field(max_length=6, json_schema_extra={"uniqueItems": True})]
    instrument: ItemId = "self_care_2021"
    assessed_on: Day
    from_day: Day | None = None
    assessors: Annotated[tuple[Subject, ...], Field(min_length=2, max_length=2)]


class SelfCareAnswer(Body):
    """The tier that the assessment gives."""

    id: UUID
    version: int
    tier: Annotated[Tier | None, HEALTH]


class Unmet(Body):
    """The newest assessment in clear."""

    from_day: date
    tier: Annotated[str | None, HEALTH]
    unmet: Annotated[list[str] | None, HEALTH]


@routes.post(
    "/v1/beneficiaries/{beneficiary_id}/self-care", body=AssessSelfCare, answer=SelfCareAnswer,
    summary="自理能力评估 Assess self-care",
    refusals=(
        "beneficiary.unknown", "beneficiary.died", "policy.none", "self_care.instrument_unknown",
        "self_care.assessors_alike", "self_care.in_the_future", "self_care.begins_before_assessed",
    ),
)  # fmt: skip
async def assess_self_care(call: Call[AssessSelfCare]) -> Ask:
    """Six indicators, met or not: none unmet is able, up to three partly, four and more fully unable. The care tier
    follows the newest assessment from its day on."""
    body, stream = call.body, call.path_id("beneficiary_id")
    unmet = sorted(set(body.unmet))
    await must_be_there(call, stream)
    boxes = await call.vault.seal(stream, {"self_care": json.dumps(unmet)})
    command = beneficiary.AssessSelfCare(
        unmet=len(unmet),
        findings=boxes["self_care"],
        instrument=body.instrument,
        assessed_on=body.assessed_on,
        from_day=body.from_day or body.assessed_on,
        assessors=body.assessors,
        at=call.at,
    )

    def answer(outcomes: tuple[Outcome, ...]) -> SelfCareAnswer:
        one = outcomes[0]
        held = {each.from_day: each.tier for each in one.state.dossier.self_care}
        return SelfCareAnswer(id=one.stream, version=one.version, tier=held[command.from_day])

    return call.ask(step_of(call, command), answer=answer)


@routes.get(
    "/v1/beneficiaries/{beneficiary_id}/self-care", answer=Unmet,
    filters={"purpose": Line}, required=("purpose",), scope="personal.read", refusals=("person.erased",),
    summary="查阅自理能力指标（留痕） Unmet indicators; the read is logged",
)  # fmt: skip
async def unmet_indicators(call: Call[None]) -> dict[str, Any] | None:
    """What the newest assessment found, indicator by indicator, for a purpose that is logged."""
    row = await call.fetchrow(f"{FILE} where county = $1 and id = $2", call.county, call.path_id("beneficiary_id"))
    if row is None:
        return None
    call.permit(township=row["township"])
    box = json.loads(row["boxes"]).get("self_care")
    if box is None:
        return None
    newest = json.loads(row["held"])["self_care"][-1]
    clear = await opened(call, row["id"], {"self_care": box})
    return {"from_day": newest["from_day"], "tier": newest["tier"], "unmet": json.loads(clear["self_care"])}
