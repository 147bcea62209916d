"""Routes of the volunteer record 志愿服务记录: what a claimant did and the bureau verified; and the honour list."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Routes
from chassis.kernel import Rejected, Sealed
from chassis.service import Ask, Step
from services.charity.api.giving.shapes import WHO
from services.charity.domain import calendar, honour, policy
from services.charity.domain.masking import masked

routes = Routes(tag="volunteering")
HONOUR_LIST = "表彰名单公开"
Year = Annotated[int, Field(ge=2000, le=2999)]


class Entry(Body):
    """One claim: ``counted`` once verified, ``noted`` while it waits, ``void`` where the verification was undone."""

    claim_id: UUID
    order_id: UUID
    charity: UUID
    item: str
    pieces: int
    minutes: int
    day: date
    time: str
    standing: str


class ServiceRecord(Body):
    """The sums are of what counts; the entries are the latest thousand."""

    claimant: UUID
    deeds: int
    pieces: int
    minutes: int
    entries: list[Entry]


class AgreeToHonour(Body):
    """How to be shown on the honour list: by name, masked, or not at all."""

    shown: honour.Shown


class HonourRow(Body):
    """Who did how much in the year, as it wishes to be shown."""

    holder: str
    deeds: int
    minutes: int


class Honours(Body):
    """The honour list 表彰名单 of a year, most minutes first, at most five hundred."""

    year: int
    items: list[HonourRow]


RECORD = (
    "select * from service_entries where county = $1 and claimant = $2 and ($3::uuid is null or charity = $3)"
    " and standing <> 'sent_back' order by day desc, id limit 1000"
)
SUMS = (
    "select count(*) as deeds, coalesce(sum(pieces), 0) as pieces, coalesce(sum(minutes), 0) as minutes"
    " from service_entries where county = $1 and claimant = $2 and ($3::uuid is null or charity = $3)"
    " and standing = 'counted'"
)
HONOURED = (
    "select h.claimant, h.shown, h.masked, c.name_box, count(*) as deeds, sum(e.minutes) as minutes from honours h"
    " join service_entries e on e.county = h.county and e.claimant = h.claimant and e.standing = 'counted'"
    " and e.day between $2 and $3 left join claimants c on c.county = h.county and c.id = h.claimant"
    " where h.county = $1 and h.shown <> 'none' group by h.claimant, h.shown, h.masked, c.name_box"
    " having sum(e.minutes) >= $4 order by sum(e.minutes) desc, h.claimant limit 500"
)


def own_charity(call: Call[Any]) -> UUID | None:
    """A charity sees what was done for it; whoever else may look, all."""
    return UUID(call.caller.owner) if call.caller.role == "charity" and call.caller.owner else None


@routes.get(
    "/v1/claimants/{claimant_id}/service-record", answer=ServiceRecord,
    summary="志愿服务记录 The volunteer record of a claimant",
)  # fmt: skip
async def service_record(call: Call[None]) -> dict[str, Any] | None:
    """Of the claimant itself, the bureau and the auditor; a charity sees what was done for it."""
    claimant, charity = call.path_id("claimant_id"), own_charity(call)
    entries = await call.fetch(RECORD, call.county, claimant, charity)
    call.permit(owners=(claimant, charity if entries else None))
    if await call.fetchrow(WHO, call.county, claimant) is None:
        return None
    sums = await call.fetchrow(SUMS, call.county, claimant, charity)
    return {"claimant": claimant, "entries": entries, **(sums or {})}


@routes.post(
    "/v1/claimants/{claimant_id}/honour", body=AgreeToHonour, summary="同意列入表彰名单 Agree to the honour list",
    refusals=("claimant.unknown",),
)  # fmt: skip
async def agree_to_honour(call: Call[AgreeToHonour]) -> Ask:
    """The last word holds; nobody stands there who did not agree."""
    claimant = call.path_id("claimant_id")
    call.permit(owner=claimant)
    row = await call.fetchrow(WHO, call.county, claimant)
    if row is None:
        raise Rejected("claimant.unknown")
    opened = await call.vault.open(claimant, {"name": Sealed(box=row["name_box"])}, purpose="列入表彰名单")
    command = honour.Agree(claimant=claimant, shown=call.body.shown, masked=masked(opened["name"]), at=call.at)
    return call.ask(Step(decider=honour.decider, stream=honour.stream_of(claimant), command=command))


@routes.get(
    "/v1/honours", answer=Honours, filters={"year": Year}, required=("year",), summary="表彰名单 The honour list"
)
async def honours(call: Call[None]) -> dict[str, Any]:
    """Who agreed and did at least what the county asks for, by verified minutes; names only where it was wished."""
    call.permit()
    year = call.query["year"]
    in_force = policy.in_force(await call.policies(), calendar.day_of(call.at))
    least = in_force.giving.honour_minutes if in_force else 0
    rows = await call.fetch(HONOURED, call.county, date(year, 1, 1), date(year, 12, 31), least)
    return {"year": year, "items": [{**row, "holder": await _holder(call, row)} for row in rows]}


async def _holder(call: Call[None], row: dict[str, Any]) -> str:
    if row["shown"] != "named" or not row["name_box"]:
        return str(row["masked"])
    boxes = {"name": Sealed(box=row["name_box"])}
    return (await call.vault.open(row["claimant"], boxes, purpose=HONOUR_LIST))["name"]
