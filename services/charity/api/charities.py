"""Routes of charities: registered, amended, suspended and struck off by the bureau; who acts for them; their record."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Day, Routes
from chassis.service import Ask, Step
from services.charity.api.shapes import Code, Line, Reason, Township
from services.charity.domain import charity

routes = Routes(tag="registers")
Regions = Annotated[tuple[Township, ...], Field(max_length=100)]
Subject = Annotated[str, Field(pattern=r"^[!-~]{1,128}$")]
CHANGED = ("charity.unknown", "charity.removed")
ROW = (
    "select id, name, credit_code, status, array(select jsonb_array_elements_text(regions)) as regions, until"
    " from charities where county = $1"
)
RECORD = """
with referred as (
  select l.status, l.accepted_at is not null as accepted, l.published_at is not null as published, l.fulfilled
  from love_orders l where l.county = $1 and l.charity = $2
  union all
  select p.status, p.accepted, p.published, p.fulfilled from love_orders l
  cross join lateral jsonb_to_recordset(l.past)
    as p(charity uuid, status text, accepted boolean, published boolean, fulfilled integer)
  where l.county = $1 and l.past @> jsonb_build_array(jsonb_build_object('charity', $2::text)) and p.charity = $2
)
select count(*) as referred, count(*) filter (where accepted) as accepted,
  count(*) filter (where published) as published, count(*) filter (where fulfilled > 0) as fulfilled,
  coalesce(sum(fulfilled), 0)::bigint as pieces, count(*) filter (where status = 'lapsed') as lapsed,
  count(*) filter (where status = 'declined') as declined from referred
