"""Routes of what the bureau or a charity records of a claimant: skills, fitness, a guardian's consent, blocks."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from chassis.http import Body, Call, Day, Routes
from chassis.service import Ask, Step
from services.charity.api.shapes import Code, Line, Phone, Reason, acting_for
from services.charity.domain import claimant

routes = Routes(tag="registers")
RECORDED = ("claimant.unknown", "claimant.day_is_past")


class ConfirmSkill(Body):
    """A skill that somebody has seen to be there, through ``valid_to``."""

    skill: Code
    valid_to: Day | None = None


class AssessClaimant(Body):
    """Whether the claimant fits the work of these items (none: any), through ``valid_to``."""

    fit: bool
    items: Annotated[tuple[Code, ...], Field(max_length=200)] = ()
    valid_to: Day


class GuardianConsent(Body):
    """The guardian of a minor agrees through ``valid_to``; who it is stays sealed."""

    guardian_name: Line
    guardian_phone: Phone
    valid_to: Day


class BlockClaimant(Body):
    """No claim through ``until``; the ``reason`` is sealed."""

    reason_code: Code
    reason: Reason
    until: Day


@routes.post(
    "/v1/claimants/{claimant_id}/skills", body=ConfirmSkill, summary="确认技能 Confirm a skill", refusals=RECORDED
)
async def confirm_skill(call: Call[ConfirmSkill]) -> Ask:
    """A love order may ask for skills: codes that somebody has confirmed."""
    return _ask(call, claimant.ConfirmSkill(**dict(call.body), **_by(call), at=call.at))


@routes.post(
    "/v1/claimants/{claimant_id}/suitability", body=AssessClaimant,
    summary="评估是否适合 Assess whether a claimant fits the work", refusals=RECORDED,
)  # fmt: skip
async def assess_claimant(call: Call[AssessClaimant]) -> Ask:
    """The organiser answers for it (Charity Law, art. 67); the last assessment counts."""
    return _ask(call, claimant.Assess(**dict(call.body), **_by(call), at=call.at))


@routes.post(
    "/v1/claimants/{claimant_id}/guardian-consent", body=GuardianConsent,
    summary="登记监护人同意 Record a guardian's consent", refusals=RECORDED,
)  # fmt: skip
async def record_consent(call: Call[GuardianConsent]) -> Ask:
    """A minor claims with it only."""
    body = call.body
    told = {"guardian": body.guardian_name, "guardian_phone": body.guardian_phone}
    boxes = await call.vault.seal(call.path_id("claimant_id"), told)
    command = claimant.Consent(
        guardian=boxes["guardian"],
        phone=boxes["guardian_phone"],
        valid_to=body.valid_to,
        by=call.caller.subject,
        at=call.at,
    )
    return _ask(call, command)


@routes.post(
    "/v1/claimants/{claimant_id}/block", body=BlockClaimant, summary="停止认领 Block a claimant", refusals=RECORDED
)
async def block_claimant(call: Call[BlockClaimant]) -> Ask:
    """After misconduct: by the bureau for all love orders, by a charity for its own."""
    body = call.body
    boxes = await call.vault.seal(call.path_id("claimant_id"), {"block": body.reason})
    command = claimant.Block(
        reason_code=body.reason_code, reason=boxes["block"], until=body.until, **_by(call), at=call.at
    )
    return _ask(call, command)


@routes.post("/v1/claimants/{claimant_id}/unblock", summary="恢复认领 Lift a block", refusals=("claimant.unknown",))
async def unblock_claimant(call: Call[None]) -> Ask:
    """The bureau lifts its own, a charity its own."""
    return _ask(call, claimant.Unblock(**_by(call), at=call.at))


def _by(call: Call[Any]) -> dict[str, Any]:
    return {"charity": acting_for(call), "by": call.caller.subject}


def _ask(call: Call[Any], command: Any) -> Ask:
    stream = call.path_id("claimant_id")
    call.permit(owner=call.caller.owner)
    return call.ask(Step(decider=claimant.decider, stream=stream, command=command))
