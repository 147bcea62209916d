"""Routes of care plans: notice, agreement, start, stop; lists."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Day, Routes, Thing
from chassis.service import Ask, Outcome, Step
from services.orders.api import notices
from services.orders.api.shapes import VERSION, Code, PlannedItem, one_row
from services.orders.domain import plan

routes = Routes(tag="plans")


class PostNotice(Body):
    """The day the notice was posted in the village."""

    posted_on: Day


class AgreePlan(Body):
    """Who signed the plan on which day; the hash of the signed document; why, where a guardian signs for an adult."""

    signed_by: Literal["person", "guardian"]
    signed_on: Day
    document_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    reason_code: Code | None = None


class StartPlan(Body):
    """The first day of service."""

    from_day: Day


class StopPlan(Body):
    """The last day; but for moving away, a hearing and a written notice come first."""

    last_day: Day
    reason_code: Code
    heard_on: Day | None = None
    notified_on: Day | None = None


class PlanState(Body):
    """The plan now; ``opened`` is the last month whose orders are open."""

    id: UUID
    notice_on: date | None
    from_day: date | None
    opened: str


class PlanRow(Body):
    """A plan in a list; ``version`` is for ``If-Match``."""

    id: UUID
    version: int
    person: UUID
    township: str
    village: str
    state: str
    from_day: date | None
    ends_on: date | None
    notice_on: date | None
    provider: UUID | None
    opened: str
    urgent: bool
    agreed_on: date | None
    refreshed_on: date | None
    refresh_due: date | None
    stale: bool
    entitled: bool
    suspended_from: date | None
    suspended_to: date | None


class PlanAnswer(PlanRow):
    """A plan with its items, and who signed it (the person or the guardian)."""

    agreed_by: str
    items: list[PlannedItem]


@routes.post(
    "/v1/plans/{plan_id}/notice", body=PostNotice, answer=PlanState,
    summary="张贴公示 Post the notice",
    refusals=("plan.unknown", "plan.notice_in_the_future", "need.not_reviewed"),
)  # fmt: skip
async def post_notice(call: Call[PostNotice]) -> Ask:
    """The plan hangs in the village once the needs behind it are reviewed (art. 45); payments for the person may be
    approved from then on. Posted again it hangs for the needs that widened it since.
    """
    posted_on, plan_id = call.body.posted_on, call.path_id("plan_id")
    behind = notices.steps(call, posted_on, await notices.needs_of(call, plan_id))
    return ask_plan(call, plan.PostNotice(posted_on=posted_on, role=call.caller.role, at=call.at), *behind)


@routes.post(
    "/v1/plans/{plan_id}/agreement", body=AgreePlan, answer=PlanState,
    summary="签字同意服务方案 Sign the plan",
    refusals=("plan.unknown", "plan.signed_in_the_future", "plan.guardian_must_sign", "plan.guardian_not_able",
              "plan.guardian_needs_a_reason"),
)  # fmt: skip
async def agree_plan(call: Call[AgreePlan]) -> Ask:
    """The person agrees, or the guardian of a minor or of who is found unable (paper 001, part (4) item 1)."""
    body = call.body
    command = plan.Agree(
        signed_by=body.signed_by,
        signed_on=body.signed_on,
        digest=body.document_sha256,
        reason_code=body.reason_code or "",
        at=call.at,
    )
    return ask_plan(call, command)


@routes.post(
    "/v1/plans/{plan_id}/start", body=StartPlan, answer=PlanState,
    summary="开始服务 Start the plan",
    refusals=("plan.unknown", "plan.already_started", "plan.starts_too_far_away", "plan.ended", "policy.none",
              "plan.notice_missing", "plan.agreement_missing", "plan.another_plan_runs"),
    guarded="plan_id",
)  # fmt: skip
async def start_plan(call: Call[StartPlan]) -> Ask:
    """After the notice, unless the need was urgent. Orders open at once if the month has begun, else when it begins."""
    return ask_plan(call, plan.Start(from_day=call.body.from_day, at=call.at))


@routes.post(
    "/v1/plans/{plan_id}/stop", body=StopPlan, answer=PlanState, summary="停止服务 Stop the plan",
    refusals=(
        "plan.unknown", "plan.ended", "plan.stops_before_it_starts", "plan.stop_needs_hearing_and_notice"
    ),
    guarded="plan_id",
)  # fmt: skip
async def stop_plan(call: Call[StopPlan]) -> Ask:
    """The plan ends with a day; orders for later days are cancelled now, what is left when the day is over."""
    body = call.body
    command = plan.Stop(
        last_day=body.last_day,
        reason_code=body.reason_code,
        heard_on=body.heard_on,
        notified_on=body.notified_on,
        at=call.at,
    )
    return ask_plan(call, command)


def ask_plan(call: Call[Any], command: plan.Command, *further: Step) -> Ask:
    """Ask it of the plan that the path names."""
    step = Step(decider=plan.decider, stream=call.path_id("plan_id"), command=command, permit=call.judged(_facts))
    return call.ask(step, *further, answer=plan_state)


def _facts(state: plan.Plan | None) -> Thing | None:
    return Thing(township=state.township) if state else None


def plan_state(outcomes: tuple[Outcome, ...]) -> PlanState:
    """The answer to whatever was asked of a plan."""
    state: plan.Plan = outcomes[0].state
    return PlanState(
        id=outcomes[0].stream,
        notice_on=state.notice_on,
        from_day=state.life.begins_on if state.started else None,
        opened=state.opened,
    )


routes.page(
    "/v1/plans", row=PlanRow, township="township",
    filters={
        "person": UUID, "township": str, "village": str, "state": str, "provider": UUID, "stale": bool,
        "entitled": bool, "urgent": bool,
    },
    sql="select id, person, township, village, state, from_day, ends_on, notice_on, provider, opened, urgent,"
        " agreed_on, refreshed_on, refresh_due, stale, entitled, suspended_from, suspended_to,"
        f" {VERSION} from plans shown where county = $1",
    order=("id",), summary="服务方案 Plans",
    sorts={"township": ("township", "village", "id")},
)  # fmt: skip


@routes.get("/v1/plans/{plan_id}", answer=PlanAnswer, summary="服务方案 A plan", stream="plan_id")
async def one_plan(call: Call[None]) -> dict[str, Any] | None:
    """A plan with its items."""
    return await one_row(call, "select * from plans where county = $1 and id = $2", call.path_id("plan_id"), "items")
