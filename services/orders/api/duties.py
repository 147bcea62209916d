"""Routes of duties: who answers for regular contact with whom, and which months are due, done, overdue."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Routes, Thing
from chassis.kernel import Rejected
from chassis.service import Ask, Outcome, Step
from services.orders.api.shapes import VERSION, Subject, one_row
from services.orders.domain import duty

routes = Routes(tag="duties")
Month = Annotated[str, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$", max_length=7)]


class AssignDuty(Body):
    """Who answers for the person from today on, by sign-in name."""

    responsible: Subject


class DutyState(Body):
    """The duty now."""

    id: UUID
    version: int
    person: UUID
    covered: bool
    responsible: str


class DutyRow(Body):
    """A duty in a list; ``assigned`` false: nobody answers. ``since``: the first day, null under no duty now."""

    id: UUID
    version: int
    person: UUID
    township: str
    village: str
    covered: bool
    assigned: bool
    responsible: str
    assigned_on: date | None
    since: date | None


class DueRow(Body):
    """A person's month: ``had`` of ``needed`` contacts; ``late``: kept only by a record told after the month."""

    id: UUID
    month: str
    person: UUID
    township: str
    village: str
    responsible: str
    needed: int
    had: int
    state: str
    late: bool
    reminded: bool
    last_on: date | None


class TownshipCount(Body):
    """People of one township by how the month stands for them."""

    township: str
    due: int
    done: int
    overdue: int
    lapsed: int


class Summary(Body):
    """A month by township."""

    month: str
    townships: list[TownshipCount]


@routes.post(
    "/v1/duties/{duty_id}/responsible", body=AssignDuty, answer=DutyState,
    summary="确定探视责任人 Name who answers for a person",
    refusals=("duty.unknown", "duty.not_covered"), guarded="duty_id",
)  # fmt: skip
async def assign_duty(call: Call[AssignDuty]) -> Ask:
    """A named person answers for contact with each person under the duty (paper 002; paper 004, part 2 (2) item 3)."""
    command = duty.Assign(responsible=call.body.responsible, by=call.caller.subject, at=call.at)
    stream = call.path_id("duty_id")
    return call.ask(
        Step(decider=duty.decider, stream=stream, command=command, permit=call.judged(_facts)), answer=_state
    )


def _facts(state: duty.Duty | None) -> Thing | None:
    return Thing(township=state.facts.township) if state else None


def _state(outcomes: tuple[Outcome, ...]) -> DutyState:
    state: duty.Duty = outcomes[0].state
    return DutyState(
        id=outcomes[0].stream,
        version=outcomes[0].version,
        person=state.facts.person,
        covered=state.covered,
        responsible=state.responsible,
    )


routes.page(
    "/v1/duties", row=DutyRow, township="township",
    filters={
        "township": str, "village": str, "person": UUID, "responsible": str, "covered": bool, "assigned": bool,
    },
    sql="select id, person, township, village, covered, assigned, responsible, assigned_on, since,"
        f" {VERSION} from duties shown where county = $1",
    order=("township", "village", "id"), summary="探视责任 Duties",
)  # fmt: skip


@routes.get("/v1/duties/{duty_id}", answer=DutyRow, summary="探视责任 A duty", stream="duty_id")
async def one_duty(call: Call[None]) -> dict[str, Any] | None:
    """Who answers for a person."""
    return await one_row(call, "select * from duties where county = $1 and id = $2", call.path_id("duty_id"))


routes.page(
    "/v1/contacts/due", row=DueRow, township="township",
    filters={
        "month": Month, "township": str, "village": str, "person": UUID, "responsible": str, "state": str,
        "late": bool,
    },
    sql="select id, month, person, township, village, responsible, needed, had, state, late, reminded, last_on"
        " from duty_months where county = $1",
    order=("month", "township", "village", "id"), newest_first=True, summary="每月走访：应访、已访、逾期 Months due",
)  # fmt: skip


@routes.get(
    "/v1/contacts/summary", answer=Summary, filters={"month": Month}, required=("month",),
    summary="每月走访汇总 A month by township",
)  # fmt: skip
async def contact_summary(call: Call[None]) -> dict[str, Any]:
    """How many people of each township are due, done, overdue or no more under the duty in a month."""
    reach = call.reach()
    if reach.township is None:
        raise Rejected("forbidden.township")
    rows = await call.fetch(
        "select township, count(*) filter (where state = 'due') as due, count(*) filter (where state = 'done') as done,"
        " count(*) filter (where state = 'overdue') as overdue, count(*) filter (where state = 'lapsed') as lapsed"
        " from duty_months where county = $1 and month = $2 and ($3 = '' or township = $3)"
        " group by township order by township",
        call.county,
        call.query["month"],
        reach.township,
    )
    return {"month": call.query["month"], "townships": rows}
