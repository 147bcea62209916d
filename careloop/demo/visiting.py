"""What a provider's system does: takes the orders it is offered, plans them, and reports each day's visits.

A visit falls on a day of its order's window that follows from the order's id; its worker and hour from its place among
the day's visits of that township.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from careloop.demo.calendar import instant
from careloop.demo.caller import Actor, all_of
from careloop.demo.stage import Stage
from careloop.demo.supply import Site
from careloop.demo.world import TOWNSHIPS, Point

FIRST_VISIT = time(7, 30)
SLOT = timedelta(minutes=45)
LENGTH = timedelta(minutes=35)
SLOTS = 17
"""The last visit of a day ends at 20:05, before the evening on which the day is told."""
NEAR_ALL = TOWNSHIPS[1].code
"""The one township that every provider reaches."""
_POINTS = {village.code: village.point for township in TOWNSHIPS for village in township.villages}


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A planned visit."""

    order: dict[str, Any]
    actor: Actor
    worker: str
    starts_at: datetime

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + LENGTH

    def body(self) -> dict[str, Any]:
        """The six facts as ``POST /v1/visits`` takes them."""
        order_id = self.order["id"]
        proof = hashlib.sha256(f"photo of {order_id}".encode()).hexdigest()
        point: Point = _POINTS[self.order["village"]]
        return {
            "order_id": order_id,
            "worker_id": self.worker,
            "item": self.order["item"],
            "units": self.order["units"],
            "started_at": self.starts_at.isoformat(),
            "ended_at": self.ends_at.isoformat(),
            "place": point.body(),
            "photos": [proof],
            "code": f"{UUID(order_id).int % 1_000_000:06}",
        }


def day_of(order: dict[str, Any]) -> date:
    """The day of the order's window on which it is served."""
    first, last = date.fromisoformat(order["window_from"]), date.fromisoformat(order["window_to"])
    return first + timedelta(days=UUID(order["id"]).int % ((last - first).days + 1))


class Visiting:
    """All providers' diaries. ``reported`` counts the visits of this run."""

    def __init__(self, stage: Stage, sites: Sequence[Site]) -> None:
        self.accepted = 0
        self.reported = 0
        self.example = ""
        """An order whose matching is worth explaining."""
        self._stage = stage
        self._sites = sites
        self._planned: list[Visit] = []

    async def accept(self) -> int:
        """Take every order that is offered; how many were."""
        offers: list[tuple[Site, str]] = []

        async def look(site: Site) -> None:
            rows = await self._stage.caller.rows("providers", "/v1/offers", by=site.actor)
            offers.extend((site, row["id"]) for row in rows)

        await all_of(look, self._sites)
        if not offers:
            return 0

        async def take(offer: tuple[Site, str]) -> None:
            site, order_id = offer
            path, late = f"/v1/offers/{order_id}/acceptance", ("offer.expired", "offer.closed", "offer.not_yours")
            await self._stage.caller.post("providers", path, by=site.actor, key=f"accept:{order_id}", expected=late)

        await self._stage.each("接单 providers accept", take, offers, passing=True)
        await self._stage.rest()
        self.accepted += len(offers)
        return len(offers)

    async def plan(self) -> None:
        """Read what was taken and plan what is not visited yet."""
        self._planned, self.example = [], ""
        for site in self._sites:
            taken = await self._stage.caller.rows("providers", "/v1/taken", by=site.actor)
            self._planned.extend(_diary(site, taken))
            self.example = self.example or min((order["id"] for order in taken if _is_telling(order)), default="")

    async def report(self, now: datetime) -> int:
        """Tell every planned visit that is over; how many were."""
        over = [visit for visit in self._planned if visit.ends_at <= now]
        self._planned = [visit for visit in self._planned if visit.ends_at > now]
        known = ("visit.reported_already", "visit.not_your_order")

        async def tell(visit: Visit) -> None:
            key = f"visit:{visit.order['id']}"
            await self._stage.caller.post(
                "providers", "/v1/visits", visit.body(), by=visit.actor, key=key, expected=known
            )

        if over:
            await self._stage.each("上门服务 visits told", tell, over, passing=True)
        self.reported += len(over)
        return len(over)


def _is_telling(order: dict[str, Any]) -> bool:
    """Nobody is assigned for goods, so every provider was weighed, and one was out of reach."""
    return bool(order["kind"] == "goods" and order["township"] != NEAR_ALL)


def _diary(site: Site, taken: Sequence[dict[str, Any]]) -> list[Visit]:
    """One visit for each order not visited yet."""
    groups: dict[tuple[str, date], list[dict[str, Any]]] = defaultdict(list)
    for order in taken:
        groups[order["township"], day_of(order)].append(order)
    planned = []
    for (township, day), orders in groups.items():
        workers = site.workers[township]
        for place, order in enumerate(sorted(orders, key=lambda order: str(order["id"]))):
            if order["visit"] is None:
                starts_at = instant(day, FIRST_VISIT) + SLOT * (place // len(workers) % SLOTS)
                worker = workers[place % len(workers)]
                planned.append(Visit(order=order, actor=site.actor, worker=worker, starts_at=starts_at))
    return planned
