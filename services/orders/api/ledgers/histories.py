"""One person's file in order 一人一档: what happened, what was given; and where a case stands, by service number."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Page, Routes
from chassis.http.cursors import bound_to, write
from chassis.http.paging import behind, page_size
from services.orders.api.ledgers.shared import today
from services.orders.api.shapes import covered
from services.orders.domain import steps
from services.orders.domain.standing import next_step
from services.orders.domain.whereabouts import WORDS, where
from services.orders.views.ledgers import histories

routes = Routes(tag="ledgers")


class HistoryRow(Body):
    """A step: of the person, a need, a plan or an order (``thing`` and its ``id``); ``facts`` are codes and days."""

    position: int
    at: datetime
    thing: str
    id: UUID
    event: str
    role: str
    facts: dict[str, str | int | bool]


class ServiceRow(Body):
    """How often somebody gave something between two days, in orders whose window ends there."""

    item: Annotated[str, Field(title="项目 Item")]
    kind: Annotated[str, Field(title="方式 Kind")]
    provider: Annotated[UUID | None, Field(title="提供者 By whom")]
    asked: Annotated[int, Field(title="应服务次数 Asked for")]
    served: Annotated[int, Field(title="已服务次数 Served")]
    accepted: Annotated[int, Field(title="合格次数 Accepted")]
    turned_down: Annotated[int, Field(title="不合格次数 Turned down")]
    units: Annotated[int, Field(title="合格数量 Units accepted")]
    last_on: Annotated[date | None, Field(title="最近一次 Last on")]


class Services(Body):
    """What a person was given."""

    items: list[ServiceRow]


class NeedStanding(Body):
    """A need: where it stands and what comes next."""

    number: int
    registered_on: date
    state: str
    urgent: bool
    next_step: str


class PlanStanding(Body):
    """The plan: since when, until when, posted when."""

    state: str
    notice_on: date | None
    from_day: date | None
    ends_on: date | None
    next_step: str


class OrderStanding(Body):
    """Where something that was asked for is: ``step`` a code, ``words`` what to say; never who gives or pays."""

    item: str
    asked_on: date
    step: str
    words: str


class Standing(Body):
    """Where a case stands (Social Assistance Law, art. 63); nothing of health, nothing that names anybody."""

    service_number: str
    needs: list[NeedStanding]
    plan: PlanStanding | None
    next_visit_from: date | None
    next_visit_to: date | None
    orders: list[OrderStanding]


@routes.get(
    "/v1/beneficiaries/{beneficiary_id}/history", answer=Page[HistoryRow], filters={"limit": int, "after": str},
    summary="一人一档：全部经过 Everything that happened, in order",
)  # fmt: skip
async def person_history(call: Call[None]) -> dict[str, Any] | None:
    """The person's own events and those of their needs, plans and orders, oldest first."""
    person = call.path_id("beneficiary_id")
    if not await _there(call, person):
        return None
    limit, bound = page_size(call), bound_to(call, {"person": person})
    after = behind(call, bound) or (0,)
    rows = await histories.history(call, person, after[0], limit + 1)
    more = len(rows) > limit
    told = [_step(call, row) for row in rows[:limit]]
    return {"items": told, "next": write(call, (rows[limit - 1]["position"],), bound) if more else None}


def _step(call: Call[None], row: Mapping[str, Any]) -> HistoryRow:
    event = call.running.codec.decode(row["topic"], row["state"])
    return HistoryRow(
        position=row["position"],
        at=row["recorded_at"],
        thing=row["thing"],
        id=row["id"],
        event=row["topic"].rpartition(".")[2],
        role=json.loads(row["metadata"])["role"],
        facts=steps.shown(event),
    )


@routes.get(
    "/v1/beneficiaries/{beneficiary_id}/services", answer=Services, files="services",
    filters={"from_day": date, "to_day": date}, required=("from_day", "to_day"),
    summary="接受救助服务情况表 Who was given what",
)  # fmt: skip
async def person_services(call: Call[None]) -> dict[str, Any] | None:
    """By item and who served (paper 001, part 4 (7): the table of services received belongs to the file)."""
    person = call.path_id("beneficiary_id")
    if not await _there(call, person):
        return None
    return {"items": await histories.services(call, person, call.query["from_day"], call.query["to_day"])}


@routes.get(
    "/v1/status", answer=Standing, filters={"service_number": str}, required=("service_number",),
    summary="办理进度查询 Where a case stands", refusals=("not_found",),
)  # fmt: skip
async def case_status(call: Call[None]) -> dict[str, Any] | None:
    """For whoever answers the person that asks: every need's stage, the plan, and when somebody comes next."""
    rows = await call.fetch(
        "select id, township, service_number from beneficiaries where county = $1 and service_number = $2",
        call.county,
        call.query["service_number"],
    )
    if not rows:
        return None
    person = rows[0]
    call.permit(township=person["township"])
    window = await histories.next_window(call, person["id"], today(call))
    return {
        "service_number": person["service_number"],
        "needs": await _needs(call, person["id"]),
        "plan": await _plan(call, person["id"]),
        "next_visit_from": window["window_from"] if window else None,
        "next_visit_to": window["window_to"] if window else None,
        "orders": await _orders(call, person["id"]),
    }


async def _orders(call: Call[None], person: UUID) -> list[dict[str, Any]]:
    """What is under way outside any plan, and what came to its end lately; a love order stays one through all turns."""
    told = []
    for row in await call.fetch(histories.SINGLE_ORDERS, call.county, person):
        step = where(row["state"], row["kind"], row["published_on"], row["pieces_accepted"])
        told.append({"item": row["item"], "asked_on": row["asked_on"], "step": step, "words": WORDS[step]})
    return told


async def _needs(call: Call[None], person: UUID) -> list[dict[str, Any]]:
    rows = await call.fetch(
        "select number, (registered_at at time zone 'Asia/Shanghai')::date as registered_on, state, urgent from needs"
        " where county = $1 and person = $2 order by number desc limit 50",
        call.county,
        person,
    )
    return [{**row, "next_step": next_step("need", row["state"])} for row in rows]


async def _plan(call: Call[None], person: UUID) -> dict[str, Any] | None:
    rows = await call.fetch(
        "select state, notice_on, from_day, ends_on from plans where county = $1 and person = $2"
        " order by ends_on desc nulls first, id limit 1",
        call.county,
        person,
    )
    if not rows:
        return None
    posted = "posted" if rows[0]["notice_on"] else "unposted"
    state = f"drawn_{posted}" if rows[0]["state"] == "drawn" else rows[0]["state"]
    return {**rows[0], "next_step": next_step("plan", state)}


async def _there(call: Call[None], person: UUID) -> bool:
    call.reach()
    await covered(call, "beneficiaries", person)
    return bool(await call.fetch("select from beneficiaries where county = $1 and id = $2", call.county, person))
