"""Routes of who helps: arranged where nobody is paid by tariff; a provider's plan of service, agreed to."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from chassis.http import PLAIN, Body, Call, Day, Id, Routes, Thing
from chassis.kernel import Rejected, Sealed
from chassis.service import Ask, Step
from services.orders.api.plan_changes import seal
from services.orders.api.plans import PlanState, ask_plan, plan_state
from services.orders.api.shapes import CONTACT, Code, ItemId, Line, Writing
from services.orders.domain import plan

routes = Routes(tag="plans")


class NamedHelper(Body):
    """A person with a name, which is sealed, or a body with a code; a neighbour with the day of the training.

    ``helper_id`` is for who helps several people and is one payee.
    """

    role: Literal["responsible", "aide", "social_worker", "volunteer", "neighbour", "institution", "department"]
    name: Annotated[str, Field(pattern=rf"^{PLAIN}{{1,60}}$")] | None = None
    code: Code | None = None
    trained_on: Day | None = None
    helper_id: Id | None = None


class ArrangeHelp(Body):
    """Who helps with an item from a day on; for an institution the day of the written consent."""

    item: ItemId
    from_day: Day
    helpers: Annotated[tuple[NamedHelper, ...], Field(min_length=1, max_length=3)]
    consent_on: Day | None = None


class DeclineInstitution(Body):
    """The person does not want to; or cannot for an illness, which ``finding`` names and which is sealed."""

    item: ItemId
    finding: Writing | None = None


class SubmitServicePlan(Body):
    """How the provider will serve an item; the text is sealed."""

    item: ItemId
    text: Writing


class DecideServicePlan(Body):
    """The purchaser agrees, or returns it with a reason, which is sealed."""

    item: ItemId
    result: Literal["agreed", "returned"]
    reason: Writing | None = None


class ServicePlanText(Body):
    """A provider's plan of service, and why it was returned."""

    item: str
    provider: UUID
    stage: str
    text: Annotated[str | None, CONTACT]
    reason: Annotated[str | None, CONTACT] = None


@routes.post(
    "/v1/plans/{plan_id}/arrangement", body=ArrangeHelp, answer=PlanState,
    summary="落实帮扶人 Name who helps",
    refusals=("plan.unknown", "plan.item_not_planned", "plan.item_not_arranged", "plan.team_incomplete",
              "plan.consent_missing", "plan.neighbour_untrained"),
    guarded="plan_id",
)  # fmt: skip
async def arrange_help(call: Call[ArrangeHelp]) -> Ask:
    """Pairs, teams, trained neighbours, departments, institutions (paper 001, part (4) items 2 to 6)."""
    body = call.body
    helpers = []
    for number, named in enumerate(body.helpers, 1):
        name = await seal(call, "helper_name", named.name) if named.name else None
        helper = plan.Helper(
            role=named.role,
            id=named.helper_id or call.new_id(f"helper {number}"),
            name=name,
            code=named.code or "",
            trained_on=named.trained_on,
        )
        helpers.append(helper)
    command = plan.Arrange(
        item=body.item, from_day=body.from_day, helpers=tuple(helpers), consent_on=body.consent_on, at=call.at
    )
    return ask_plan(call, command)


@routes.post(
    "/v1/plans/{plan_id}/institution-refusal", body=DeclineInstitution, answer=PlanState,
    summary="不愿或不宜集中供养 Not in an institution",
    refusals=("plan.unknown", "plan.item_not_planned", "plan.item_not_arranged"), guarded="plan_id",
)  # fmt: skip
async def decline_institution(call: Call[DeclineInstitution]) -> Ask:
    """Declining blocks nothing else; who is too ill for it is referred to a medical institution."""
    finding = await seal(call, "institution_finding", call.body.finding) if call.body.finding else None
    return ask_plan(call, plan.DeclineInstitution(item=call.body.item, finding=finding, at=call.at))


@routes.post(
    "/v1/plans/{plan_id}/service-plan", body=SubmitServicePlan, answer=PlanState,
    summary="提交服务计划 Submit a plan of service",
    refusals=("plan.unknown", "plan.item_not_planned", "plan.service_plan_not_asked", "plan.service_plan_not_yours",
              "plan.service_plan_waits", "plan.service_plan_decided"),
)  # fmt: skip
async def submit_service_plan(call: Call[SubmitServicePlan]) -> Ask:
    """The provider says how it will serve (paper 001, part (5) item 4); orders open once the purchaser agrees."""
    command = plan.SubmitServicePlan(
        item=call.body.item,
        provider=UUID(call.caller.owner),
        text=await seal(call, "service_plan", call.body.text),
        at=call.at,
    )
    step = Step(decider=plan.decider, stream=call.path_id("plan_id"), command=command, permit=call.judged(_providers))
    return call.ask(step, answer=plan_state)


def _providers(state: plan.Plan | None) -> Thing | None:
    """A plan is a provider's business as far as it is to serve in it."""
    if state is None:
        return None
    named = tuple(entry.planned.provider for entry in state.entries)
    return Thing(township=state.township, owners=(*named, state.provider))


@routes.post(
    "/v1/plans/{plan_id}/service-plan-decision", body=DecideServicePlan, answer=PlanState,
    summary="确认服务计划 Agree to a plan of service",
    refusals=("plan.unknown", "plan.item_not_planned", "plan.service_plan_not_asked", "plan.service_plan_missing",
              "plan.service_plan_decided", "plan.not_yours_to_change", "policy.none"),
    guarded="plan_id",
)  # fmt: skip
async def decide_service_plan(call: Call[DecideServicePlan]) -> Ask:
    """Both agree before anything is ordered (paper 001, part (5) item 4)."""
    body = call.body
    command = plan.DecideServicePlan(
        item=body.item,
        agreed=body.result == "agreed",
        reason=await seal(call, "service_plan_reason", body.reason) if body.reason else None,
        role=call.caller.role,
        at=call.at,
    )
    return ask_plan(call, command)


@routes.get(
    "/v1/plans/{plan_id}/service-plan", answer=ServicePlanText,
    filters={"item": str, "purpose": Line}, required=("item", "purpose"), scope="personal.read",
    refusals=("person.erased",),
    summary="查阅服务计划（留痕） A plan of service; the read is logged",
)  # fmt: skip
async def service_plan(call: Call[None]) -> dict[str, Any] | None:
    """For the provider that wrote it and the purchaser that decides."""
    row = await call.fetchrow(
        "select person, township, items, service_plans from plans where county = $1 and id = $2",
        call.county,
        call.path_id("plan_id"),
    )
    if row is None:
        return None
    numbers = [str(entry["number"]) for entry in json.loads(row["items"]) if entry["item"] == call.query["item"]]
    written = json.loads(row["service_plans"])
    found = next((written[number] for number in reversed(numbers) if number in written), None)
    call.permit(township=row["township"], owner=found["provider"] if found else None)
    if found is None:
        raise Rejected("not_found")
    boxes = {"service_plan": Sealed(box=found["text_box"])}
    if found["reason_box"]:
        boxes["service_plan_reason"] = Sealed(box=found["reason_box"])
    opened = await call.vault.open(row["person"], boxes, purpose=call.query["purpose"])
    return {
        "item": call.query["item"],
        "provider": found["provider"],
        "stage": found["stage"],
        "text": opened["service_plan"],
        "reason": opened.get("service_plan_reason"),
    }
