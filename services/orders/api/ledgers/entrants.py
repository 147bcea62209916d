"""Entrants of a month 新纳入对象跟进: who came under a category, and whether their needs have been asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Routes
from services.orders.api.ledgers.shared import Month, policy_of, today
from services.orders.domain.entry import FollowUp, followed
from services.orders.views.ledgers.entrants import first_needs

routes = Routes(tag="ledgers")


class EntrantRow(Body):
    """An entrant: ``days`` are those from the entry to the decision on the first need, or until today."""

    id: Annotated[UUID, Field(title="编号 Id")]
    service_number: Annotated[str, Field(title="服务号 Service number")]
    township: Annotated[str, Field(title="乡镇 Township")]
    village: Annotated[str, Field(title="村 Village")]
    entered_on: Annotated[date, Field(title="纳入日 Entered on")]
    need_id: Annotated[UUID | None, Field(title="需求 Need")]
    need_state: Annotated[str | None, Field(title="需求状态 Need is")]
    state: Annotated[FollowUp, Field(title="跟进 Follow-up")]
    days: Annotated[int, Field(title="天数 Days")]
    due_on: Annotated[date, Field(title="期限 Due on")]
    overdue: Annotated[bool, Field(title="逾期 Overdue")]


async def _followed(call: Call[None], people: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    policy, day = await policy_of(call, today(call)), today(call)
    needs = await first_needs(call, {person["id"]: person["entered_on"] for person in people})
    return [_row(person, needs.get(person["id"], {}), policy.ledgers.follow_up_days, day) for person in people]


def _row(person: Mapping[str, Any], need: Mapping[str, Any], within_days: int, day: date) -> dict[str, Any]:
    entered, died = person["entered_on"], person["died_on"]
    how = followed(entered, need.get("registered_on"), need.get("decided_on"), died, day, within_days)
    return {
        **person, "need_id": need.get("need_id"), "need_state": need.get("need_state"), "state": how.state,
        "days": how.days, "due_on": how.due_on, "overdue": how.overdue,
    }  # fmt: skip


routes.page(
    "/v1/entrants", row=EntrantRow, order=("number",), township="township",
    filters={"month": Month, "township": str, "village": str},
    sql="select id, number, service_number, township, village, entered_on, died_on, entered as month"
        " from beneficiaries where county = $1",
    filled=_followed, required=("month",), files="entrants", refusals=("policy.none",),
    summary="当月新纳入对象跟进 Entrants of a month and their follow-up",
)  # fmt: skip
