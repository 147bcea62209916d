"""What is read around visits, appointments and late reports: orders, workers, what clashes, by what each step asks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.service import Reading, Step
from services.providers.domain import appointment, late_report, visit
from services.providers.domain.reach import Point
from services.providers.views import proof_known
from services.providers.views.proof_known import Proof

ORDERS = (
    "select s.id, s.policy, s.person, s.item, s.township, s.village, s.window_from, s.window_to, s.status, s.provider,"
    " s.visit, p.latitude_udeg, p.longitude_udeg, a.attempt, a.wrong_tries, a.code_right,"
    " a.starts_at, a.status as appointed from searches s left join places p on p.county = s.county"
    " and p.code = s.village left join appointments a on a.county = s.county and a.order_id = s.id"
    " where s.county = $1 and s.id = any($2::uuid[])"
)
WORKERS = "select id, provider, left_on from workers where county = $1 and id = any($2::uuid[])"
SAME_PHOTOS = "select order_id, photos from visits_with_photos($1::text[])"
VISITS_OF_ORDERS = "select id, order_id, photos from visits where county = $1 and order_id = any($2::uuid[])"
SAME_TIME = (
    "select wanted.place, v.id from unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::timestamptz[])"
    " with ordinality as wanted (order_id, worker, started_at, ended_at, place) join visits v on v.county = $1"
    " and v.worker = wanted.worker and v.order_id <> wanted.order_id and v.started_at < wanted.ended_at"
    " and v.ended_at > wanted.started_at order by v.id"
)
BUSY = (
    "select wanted.place, a.id from unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::timestamptz[])"
    " with ordinality as wanted (order_id, worker, starts_at, ends_at, place) join appointments a on a.county = $1"
    " and a.worker = wanted.worker and a.order_id <> wanted.order_id and a.stands"
    " and a.status <> 'missed' and a.starts_at < wanted.ends_at and a.ends_at > wanted.starts_at"
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What one step is about: the order, the worker, from when to when, which photos; no time where none is meant."""

    order_id: UUID
    worker: UUID | None
    begins: datetime | None
    ends: datetime | None
    photos: tuple[str, ...] = ()
    told_at: datetime | None = None
    proof: Proof = proof_known.NOTHING


def asked_of(step: Step) -> Asked | None:
    """None for a command that needs to know nothing."""
    command = step.command
    match command:
        case visit.Report():
            return _reported(command)
        case visit.Supplement():
            return Asked(
                order_id=command.order_id,
                worker=command.worker,
                begins=command.started_at,
                ends=command.ended_at,
                photos=tuple(photo.sha256 for photo in command.evidence),
                told_at=command.at,
                proof=proof_known.asked(command),
            )
        case visit.Excuse():
            return Asked(
                order_id=command.order_id,
                worker=None,
                begins=command.started_at,
                ends=command.told_at,
                told_at=command.told_at,
            )
        case appointment.Schedule() | appointment.Reschedule():
            return Asked(
                order_id=command.order_id,
                worker=command.worker,
                begins=command.starts_at,
                ends=command.ends_at,
            )
        case appointment.TryCode():
            return Asked(order_id=command.order_id, worker=None, begins=None, ends=None)
        case late_report.File():
            return Asked(order_id=command.report.order_id, worker=None, begins=None, ends=None)
        case late_report.Confirm():
            return Asked(
                order_id=command.order_id, worker=command.worker, begins=None, ends=None, photos=command.photos
            )
    return None


def _reported(command: visit.Report) -> Asked:
    begins, ends = visit.device.times(command)
    return Asked(
        order_id=command.order_id,
        worker=command.worker,
        begins=begins,
        ends=ends,
        photos=(*command.photos, *(photo.sha256 for photo in command.evidence)),
        told_at=command.told_at or command.at,
        proof=proof_known.asked(command),
    )


async def orders_of(read: Reading, asked: Sequence[Asked]) -> dict[UUID, Any]:
    if not asked:
        return {}
    return {row["id"]: row for row in await read.fetch(ORDERS, read.county, [one.order_id for one in asked])}


async def workers_of(read: Reading, ids: Sequence[UUID]) -> dict[UUID | None, Any]:
    return {row["id"]: row for row in await read.fetch(WORKERS, read.county, ids)} if ids else {}


async def at_the_same_time(read: Reading, asked: Sequence[Asked], query: str) -> dict[int, list[UUID]]:
    """By place in ``asked``, counted from 1: what the worker does elsewhere at the same time."""
    timed = [(place, one) for place, one in enumerate(asked, 1) if one.worker and one.begins and one.ends]
    if not timed:
        return {}
    columns = zip(*((one.order_id, one.worker, one.begins, one.ends) for _, one in timed), strict=True)
    found: dict[int, list[UUID]] = {}
    for row in await read.fetch(query, read.county, *(list(column) for column in columns)):
        place, _ = timed[row["place"] - 1]
        found.setdefault(place, []).append(row["id"])
    return found


async def visits_by_photo(read: Reading, hashes: set[str]) -> dict[str, list[tuple[UUID, UUID]]]:
    """Which visits, with their orders, a photo was told for."""
    told = await read.fetch(SAME_PHOTOS, sorted(hashes)) if hashes else []
    found: dict[str, list[tuple[UUID, UUID]]] = {}
    if told:
        for row in await read.fetch(VISITS_OF_ORDERS, read.county, [row["order_id"] for row in told]):
            for photo in json.loads(row["photos"]):
                found.setdefault(photo, []).append((row["order_id"], row["id"]))
    return found


def point_of(row: Any) -> Point | None:
    if row["latitude_udeg"] is None:
        return None
    return Point(latitude_udeg=row["latitude_udeg"], longitude_udeg=row["longitude_udeg"])
