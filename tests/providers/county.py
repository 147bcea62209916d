"""A county's beginnings and messages, for tests of the running service."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from contracts.orders import OrderOpened, PolicyAdopted
from tests.edge import Edge
from tests.providers.examples import CODE, NOW, PACK, POLICY, TOWNSHIP, VILLAGE

OTHER_CODE = "91350100M000100Y43"
AGREEMENT = {
    "number": "2026-01",
    "items": ["home_cleaning"],
    "townships": [TOWNSHIP],
    "valid_from": "2026-01-01",
    "valid_to": "2026-12-31",
    "monthly_capacity": 100,
    "tender": "NJZC-2026-011",
}
TOWN = {"lat": 37_620_000, "lon": 114_920_000}
NEARBY = {"lat": 37_640_000, "lon": 114_940_000}


def adopted() -> PolicyAdopted:
    return PolicyAdopted(at=NOW, version=POLICY.version, sha256="0" * 64, document=PACK)


def opened(order_id: UUID | None = None, **changes: Any) -> OrderOpened:
    order = OrderOpened(
        at=NOW,
        order_id=order_id or uuid4(),
        kind="purchase",
        person=uuid4(),
        item="home_cleaning",
        units=1,
        township=TOWNSHIP,
        village=VILLAGE,
        window_from=date(2026, 11, 1),
        window_to=date(2026, 11, 7),
        policy=POLICY.version,
    )
    return order.model_copy(update=changes)


async def a_provider(edge: Edge, code: str = CODE, point: dict[str, int] = TOWN, capacity: int = 100) -> UUID:
    """A provider with an agreement and a worker."""
    body = {"name": "安宁家政", "credit_code": code, "township": TOWNSHIP, "point": point}
    provider = UUID((await edge.done("/v1/providers", body))["id"])
    await edge.done(f"/v1/providers/{provider}/agreements", {**AGREEMENT, "monthly_capacity": capacity})
    return provider


async def a_worker(edge: Edge, provider: UUID) -> UUID:
    body = {"name": "王小梅", "phone": "13800000000", "township": TOWNSHIP}
    return UUID((await edge.done(f"/v1/providers/{provider}/workers", body, "provider", provider))["id"])


async def a_county(edge: Edge, **provider: Any) -> tuple[UUID, UUID]:
    """A policy, a village on the map, a provider and its worker."""
    await edge.hear("orders", adopted())
    await edge.done("/v1/places", {"places": [{"code": VILLAGE, "point": NEARBY}]})
    who = await a_provider(edge, **provider)
    return who, await a_worker(edge, who)


async def a_taken_order(edge: Edge, provider: UUID) -> UUID:
    order = opened()
    await edge.hear("orders", order)
    await edge.done(f"/v1/offers/{order.order_id}/acceptance", None, "provider", provider)
    return order.order_id


def a_visit(order_id: UUID, worker: UUID, **changes: Any) -> dict[str, Any]:
    return {
        "order_id": str(order_id),
        "worker_id": str(worker),
        "item": "home_cleaning",
        "started_at": "2026-11-02T08:00:00+08:00",
        "ended_at": "2026-11-02T08:45:00+08:00",
        "place": NEARBY,
        "photos": ["a" * 64],
        "code": "1234",
        **changes,
    }
