"""What a provider's system does each day: plans what was taken, sends workers, tells beginnings and ends.

A visit falls on a day of its order's window that follows from the order's id; it goes to the worker whom matching
proposed, in the first free slot of the day. It is entered the evening before, begun when its hour comes, ended in the
evening; what was written on paper or without a signal is told as a whole (``reporting``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from careloop.demo import faults
from careloop.demo.calendar import instant
from careloop.demo.caller import BUREAU, Actor
from careloop.demo.faults import Fault
from careloop.demo.stage import Stage
from careloop.demo.supply import Site
from careloop.demo.world import POINTS, TOWNSHIPS
from chassis.clock import SHANGHAI

FIRST_VISIT = time(7, 30)
SLOT = timedelta(minutes=45)
LENGTH = timedelta(minutes=35)
LEAST, LENGTHS = timedelta(minutes=30), 9
"""A visit lasts as many minutes more than the least as follow from its order's id; from other digits of it than the
day, or all of one day would take nearly the same."""
SLOTS = 17
"""The last visit of a day ends at 20:05, before the evening on which the day is told."""
AT_THE_DOOR = timedelta(minutes=4)
TAKEN_LATE, FORGOTTEN = timedelta(days=2), timedelta(days=6)
"""An order taken after its day is served on the next; what is still unserved later than that stays so."""
NEAR_ALL = TOWNSHIPS[1].code
"""The one township that every provider reaches."""
MOVED_ON = (
    "appointment.order_not_taken", "appointment.stands_already", "appointment.visited_already",
    "appointment.worker_busy", "appointment.worker_left",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A planned visit, and what goes wrong with it."""

    order: dict[str, Any]
    actor: Actor
    worker: str
    starts_at: datetime
    fault: Fault = "none"
    photo_of: str = ""
    """The order whose photo is told; its own, but where one is told twice."""

    @property
    def id(self) -> str:
        """The order's id."""
        return str(self.order["id"])

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        lasts = LEAST + timedelta(minutes=(UUID(self.id).int >> 64) % LENGTHS)
        return self.starts_at + {"too_short": faults.SHORT, "too_long": faults.LONG}.get(self.fault, lasts)

    @property
    def told_at(self) -> datetime:
        """When it is told at the earliest."""
        return self.ends_at + faults.TOLD_AFTER.get(self.fault, timedelta())


def day_of(order: dict[str, Any]) -> date:
    """The day of the order's window on which it is served."""
    first, last = date.fromisoformat(order["window_from"]), date.fromisoformat(order["window_to"])
    return first + timedelta(days=UUID(order["id"]).int % ((last - first).days + 1))


