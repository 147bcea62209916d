"""Routes by which a plan is kept fitting: refreshed, changed, suspended, resumed, phased out, its provider replaced."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from chassis.http import Body, Call, Day, Id, Routes
from chassis.kernel import Sealed
from chassis.service import Ask
from services.orders.api.plans import PlanState, ask_plan
from services.orders.api.shapes import WAYS, Code, ItemId, PerPeriod, Times, Units, WayOfHelp, Writing
from services.orders.domain import plan

routes = Routes(tag="plans")


class RefreshPlan(Body):
    """Somebody looked on a day whether need and measures still fit; what was found is sealed."""

    looked_on: Day
    result: Literal["unchanged", "adjusted", "need_found"]
    findings: Writing


class ChangedItem(Body):
    """Add an item, drop it, or set it to ``times`` in each ``per``; ``mode`` is one of the seven."""

    change: Literal["add", "drop", "set"]
    item: ItemId
    per: PerPeriod = "month"
    times: Times = 1
    units: Units = 1
    mode: WayOfHelp = "government_purchase"
    provider_id: Id | None = None
    carer_id: Id | None = None
    service_plan: bool = False


class ChangePlan(Body):
    """Changes from a day on; where something becomes less, a hearing and a written notice come first."""

    from_day: Day
    items: Annotated[tuple[ChangedItem, ...], Field(min_length=1, max_length=30)]
    reason_code: Code
    heard_on: Day | None = None
    notified_on: Day | None = None


class SuspendPlan(Body):
    """The plan rests from a day to a day, both inclusive; without ``to_day`` until it is resumed."""

    from_day: Day
    to_day: Day | None = None
    reason_code: Literal["hospital", "away", "refusal"]


class ResumePlan(Body):
    """Service goes on from a day."""

    from_day: Day


class PhaseOutPlan(Body):
    """So many more months, the next one first: as now until the end, or less each month."""

    months: Annotated[int, Field(ge=1, le=6)]
    way: Literal["until", "shrinking"]
    reason_code: Code
    heard_on: Day | None = None
    notified_on: Day | None = None


class EndProvider(Body):
    """From this day on the provider of now serves the person no longer."""

    from_day: Day
    reason_code: Code


@routes.post(
    "/v1/plans/{plan_id}/refresh", body=RefreshPlan, answer=PlanState,
    summary="每月更新跟进措施 Record the monthly look",
    refusals=("plan.unknown", "plan.not_running", "plan.looked_in_the_future", "plan.looked_at_later"),
)  # fmt: skip
async def refresh_plan(call: Call[RefreshPlan]) -> Ask:
    """Need and measures are looked at once a month (paper 003, part 2 (1) item 1); who is late is listed as stale."""
    body = call.body
    command = plan.Refresh(
        looked_on=body.looked_on,
        result=body.result,
        findings=await seal(call, "plan_findings", body.findings),
        by=call.caller.subject,
        role=call.caller.role,
        at=call.at,
    )
    return ask_plan(call, command)


@routes.post(
    "/v1/plans/{plan_id}/changes", body=ChangePlan, answer=PlanState,
    summary="调整服务项目 Change items from a day on",
    refusals=(
        "plan.unknown", "plan.ended", "plan.not_yours_to_change", "plan.change_in_the_past", "plan.item_not_approved",
        "plan.item_not_planned", "plan.reduction_needs_hearing_and_notice", "policy.item_unknown",
        "policy.item_not_by_this_mode", "policy.none",
    ),
    guarded="plan_id",
)  # fmt: skip
async def change_plan(call: Call[ChangePlan]) -> Ask:
    """Orders for later days are cancelled and opened as the items of each day ask (paper 003, part 2 (2) item 2)."""
    body = call.body
    command = plan.Change(
        from_day=body.from_day,
        items=tuple(_item(item) for item in body.items),
        reason_code=body.reason_code,
        heard_on=body.heard_on,
        notified_on=body.notified_on,
        role=call.caller.role,
        at=call.at,
    )
    return ask_plan(call, command)


def _item(item: ChangedItem) -> plan.ItemChange:
    return plan.ItemChange(
        change=item.change,
        item=item.item,
        per=item.per,
        times=item.times,
        units=item.units,
        mode=WAYS[item.mode],
        provider=item.provider_id,
        carer=item.carer_id,
        service_plan=item.service_plan,
    )


@routes.post(
    "/v1/plans/{plan_id}/suspension", body=SuspendPlan, answer=PlanState,
    summary="暂停服务 Suspend the plan", refusals=("plan.unknown", "plan.not_running", "plan.suspension_wrong"),
    guarded="plan_id",
)  # fmt: skip
async def suspend_plan(call: Call[SuspendPlan]) -> Ask:
    """In hospital, away, or unwilling for a while: no orders, and nobody is assigned (paper 001, part (5) item 3)."""
    body = call.body
    command = plan.Suspend(from_day=body.from_day, to_day=body.to_day, reason=body.reason_code, at=call.at)
    return ask_plan(call, command)


@routes.post(
    "/v1/plans/{plan_id}/resumption", body=ResumePlan, answer=PlanState,
    summary="恢复服务 Resume the plan", refusals=("plan.unknown", "plan.not_running", "plan.suspension_wrong"),
    guarded="plan_id",
)  # fmt: skip
async def resume_plan(call: Call[ResumePlan]) -> Ask:
    """Orders open again for the slots that end on the day or later."""
    return ask_plan(call, plan.Resume(from_day=call.body.from_day, at=call.at))


@routes.post(
    "/v1/plans/{plan_id}/phase-out", body=PhaseOutPlan, answer=PlanState,
    summary="渐退 Phase the plan out",
    refusals=("plan.unknown", "plan.not_running", "plan.ended", "plan.phase_out_too_long",
              "plan.stop_needs_hearing_and_notice", "policy.none"),
    guarded="plan_id",
)  # fmt: skip
async def phase_out_plan(call: Call[PhaseOutPlan]) -> Ask:
    """One to six months for who is only just no longer entitled (paper 002, item 13), after hearing and notice."""
    body = call.body
    command = plan.PhaseOut(
        months=body.months,
        way=body.way,
        reason_code=body.reason_code,
        heard_on=body.heard_on,
        notified_on=body.notified_on,
        at=call.at,
    )
    return ask_plan(call, command)


@routes.post(
    "/v1/plans/{plan_id}/provider-end", body=EndProvider, answer=PlanState,
    summary="更换服务机构 Replace the provider",
    refusals=("plan.unknown", "plan.no_provider", "plan.provider_ended_too_early"), guarded="plan_id",
)  # fmt: skip
async def end_provider(call: Call[EndProvider]) -> Ask:
    """Orders for later days are searched for anew; the month is counted by days for both (S6)."""
    command = plan.EndProvider(from_day=call.body.from_day, reason_code=call.body.reason_code, at=call.at)
    return ask_plan(call, command)


async def seal(call: Call[Any], field: str, text: str) -> Sealed:
    """``text`` under the key of the person the plan is for; of an unknown plan nothing, which the decision refuses."""
    row = await call.fetchrow(
        "select person from plans where county = $1 and id = $2", call.county, call.path_id("plan_id")
    )
    if row is None:
        return Sealed(box="")
    return (await call.vault.seal(row["person"], {field: text}))[field]
