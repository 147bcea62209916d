"""A sample of the clean month, told to the running service; then visits that cannot be true, of the same worker."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from contracts.orders import PolicyAdopted
from tests.clean_month import county
from tests.clean_month.county import Done
from tests.edge import Edge
from tests.providers.county import AGREEMENT, a_provider, opened
from tests.providers.examples import NOW, TOWNSHIP
from tests.providers.visiting import PACK, POLICY

FIRST, SEED, SAMPLE = date(2026, 11, 9), 130528, 24
FAR_AWAY = "130528115201"
LATER = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)


async def test_a_sample_raises_nothing_and_what_cannot_be_true_is_seen(edge: Edge) -> None:
    done = [one for one in county.month(SEED, FIRST) if one.worker.number % county.TOWNSHIPS == 0]
    sample = sorted(done, key=lambda one: one.told_at)[:SAMPLE]
    provider, workers = await _founded(edge, sample)
    orders = {one.number: await _taken(edge, provider, one) for one in sample}
    alarms = []
    for one in sample:
        edge.running.clock.move(one.told_at)
        body = await _told(edge, orders[one.number], workers[one.worker.number], one)
        alarms += (await edge.done("/v1/visits", body, "provider", provider))["exceptions"]
    print(f"{len(sample)} clean visits over REST, {len(alarms)} false alarms {alarms}")
    assert not alarms
    await _cannot_be_true(edge, provider, workers[sample[0].worker.number], sample[0])


async def _founded(edge: Edge, sample: list[Done]) -> tuple[UUID, Mapping[int, UUID]]:
    """The pack, the villages, one provider for all, and its workers of the township."""
    await edge.hear("orders", PolicyAdopted(at=NOW, version=POLICY.version, sha256="0" * 64, document=PACK))
    start = sample[0].person.village
    villages = {one.person.village for one in sample}
    places = [{"code": one.code, "point": _point(one.latitude, one.longitude)} for one in villages]
    places.append({"code": FAR_AWAY, "point": _point(start.latitude + 0.1, start.longitude)})
    await edge.done("/v1/places", {"places": places})
    provider = await a_provider(edge, point=_point(start.latitude, start.longitude))
    agreement = {**AGREEMENT, "number": "2026-02", "items": [item for item in county.TAKES if item != "home_cleaning"]}
    await edge.done(f"/v1/providers/{provider}/agreements", agreement)
    workers = {}
    for worker in {one.worker.number: one.worker for one in sample}.values():
        papers = ["rehabilitation_therapist"] if worker.therapist else []
        body = {"name": "王小梅", "phone": "13800000000", "township": TOWNSHIP, "qualifications": papers}
        workers[worker.number] = UUID(
            (await edge.done(f"/v1/providers/{provider}/workers", body, "provider", provider))["id"]
        )
    return provider, workers


async def _taken(edge: Edge, provider: UUID, done: Done) -> UUID:
    order = opened(
        policy=POLICY.version, person=UUID(int=done.person.number + 1), item=done.item,
        village=done.person.village.code, window_from=done.window[0], window_to=done.window[1],
    )  # fmt: skip
    await edge.hear("orders", order)
    await edge.done(f"/v1/offers/{order.order_id}/acceptance", None, "provider", provider)
    return order.order_id


async def _told(edge: Edge, order: UUID, worker: UUID, done: Done) -> dict[str, Any]:
    code = (await edge.get(f"/v1/taken/{order}/code?purpose=tell"))["code"]
    kinds = zip(done.photos, ("before", "after"), strict=True)
    return {
        "order_id": str(order),
        "worker_id": str(worker),
        "item": done.item,
        "started_at": done.started_at.isoformat(),
        "ended_at": done.ended_at.isoformat(),
        "place": _point(done.latitude, done.longitude),
        "evidence": [{"sha256": sha256, "kind": kind, "taken_at": at.isoformat()} for (sha256, at), kind in kinds],
        "code": str(code),
        "source": "offline" if done.offline else "app",
        "device_now": (done.told_at - done.device_behind).isoformat(),
    }


async def _cannot_be_true(edge: Edge, provider: UUID, worker: UUID, done: Done) -> None:
    """Five homes of the same minutes, and two minutes after the last a village eleven kilometres away."""
    begins = LATER
    for home in range(5):
        await _visit(edge, provider, worker, done, begins, home)
        begins += timedelta(minutes=90)
    odd = (await edge.get("/v1/exceptions?code=identical_minutes"))["items"]
    assert len(odd) == 5
    await _visit(edge, provider, worker, done, begins - timedelta(minutes=90 - 41 - 2), 9, village=FAR_AWAY, minutes=50)
    both = (await edge.get("/v1/exceptions?colour=red&state=open"))["items"]
    assert [row["code"] for row in both] == ["impossible_travel"] * 2


async def _visit(
    edge: Edge, provider: UUID, worker: UUID, done: Done, begins: datetime, home: int, *, village: str = "",
    minutes: int = 41,
) -> None:  # fmt: skip
    order = opened(
        at=begins,
        policy=POLICY.version, person=UUID(int=1000 + home), village=village or done.person.village.code,
        window_from=begins.date(), window_to=begins.date(),
    )  # fmt: skip
    edge.running.clock.move(begins)
    await edge.hear("orders", order)
    await edge.done(f"/v1/offers/{order.order_id}/acceptance", None, "provider", provider)
    ends = begins + timedelta(minutes=minutes)
    edge.running.clock.move(ends)
    photos = tuple((f"{uuid4().int:064x}", at) for at in (begins, ends))
    spoiled = {"started_at": begins, "ended_at": ends, "photos": photos, "item": "home_cleaning", "told_at": ends}
    body = await _told(edge, order.order_id, worker, Done(**{**vars(done), **spoiled}))
    if village:
        body["place"] = None
    await edge.done("/v1/visits", body, "provider", provider)


def _point(latitude: float, longitude: float) -> dict[str, int]:
    return {"lat": round(latitude * 1_000_000), "lon": round(longitude * 1_000_000)}
