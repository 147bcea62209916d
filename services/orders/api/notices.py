"""Routes of the notice in the village: posted once the needs behind a plan are reviewed, read as it hangs on a day."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from chassis.http import Body, Call, Routes
from chassis.kernel import Sealed
from chassis.service import Step
from chassis.vault import Erased
from services.orders.domain import need, notice
from services.orders.domain.days import business_day
from services.orders.domain.policy import in_force

routes = Routes(tag="notices")
PURPOSE = "村务公示"
"""Why the names are opened; every read of the notice leaves a trace."""
HANGING = """
select b.id as person, b.service_number, b.name_box, b.born, n.items, n.notice_on, n.notice_to, p.from_day, p.ends_on
from needs n
join plans p on p.county = n.county and p.id = n.plan_id
join beneficiaries b on b.county = n.county and b.id = n.person
where n.county = $1 and n.village = $2 and n.notice_on <= $3
  and coalesce(n.notice_to, p.ends_on, $3) >= $3
order by b.number, n.notice_on, n.id
"""


class NoticeEntry(Body):
    """A person on the notice: the name masked, which groups of services, from when, and how long it hangs."""

    masked: str
    groups: list[str]
    from_day: date | None
    posted_on: date
    until: date | None


class VillageNotice(Body):
    """The notice as it hangs on ``day``; minors are a number. ``text`` is for printing."""

    village: str
    day: date
    entries: list[NoticeEntry]
    minors: int
    text: str


def steps(call: Call[Any], posted_on: date, needs: Iterable[UUID]) -> tuple[Step, ...]:
    """That the notice about each of ``needs`` hangs: refused where one of them is not reviewed."""
    command = need.HangNotice(posted_on=posted_on, by=call.caller.subject, at=call.at)
    return tuple(Step(decider=need.decider, stream=one, command=command) for one in needs)


async def needs_of(call: Call[Any], plan_id: UUID) -> list[UUID]:
    """The needs that a plan meets."""
    sql = "select id from needs where county = $1 and plan_id = $2 order by number"
    return [row["id"] for row in await call.fetch(sql, call.county, plan_id)]


@routes.get(
    "/v1/villages/{village}/notice", answer=VillageNotice, filters={"day": date}, scope="personal.read",
    summary="村级公示（遮盖姓名，留痕） The village's notice; the read is logged",
)  # fmt: skip
async def village_notice(call: Call[None]) -> dict[str, Any] | None:
    """What hangs in the village on a day (art. 45): masked, expiring, minors only counted."""
    village = call.path["village"]
    if not (village.isascii() and village.isdigit() and len(village) == 12):
        return None
    call.permit(township=village[:9])
    day = call.query.get("day") or business_day(call.at)
    groups = in_force(await call.policies(), day).needs.group_of
    rows = await call.fetch(HANGING, call.county, village, day)
    names = {row["person"]: await _name(call, row) for row in rows if not notice.is_minor(row["born"], day)}
    hanging = [_posted(row, names.get(row["person"], ""), groups) for row in rows]
    told = notice.of_a_village(village, day, hanging)
    return {**asdict(told), "text": told.text}


def _posted(row: Mapping[str, Any], name: str, groups: Mapping[str, str]) -> notice.Posted:
    return notice.Posted(
        person=row["person"],
        name=name,
        born=row["born"],
        groups=notice.groups_of((each["item"] for each in json.loads(row["items"])), groups),
        from_day=row["from_day"],
        posted_on=row["notice_on"],
        until=row["notice_to"] or row["ends_on"],
    )


async def _name(call: Call[None], row: Mapping[str, Any]) -> str:
    """Empty where the person's key is destroyed."""
    try:
        opened = await call.vault.open(row["person"], {"name": Sealed(box=row["name_box"])}, purpose=PURPOSE)
    except Erased:
        return ""
    return opened["name"]