class Visiting:
    """All providers' diaries. ``planned`` are the visits to come by order."""

    def __init__(self, stage: Stage, sites: Sequence[Site], badly_served: frozenset[str]) -> None:
        self.example = ""
        """An order whose matching is worth explaining."""
        self.planned: dict[str, Visit] = {}
        self._stage = stage
        self._sites = sites
        self._badly_served = badly_served
        self._busy: set[tuple[str, datetime]] = set()
        self._standing: dict[str, tuple[str, datetime]] = {}

    async def plan(self, earliest: date) -> None:
        """Read what was taken; what is new gets a day from ``earliest`` on, what is not ours any more is dropped."""
        if not self.planned:
            await self._recall(earliest)
        sites = {site.id: site for site in self._sites}
        taken = await self._stage.caller.rows("providers", "/v1/taken", by=BUREAU)
        open_ones = [order for order in taken if order["visit"] is None]
        wrong, photos = self._faults(taken)
        for order in sorted(open_ones, key=lambda order: str(order["id"])):
            known, site = self.planned.get(order["id"]), sites[order["provider"]]
            if known is None or known.actor != site.actor:
                self._enter(site, order, earliest, wrong[order["id"]], photos.get(order["id"], order["id"]))
        self.example = self.example or min((order["id"] for order in taken if _is_telling(order)), default="")
        held = {order["id"] for order in open_ones}
        self.planned = {id: visit for id, visit in self.planned.items() if id in held}

    async def _recall(self, day: date) -> None:
        """In a run that goes on, the appointments of this day and the next stand already."""
        for one in (day - timedelta(days=1), day):
            rows = await self._stage.caller.rows("providers", "/v1/appointments", by=BUREAU, day=one.isoformat())
            self._standing |= {row["order_id"]: (row["worker"], _at(row["starts_at"])) for row in rows}
        self._busy |= set(self._standing.values())

    def _faults(self, taken: Sequence[dict[str, Any]]) -> tuple[dict[str, Fault], dict[str, str]]:
        """What goes wrong with each order, and whose photo it borrows."""
        wrong = {order["id"]: faults.now_and_then(order["id"]) for order in taken}
        photos: dict[str, str] = {}
        groups: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for order in taken:
            if order["person"] in self._badly_served:
                groups[order["person"], order["window_to"][:7]].append(order)
        for orders in groups.values():
            places = faults.places(orders)
            source = next((id for id, place in places.items() if place == faults.REUSED_FROM), "")
            for id, place in places.items():
                wrong[id] = faults.BAD.get(place, "none")
                if wrong[id] == "photo_reused" and source:
                    photos[id] = source
        return wrong, photos

    def _enter(self, site: Site, order: dict[str, Any], earliest: date, fault: Fault, photo_of: str) -> None:
        day, last = day_of(order), date.fromisoformat(order["window_to"])
        still = fault in faults.KEEP_THEIR_DAY or (fault == "offline" and day >= earliest - TAKEN_LATE)
        if day < earliest and not still:
            day, fault = min(earliest, last), "none"
            if day < earliest - FORGOTTEN:
                return
        worker, starts_at = self._standing.get(order["id"]) or self._slot(site, order, day)
        if worker:
            self._busy.add((worker, starts_at))
            self.planned[order["id"]] = Visit(
                order=order, actor=site.actor, worker=worker, starts_at=starts_at, fault=fault, photo_of=photo_of
            )

    def _slot(self, site: Site, order: dict[str, Any], day: date) -> tuple[str, datetime]:
        """The first free hour of whom matching proposed, else of anybody there; no worker where all are busy."""
        crew = [worker for worker in site.workers.get(order["township"], []) if (worker, day) not in site.away]
        hours = [instant(day, FIRST_VISIT) + SLOT * slot for slot in range(SLOTS)]
        for workers in ([order["worker"]] if order["worker"] in crew else [], crew):
            for hour in hours:
                for worker in workers:
                    if (worker, hour) not in self._busy:
                        return worker, hour
        return "", hours[0]

    async def send(self, day: date, now: datetime) -> None:
        """Enter the appointments of ``day``."""
        chosen = [
            visit for visit in self.planned.values()
            if visit.starts_at.date() == day and visit.starts_at > now and visit.fault not in faults.UNPLANNED
        ]  # fmt: skip

        async def enter(visit: Visit) -> None:
            body = {
                "order_id": visit.id, "worker_id": visit.worker,
                "starts_at": visit.starts_at.isoformat(), "ends_at": (visit.starts_at + LENGTH).isoformat(),
            }  # fmt: skip
            key = f"appointment:{visit.id}:{visit.starts_at:%m%d%H%M}:{visit.worker[:8]}"
            await self._stage.caller.post(
                "providers", "/v1/appointments", body, by=visit.actor, key=key, expected=MOVED_ON
            )

        await self._stage.each("派工 workers sent", enter, chosen, passing=True)

    async def begin(self, day: date) -> None:
        """Live through the day: when an hour comes, who is at the door says so."""
        awaited = [visit for visit in self.planned.values() if visit.starts_at.date() == day]
        rows = await self.appointments(day) if awaited else {}
        chosen = [
            (visit, rows[visit.id]["id"]) for visit in awaited
            if rows.get(visit.id, {}).get("status") == "scheduled" and visit.fault not in faults.UNSEEN
        ]  # fmt: skip

        async def tell(one: tuple[Visit, str]) -> None:
            visit, id = one
            body = {"started_at": visit.starts_at.isoformat(), "place": POINTS[visit.order["village"]].body()}
            path, key = f"/v1/appointments/{id}/start", f"start:{id}:{visit.starts_at:%m%d%H%M}"
            await self._stage.caller.post("providers", path, body, by=visit.actor, key=key, expected=STOPPED)

        for starts_at in sorted({visit.starts_at for visit, _ in chosen}):
            await self._stage.forward(starts_at + AT_THE_DOOR)
            now = [one for one in chosen if one[0].starts_at == starts_at]
            await self._stage.each("到达 at the door", tell, now, passing=True)

    async def appointments(self, day: date) -> dict[str, dict[str, Any]]:
        """The appointments of a day by order."""
        rows = await self._stage.caller.rows("providers", "/v1/appointments", by=BUREAU, day=day.isoformat())
        return {row["order_id"]: row for row in rows}


STOPPED = ("appointment.not_open", "appointment.unknown")


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(SHANGHAI)


def _is_telling(order: dict[str, Any]) -> bool:
    """Nobody is assigned for goods, so every provider was weighed, and one was out of reach."""
    return bool(order["kind"] == "goods" and order["township"] != NEAR_ALL)
