"""What visits, appointments and late reports may know: the order, its appointment, the worker, what clashes.

A worker's time and a photo are read across streams, so whoever reads them shares a guard.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.service import Reading, Step
from services.providers.domain import appointment, late_report, policy, visit
from services.providers.domain.reach import Point
from services.providers.views import excepting, proof_known
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


def _asked(step: Step) -> Asked | None:
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


async def around_visits(read: Reading, steps: Sequence[Step]) -> Sequence[visit.Known | None]:
    """What bears on each visit besides itself; None where the order is not known here, or nothing is asked."""
    asked = [_asked(step) for step in steps]
    wanted = [one for one in asked if one is not None]
    if not wanted:
        return [None] * len(steps)
    orders = await _orders(read, wanted)
    workers = await _workers(read, [one.worker for one in wanted if one.worker])
    photos = await _visits_by_photo(read, {photo for one in wanted for photo in one.photos})
    elsewhere = await _at_the_same_time(read, wanted, SAME_TIME)
    adopted = await read.policies()
    surrounded = await _surroundings(read, wanted, orders, adopted)
    packs = [orders[one.order_id]["policy"] if one.order_id in orders else "" for one in wanted]
    rules = [policy.named(adopted, pack) if pack else None for pack in packs]
    proofs = await proof_known.around(read, [one.proof for one in wanted], rules)
    alike = await _visits_by_photo(read, {photo for proof in proofs for photo in proof.alike})
    plain = [
        _around(one, orders.get(one.order_id), workers.get(one.worker), photos, elsewhere.get(place, []), adopted)
        for place, one in enumerate(wanted, 1)
    ]
    found = iter(
        _proved(_surrounded(known, surrounded.get(one.order_id, excepting.NOTHING)), one, proof, alike)
        for known, one, proof in zip(plain, wanted, proofs, strict=True)
    )
    return [None if one is None else next(found) for one in asked]


async def _surroundings(
    read: Reading, wanted: Sequence[Asked], orders: Mapping[UUID, Any], adopted: Sequence[policy.Policy]
) -> dict[UUID, excepting.Surroundings]:
    timed = [
        excepting.Wanted(
            order_id=one.order_id,
            worker=one.worker,
            region=orders[one.order_id]["village"] or orders[one.order_id]["township"],
            begins=one.begins,
            told_at=one.told_at,
        )
        for one in wanted
        if one.begins and one.told_at and one.order_id in orders
    ]
    return await excepting.surroundings(read, timed, any(one.exceptions.judged for one in adopted))


def _surrounded(known: visit.Known | None, around: excepting.Surroundings) -> visit.Known | None:
    return known and replace(known, nearby=around.nearby, outages=around.outages, papers=around.papers)


def _around(
    asked: Asked,
    order: Any,
    sent: Any,
    photos: Mapping[str, list[tuple[UUID, UUID]]],
    elsewhere: Iterable[UUID],
    adopted: Sequence[policy.Policy],
) -> visit.Known | None:
    if order is None:
        return None
    told = {one for photo in asked.photos for order_id, one in photos.get(photo, []) if order_id != asked.order_id}
    clashes = [visit.Clash(visit=one, code="photo_reused") for one in sorted(told)]
    clashes += [visit.Clash(visit=one, code="overlap_worker") for one in elsewhere]
    return visit.Known(
        policy=policy.named(adopted, order["policy"]),
        window_from=order["window_from"],
        window_to=order["window_to"],
        village=_point(order),
        worker_provider=sent["provider"] if sent else None,
        worker_left_on=sent["left_on"] if sent else None,
        photo_reused=bool(told),
        worker_elsewhere=any(clash.code == "overlap_worker" for clash in clashes),
        person=order["person"],
        region=order["village"] or order["township"],
        attempt=order["attempt"] or 1,
        wrong_tries=order["wrong_tries"] or 0,
        code_right=bool(order["code_right"]),
        scheduled_for=order["starts_at"] if order["appointed"] in ("scheduled", "started", "missed") else None,
        clashes=tuple(clashes),
    )


def _proved(
    known: visit.Known | None, asked: Asked, proof: proof_known.Proved, visits: Mapping[str, list[tuple[UUID, UUID]]]
) -> visit.Known | None:
    """The same, with what is known of its pictures and of its packet."""
    if known is None:
        return None
    exact = {clash.visit for clash in known.clashes if clash.code == "photo_reused"}
    near = {one for photo in proof.alike for order_id, one in visits.get(photo, []) if order_id != asked.order_id}
    clashes = tuple(visit.Clash(visit=one, code="photo_alike") for one in sorted(near - exact))
    return replace(
        known,
        photos_alike=bool(clashes),
        clashes=(*known.clashes, *clashes),
        photos_unknown=proof.unknown,
        pictures=proof.pictures,
        sequence_gap=proof.gap,
    )


async def around_appointments(read: Reading, steps: Sequence[Step]) -> Sequence[appointment.Known | None]:
    """The order, the worker, and whether the worker is free then."""
    asked = [_asked(step) for step in steps]
    wanted = [one for one in asked if one is not None]
    if not wanted:
        return [None] * len(steps)
    orders = await _orders(read, wanted)
    workers = await _workers(read, [one.worker for one in wanted if one.worker])
    busy = await _at_the_same_time(read, wanted, BUSY)
    adopted = await read.policies()
    found = iter(
        _around_appointment(orders.get(one.order_id), workers.get(one.worker), place in busy, adopted)
        for place, one in enumerate(wanted, 1)
    )
    return [None if one is None else next(found) for one in asked]


def _around_appointment(
    order: Any, sent: Any, busy: bool, adopted: Sequence[policy.Policy]
) -> appointment.Known | None:
    if order is None:
        return None
    return appointment.Known(
        policy=policy.named(adopted, order["policy"]),
        provider=order["provider"] if order["status"] == "found" else None,
        person=order["person"],
        item=order["item"],
        township=order["township"],
        village=order["village"],
        window_from=order["window_from"],
        window_to=order["window_to"],
        visit=order["visit"],
        worker_provider=sent["provider"] if sent else None,
        worker_left_on=sent["left_on"] if sent else None,
        worker_busy=busy,
    )


async def around_late_reports(read: Reading, steps: Sequence[Step]) -> Sequence[late_report.Known | None]:
    """Who has the order, and where its village lies."""
    asked = [_asked(step) for step in steps]
    orders = await _orders(read, [one for one in asked if one is not None])
    return [_around_late_report(orders.get(one.order_id)) if one else None for one in asked]


def _around_late_report(order: Any) -> late_report.Known | None:
    if order is None:
        return None
    taken_by = order["provider"] if order["status"] == "found" else None
    return late_report.Known(provider=taken_by, township=order["township"], village=_point(order))


async def _orders(read: Reading, asked: Sequence[Asked]) -> dict[UUID, Any]:
    if not asked:
        return {}
    return {row["id"]: row for row in await read.fetch(ORDERS, read.county, [one.order_id for one in asked])}


async def _workers(read: Reading, ids: Sequence[UUID]) -> dict[UUID | None, Any]:
    return {row["id"]: row for row in await read.fetch(WORKERS, read.county, ids)} if ids else {}


async def _at_the_same_time(read: Reading, asked: Sequence[Asked], query: str) -> dict[int, list[UUID]]:
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


async def _visits_by_photo(read: Reading, hashes: set[str]) -> dict[str, list[tuple[UUID, UUID]]]:
    """Which visits, with their orders, a photo was told for."""
    told = await read.fetch(SAME_PHOTOS, sorted(hashes)) if hashes else []
    found: dict[str, list[tuple[UUID, UUID]]] = {}
    if told:
        for row in await read.fetch(VISITS_OF_ORDERS, read.county, [row["order_id"] for row in told]):
            for photo in json.loads(row["photos"]):
                found.setdefault(photo, []).append((row["order_id"], row["id"]))
    return found


def _point(row: Any) -> Point | None:
    if row["latitude_udeg"] is None:
        return None
    return Point(latitude_udeg=row["latitude_udeg"], longitude_udeg=row["longitude_udeg"])


def guards(step: Step) -> Iterable[str]:
    """A worker's time, a photo, an order's appointment."""
    asked = _asked(step)
    if asked is None:
        return
    yield f"order:{asked.order_id}"
    if asked.worker is not None:
        yield f"worker:{asked.worker}"
    yield from (f"photo:{photo}" for photo in asked.photos)
    if asked.proof.device is not None:
        yield f"device:{asked.proof.device}"