"""


class RegisterCharity(Body):
    """A charity with its unified social credit code 统一社会信用代码; no ``regions``: the whole county."""

    name: Line
    credit_code: Annotated[str, Field(pattern=r"^[0-9A-Z]{18}$")]
    regions: Regions = ()


class AmendCharity(Body):
    """What is not named stays; no regions: the whole county."""

    name: Line | None = None
    regions: Regions | None = None


class SuspendCharity(Body):
    """Nothing new goes to it through ``until``, or until further notice; the ``reason`` is sealed."""

    until: Day | None = None
    reason_code: Code
    reason: Reason


class RemoveCharity(Body):
    """It is struck off; the ``reason`` is sealed."""

    reason_code: Code
    reason: Reason


class NamePerson(Body):
    """Who acts for the charity, by the name they sign in under; both days inclusive."""

    subject: Subject
    from_day: Day
    to_day: Day | None = None


class EndPerson(Body):
    """The last day on which somebody acts for it."""

    subject: Subject
    to_day: Day


class CharityRow(Body):
    """A charity; ``until`` is the last day of a suspension."""

    id: UUID
    name: str
    credit_code: str
    status: str
    regions: list[str]
    until: date | None


class CharityRecord(CharityRow):
    """A charity and what became of what was referred to it: love orders, and ``pieces`` done."""

    referred: int
    accepted: int
    published: int
    fulfilled: int
    pieces: int
    lapsed: int
    declined: int


class ActingPerson(Body):
    """Somebody who acts for a charity."""

    subject: str
    from_day: date
    to_day: date | None


class ActingPeople(Body):
    """Everybody whom a charity has named."""

    items: list[ActingPerson]


@routes.post(
    "/v1/charities", body=RegisterCharity, status=201, summary="登记慈善组织 Register a charity",
    refusals=("charity.credit_code_wrong", "charity.registered_already"),
)  # fmt: skip
async def register_charity(call: Call[RegisterCharity]) -> Ask:
    """Enter a charity, once for each credit code."""
    command = charity.Register(**dict(call.body), at=call.at)
    stream = charity.stream_of(call.county, call.body.credit_code)
    return call.ask(Step(decider=charity.decider, stream=stream, command=command))


@routes.post(
    "/v1/charities/{charity_id}/amendment", body=AmendCharity, guarded="charity_id",
    summary="变更慈善组织登记 Amend a charity", refusals=CHANGED,
)  # fmt: skip
async def amend_charity(call: Call[AmendCharity]) -> Ask:
    """Another name, other townships."""
    return _ask(call, charity.Amend(**dict(call.body), at=call.at))


@routes.post(
    "/v1/charities/{charity_id}/suspension", body=SuspendCharity, guarded="charity_id",
    summary="暂停转介 Suspend a charity", refusals=(*CHANGED, "charity.day_is_past"),
)  # fmt: skip
async def suspend_charity(call: Call[SuspendCharity]) -> Ask:
    """What would be referred to it goes back by itself; what it has published goes on."""
    body = call.body
    reason = (await call.vault.seal(call.path_id("charity_id"), {"suspension": body.reason}))["suspension"]
    command = charity.Suspend(
        until=body.until, reason_code=body.reason_code, reason=reason, by=call.caller.subject, at=call.at
    )
    return _ask(call, command)


@routes.post(
    "/v1/charities/{charity_id}/reinstatement", guarded="charity_id",
    summary="恢复转介 Lift a charity's suspension", refusals=CHANGED,
)  # fmt: skip
async def reinstate_charity(call: Call[None]) -> Ask:
    """It may take love orders again."""
    return _ask(call, charity.Reinstate(by=call.caller.subject, at=call.at))


@routes.post(
    "/v1/charities/{charity_id}/removal", body=RemoveCharity, guarded="charity_id",
    summary="移出名录 Strike a charity off", refusals=CHANGED,
)  # fmt: skip
async def remove_charity(call: Call[RemoveCharity]) -> Ask:
    """For good; what it has published goes on."""
    body = call.body
    reason = (await call.vault.seal(call.path_id("charity_id"), {"removal": body.reason}))["removal"]
    return _ask(call, charity.Remove(reason_code=body.reason_code, reason=reason, by=call.caller.subject, at=call.at))


@routes.post(
    "/v1/charities/{charity_id}/people", body=NamePerson, summary="登记经办人 Name who acts for a charity",
    refusals=(*CHANGED, "charity.ends_before_it_begins"),
)  # fmt: skip
async def name_person(call: Call[NamePerson]) -> Ask:
    """Once a charity has named somebody, nobody else acts for it."""
    call.permit(owner=call.path_id("charity_id"))
    return _ask(call, charity.NamePerson(**dict(call.body), by=call.caller.subject, at=call.at))


@routes.post(
    "/v1/charities/{charity_id}/people-end", body=EndPerson, summary="终止经办人 End who acts for a charity",
    refusals=(*CHANGED, "charity.nobody_of_that_name"),
)  # fmt: skip
async def end_person(call: Call[EndPerson]) -> Ask:
    """Somebody acts for it no more."""
    call.permit(owner=call.path_id("charity_id"))
    return _ask(call, charity.EndPerson(**dict(call.body), by=call.caller.subject, at=call.at))


def _ask(call: Call[Any], command: Any) -> Ask:
    stream = call.path_id("charity_id")
    return call.ask(Step(decider=charity.decider, stream=stream, command=command, expected=call.expected))


routes.page(
    "/v1/charities", row=CharityRow, sql=ROW, order=("name", "id"), filters={"status": str},
    summary="慈善组织名录 Charities",
)  # fmt: skip


@routes.get(
    "/v1/charities/{charity_id}", answer=CharityRecord, stream="charity_id", elsewhere=True,
    summary="慈善组织及其承接情况 A charity and its record",
)  # fmt: skip
async def one_charity(call: Call[None]) -> dict[str, Any] | None:
    """Public: what was referred to it, and what became of it, by whichever charity it was done in the end."""
    stream = call.path_id("charity_id")
    row = await call.fetchrow(f"{ROW} and id = $2", call.county, stream)
    return row and {**row, **(await call.fetchrow(RECORD, call.county, stream) or {})}


@routes.get("/v1/charities/{charity_id}/people", answer=ActingPeople, summary="经办人名单 Who acts for a charity")
async def charity_people(call: Call[None]) -> dict[str, Any] | None:
    """For the charity itself, the bureau and the auditor."""
    stream = call.path_id("charity_id")
    call.permit(owner=stream)
    row = await call.fetchrow("select people from charities where county = $1 and id = $2", call.county, stream)
    return row and {"items": json.loads(row["people"])}
