"""What exceptions and outages may know, and what a visit's checks look up besides: the worker's other visits, outages,
the worker's papers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from chassis.service import Reading, Step, Timely
from services.providers.domain import exception, outage, visit
from services.providers.domain.reach import Point
from services.providers.domain.visit.platform import Outage

OF_VISITS = (
    "select e.id, v.reported_by, v.inspected, v.supplements from exceptions e"
    " join visits v on v.county = e.county and v.id = e.visit_id where e.county = $1 and e.id = any($2::uuid[])"
)
AROUND = 9
"""So many visits of the worker to each side: as many as the longest run a county may ask for needs."""
NEARBY = (
    "select wanted.place, v.id, v.person, v.started_at, v.ended_at, v.minutes, p.latitude_udeg, p.longitude_udeg,"
    " coalesce((t.times ->> v.region)::int, (u.times ->> wanted.region)::int) as travel_minutes"
    " from unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::text[]) with ordinality"
    " as wanted (order_id, worker, started_at, region, place) cross join lateral ("
    f" (select * from visits where county = $1 and worker = wanted.worker and started_at <= wanted.started_at"
    f" and order_id <> wanted.order_id order by started_at desc limit {AROUND}) union all"
    f" (select * from visits where county = $1 and worker = wanted.worker and started_at > wanted.started_at"
    f" and order_id <> wanted.order_id order by started_at limit {AROUND})) v"
    " left join places p on p.county = $1 and p.code = v.region"
    " left join travel_times t on t.county = $1 and t.place = wanted.region"
    " left join travel_times u on u.county = $1 and u.place = v.region order by v.started_at, v.id"
)
OUTAGES = (
    "select down, from_at, to_at from outages where county = $1 and from_at < $3 and to_at > $2 order by from_at, id"
)
PAPERS = "select id, qualifications, certificates, trainings from workers where county = $1 and id = any($2::uuid[])"
AFFECTED = (
    "select v.id, v.order_id, v.started_at,"
    " v.ended_at + make_interval(mins => v.reported_after_minutes) as told_at from visits v"
    " where v.county = $1 and v.exceptions <> '[]' and v.started_at < $3::timestamptz"
    " and v.started_at > $2::timestamptz - interval '90 days'"
    " and v.ended_at + make_interval(mins => v.reported_after_minutes) > $2 and ($4::uuid is null or v.id > $4::uuid)"
    f" order by v.id limit {outage.PAGE}"
)
OUTAGE = "select from_at, to_at, through from outages where county = $1 and id = $2"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A visit whose surroundings are looked up: where the worker was when, and until when it was told."""

    order_id: UUID
    worker: UUID | None
    region: str
    begins: datetime
    told_at: datetime


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What was looked up for a visit."""

    nearby: tuple[visit.Nearby, ...] = ()
    outages: tuple[Outage, ...] = ()
    papers: visit.Papers | None = None


NOTHING = Surroundings()


async def of_exceptions(read: Reading, steps: Sequence[Step]) -> Sequence[exception.Known]:
    """The policies; for a decision what was added to the visit since."""
    adopted = await read.policies()
    asked = [step.stream for step in steps if isinstance(step.command, exception.Resolve)]
    rows = {row["id"]: row for row in await read.fetch(OF_VISITS, read.county, asked)} if asked else {}
    return [_known(adopted, rows.get(step.stream)) for step in steps]


def _known(adopted: tuple[Any, ...], row: Any) -> exception.Known:
    if row is None:
        return exception.Known(policies=adopted)
    supplements = [datetime.fromisoformat(one["at"]) for one in json.loads(row["supplements"])]
    inspected = json.loads(row["inspected"])
    return exception.Known(
        policies=adopted,
        supplemented_at=max(supplements, default=None),
        found_served_at=datetime.fromisoformat(inspected["at"]) if inspected.get("accepted") else None,
        reported_by=row["reported_by"],
    )


async def of_outages(read: Reading, steps: Sequence[Step]) -> Sequence[outage.Known]:
    """The next page of visits around each outage that is looked at."""
    return [await _page(read, step) if isinstance(step.command, Timely) else outage.Known() for step in steps]


async def _page(read: Reading, step: Step) -> outage.Known:
    rows = await read.fetch(OUTAGE, read.county, step.stream)
    if not rows:
        return outage.Known()
    row = rows[0]
    found = await read.fetch(AFFECTED, read.county, row["from_at"], row["to_at"], row["through"])
    return outage.Known(
        affected=tuple(
            outage.Affected(
                visit=one["id"], order_id=one["order_id"], started_at=one["started_at"], told_at=one["told_at"]
            )
            for one in found
        )
    )


async def surroundings(read: Reading, wanted: Sequence[Wanted], judged: bool) -> dict[UUID, Surroundings]:
    """By order; without the pack's section only outages count."""
    if not wanted:
        return {}
    down = await _outages(read, wanted)
    others = await _nearby(read, wanted) if judged else {}
    shown = await _papers(read, [one.worker for one in wanted if one.worker]) if judged else {}
    return {
        one.order_id: Surroundings(
            nearby=tuple(others.get(one.order_id, ())),
            outages=down,
            papers=shown.get(one.worker) if one.worker else None,
        )
        for one in wanted
    }


async def _nearby(read: Reading, wanted: Sequence[Wanted]) -> dict[UUID, list[visit.Nearby]]:
    """By order: the worker's other visits around it. Two reports of one order are never decided in one batch."""
    asked = [(one.order_id, one.worker, one.begins, one.region) for one in wanted if one.worker]
    if not asked:
        return {}
    found: dict[UUID, list[visit.Nearby]] = {}
    for row in await read.fetch(NEARBY, read.county, *(list(column) for column in zip(*asked, strict=True))):
        found.setdefault(asked[row["place"] - 1][0], []).append(_other(row))
    return found


def _other(row: Any) -> visit.Nearby:
    point = None
    if row["latitude_udeg"] is not None:
        point = Point(latitude_udeg=row["latitude_udeg"], longitude_udeg=row["longitude_udeg"])
    return visit.Nearby(
        visit=row["id"],
        person=row["person"],
        village=point,
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        minutes=row["minutes"],
        travel_minutes=row["travel_minutes"],
    )


async def _outages(read: Reading, wanted: Sequence[Wanted]) -> tuple[Outage, ...]:
    """All that lie between the first beginning and the last telling; there are few."""
    first, last = min(one.begins for one in wanted), max(one.told_at for one in wanted)
    rows = await read.fetch(OUTAGES, read.county, first, last + timedelta(microseconds=1))
    return tuple(Outage(down=row["down"], from_at=row["from_at"], to_at=row["to_at"]) for row in rows)


async def _papers(read: Reading, workers: Sequence[UUID]) -> dict[UUID, visit.Papers]:
    """What each worker has shown and learned."""
    if not workers:
        return {}
    return {row["id"]: _shown(row) for row in await read.fetch(PAPERS, read.county, list(workers))}


def _shown(row: Any) -> visit.Papers:
    return visit.Papers(
        told=frozenset(json.loads(row["qualifications"])),
        certificates=tuple(
            (one["code"], date.fromisoformat(one["valid_from"]), _day(one["valid_to"]))
            for one in json.loads(row["certificates"])
        ),
        courses=tuple(
            (date.fromisoformat(one["day"]), date.fromisoformat(one["valid_to"]), one["hours"])
            for one in json.loads(row["trainings"])
        ),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
