"""What visits, appointments and late reports may know: the order, its appointment, the worker, what clashes.

A worker's time and a photo are read across streams, so whoever reads them shares a guard.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from chassis.service import Reading, Step
from services.providers.domain import appointment, late_report, policy, visit
from services.providers.views import excepting, proof_known
from services.providers.views.visit_rows import (
    BUSY,
    SAME_TIME,
    Asked,
    asked_of,
    at_the_same_time,
    orders_of,
    point_of,
    visits_by_photo,
    workers_of,
)


async def around_visits(read: Reading, steps: Sequence[Step]) -> Sequence[visit.Known | None]:
    """What bears on each visit besides itself; None where the order is not known here, or nothing is asked."""
    asked = [asked_of(step) for step in steps]
    wanted = [one for one in asked if one is not None]
    if not wanted:
        return [None] * len(steps)
    orders = await orders_of(read, wanted)
    workers = await workers_of(read, [one.worker for one in wanted if one.worker])
    photos = await visits_by_photo(read, {photo for one in wanted for photo in one.photos})
    elsewhere = await at_the_same_time(read, wanted, SAME_TIME)
    adopted = await read.policies()
    surrounded = await _surroundings(read, wanted, orders, adopted)
    packs = [orders[one.order_id]["policy"] if one.order_id in orders else "" for one in wanted]
    rules = [policy.named(adopted, pack) if pack else None for pack in packs]
    proofs = await proof_known.around(read, [one.proof for one in wanted], rules)
    alike = await visits_by_photo(read, {photo for proof in proofs for photo in proof.alike})
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
        village=point_of(order),
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
    asked = [asked_of(step) for step in steps]
    wanted = [one for one in asked if one is not None]
    if not wanted:
        return [None] * len(steps)
    orders = await orders_of(read, wanted)
    workers = await workers_of(read, [one.worker for one in wanted if one.worker])
    busy = await at_the_same_time(read, wanted, BUSY)
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
    asked = [asked_of(step) for step in steps]
    orders = await orders_of(read, [one for one in asked if one is not None])
    return [_around_late_report(orders.get(one.order_id)) if one else None for one in asked]


def _around_late_report(order: Any) -> late_report.Known | None:
    if order is None:
        return None
    taken_by = order["provider"] if order["status"] == "found" else None
    return late_report.Known(provider=taken_by, township=order["township"], village=point_of(order))


def guards(step: Step) -> Iterable[str]:
    """A worker's time, a photo, an order's appointment."""
    asked = asked_of(step)
    if asked is None:
        return
    yield f"order:{asked.order_id}"
    if asked.worker is not None:
        yield f"worker:{asked.worker}"
    yield from (f"photo:{photo}" for photo in asked.photos)
    if asked.proof.device is not None:
        yield f"device:{asked.proof.device}"
