"""Routes of care plans: notice, start, stop."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from chassis.http import Body, Call, Day, Routes, Thing
from chassis.service import Ask, Outcome, Step
from services.orders.api import notices
from services.orders.api.shapes import VERSION, Code, PlannedItem, one_row
from services.orders.domain import plan

routes = Routes(tag="plans")


class PostNotice(Body):
    """The day the notice was posted in the village."""

    posted_on: Day


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


class PlanAnswer(PlanRow):
    """A plan with its items."""

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
    return _ask(call, plan.PostNotice(posted_on=posted_on, role=call.caller.role, at=call.at), *behind)


@routes.post(
    "/v1/plans/{plan_id}/start", body=StartPlan, answer=PlanState,
    summary="开始服务 Start the plan",
    refusals=("plan.unknown", "plan.already_started", "plan.starts_too_far_away", "plan.ended", "policy.none"),
    guarded="plan_id",
)  # fmt: skip
async def start_plan(call: Call[StartPlan]) -> Ask:
    """Orders open at once if the month has begun, else when it begins."""
    return _ask(call, plan.Start(from_day=call.body.from_day, at=call.at))


@routes.post(
    "/v1/plans/{plan_id}/stop", body=StopPlan, answer=PlanState, summary="停止服务 Stop the plan",
    refusals=(
        "plan.unknown", "plan.ended", "plan.stops_before_it_starts", "plan.stop_needs_hearing_and_notice"
    ),
    guarded="plan_id",
)  # fmt: skip
async def stop_plan(call: Call[StopPlan]) -> Ask:
    """The plan ends; its open orders are cancelled."""
    body = call.body
    command = plan.Stop(
        last_day=body.last_day,
        reason_code=body.reason_code,
        heard_on=body.heard_on,
        notified_on=body.notified_on,
        at=call.at,
    )
    return _ask(call, command)


def _ask(call: Call[Any], command: plan.Command, *further: Step) -> Ask:
    step = Step(decider=plan.decider, stream=call.path_id("plan_id"), command=command, permit=call.judged(_facts))
    return call.ask(step, *further, answer=_state)


def _facts(state: plan.Plan | None) -> Thing | None:
    return Thing(township=state.township) if state else None


def _state(outcomes: tuple[Outcome, ...]) -> PlanState:
    state: plan.Plan = outcomes[0].state
    return PlanState(
        id=outcomes[0].stream,
        notice_on=state.notice_on,
        from_day=state.life.begins_on if state.started else None,
        opened=state.opened,
    )


routes.page(
    "/v1/plans", row=PlanRow, township="township",
    filters={"person": UUID, "township": str, "village": str, "state": str, "provider": UUID},
    sql="select id, person, township, village, state, from_day, ends_on, notice_on, provider, opened,"
        f" {VERSION} from plans shown where county = $1",
    order=("id",), summary="服务方案 Plans",
    sorts={"township": ("township", "village", "id")},
)  # fmt: skip


@routes.get("/v1/plans/{plan_id}", answer=PlanAnswer, summary="服务方案 A plan", stream="plan_id")
async def one_plan(call: Call[None]) -> dict[str, Any] | None:
    """A plan with its items."""
    return await one_row(call, "select * from plans where county = $1 and id = $2", call.path_id("plan_id"), "items")
