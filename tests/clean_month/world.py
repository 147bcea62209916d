"""A small model of what the services know when a visit is told: kept here by itself, not read from their tables.

It hands each visit of the month to the real decisions of providers and orders.
"""

from __future__ import annotations

import bisect
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from services.orders.domain import order
from services.orders.domain.policy import read_policy
from services.orders.domain.status import Stay
from services.providers.domain import policy, visit
from services.providers.domain.reach import Point
from tests.clean_month.county import Done

PACK = tomllib.loads((Path(__file__).parents[2] / "deploy/localities/130528/0002.toml").read_text())
PROVIDERS_POLICY = policy.read(PACK)
ORDERS_POLICY = read_policy(PACK)
FOLLOWING = 9


@dataclass
class World:
    """Everything told so far, by worker and by picture."""

    of_worker: dict[int, list[tuple[datetime, int]]] = field(default_factory=lambda: defaultdict(list))
    done: dict[int, Done] = field(default_factory=dict)
    pictures: dict[str, int] = field(default_factory=dict)
    alarms: Counter[str] = field(default_factory=Counter)
    visits: int = 0

    def take(self, told: Iterable[Done]) -> None:
        """In the order in which they are told, which is not that of the day."""
        for one in sorted(told, key=lambda one: (one.told_at, one.number)):
            self._take(one)

    def _take(self, done: Done) -> None:
        (completed,) = visit.decider.decide(report(done), None, self._around(done))
        assert isinstance(completed, visit.Completed)
        self.visits += 1
        self.alarms.update(noticed.code for noticed in completed.exceptions)
        self.alarms.update(clash.code for clash in completed.clashes)
        self.alarms.update(_of_the_order(done, completed))
        bisect.insort(self.of_worker[done.worker.number], (done.started_at, done.number))
        self.done[done.number] = done
        self.pictures |= {sha256: done.number for sha256, _ in done.photos}

    def _around(self, done: Done) -> visit.Known:
        told = self.of_worker[done.worker.number]
        place = bisect.bisect(told, (done.started_at, done.number))
        others = [self.done[number] for _, number in told[max(0, place - FOLLOWING) : place + FOLLOWING]]
        together = [one for one in others if one.started_at < done.ended_at and one.ended_at > done.started_at]
        reused = [self.pictures[sha256] for sha256, _ in done.photos if sha256 in self.pictures]
        return visit.Known(
            policy=PROVIDERS_POLICY,
            window_from=done.window[0],
            window_to=done.window[1],
            village=_point(done.person.village.latitude, done.person.village.longitude),
            worker_provider=_id(1, done.worker.provider),
            worker_left_on=None,
            photo_reused=bool(reused),
            worker_elsewhere=bool(together),
            person=_id(3, done.person.number),
            region=done.person.village.code,
            clashes=tuple(visit.Clash(visit=_id(5, one.number), code="overlap_worker") for one in together),
            nearby=tuple(_nearby(one) for one in others),
            papers=_papers(done),
        )


def report(done: Done) -> visit.Report:
    """As the provider's app tells it."""
    evidence = tuple(
        visit.Photo(sha256=sha256, kind=kind, taken_at=at)
        for (sha256, at), kind in zip(done.photos, ("before", "after"), strict=True)
    )  # type: ignore[misc]
    return visit.Report(
        order_id=_id(4, done.number),
        provider=_id(1, done.worker.provider),
        worker=_id(2, done.worker.number),
        item=done.item,
        units=1,
        started_at=done.started_at,
        ended_at=done.ended_at,
        place=_point(done.latitude, done.longitude),
        photos=(),
        code_given=True,
        by="app",
        at=done.told_at,
        evidence=evidence,
        code_fits=(1,),
        source="offline" if done.offline else "app",
        device_now=done.told_at - done.device_behind,
    )


def _of_the_order(done: Done, completed: visit.Completed) -> tuple[str, ...]:
    """What the orders service makes of it: opened, taken, done."""
    opened = order.Opened(
        kind="purchase",
        person=_id(3, done.person.number),
        plan_id=None,
        item=done.item,
        units=1,
        township=done.person.village.code[:9],
        village=done.person.village.code,
        window_from=done.window[0],
        window_to=done.window[1],
        provider=None,
        remark_code="",
        purchaser="130528",
        policy=ORDERS_POLICY.version,
        at=done.started_at - timedelta(days=7),
    )
    matched = order.Matched(provider=completed.provider, road="providers", at=opened.at)
    told = order.Complete(
        visit_id=_id(5, done.number),
        provider=completed.provider,
        item=completed.item,
        units=completed.units,
        day=completed.day,
        time=completed.time,
        exceptions=(),
        red=False,
        reported_by="app",
        at=completed.at,
    )
    known = order.Known(policies=(ORDERS_POLICY,), whereabouts=_whereabouts(done))
    (event,) = order.decide(told, order.decider.fold((opened, matched)), known)
    assert isinstance(event, order.Completed)
    return event.exceptions


def _whereabouts(done: Done) -> order.Whereabouts:
    away = done.person.away
    stays = (Stay(away[0], away[1] + timedelta(days=1)),) if away else ()
    return order.Whereabouts(died_on=done.person.died_on, stays=stays)


def _nearby(done: Done) -> visit.Nearby:
    return visit.Nearby(
        visit=_id(5, done.number),
        person=_id(3, done.person.number),
        village=_point(done.person.village.latitude, done.person.village.longitude),
        started_at=done.started_at,
        ended_at=done.ended_at,
        minutes=(done.ended_at - done.started_at) // timedelta(minutes=1),
    )


def _papers(done: Done) -> visit.Papers:
    worker = done.worker
    shown = (("rehabilitation_therapist", date(2025, 1, 1), None),) if worker.therapist else ()
    return visit.Papers(certificates=shown, courses=((worker.trained_on, worker.trained_on + timedelta(days=364), 16),))


def _point(latitude: float, longitude: float) -> Point:
    return Point(latitude_udeg=round(latitude * 1_000_000), longitude_udeg=round(longitude * 1_000_000))


def _id(kind: int, number: int) -> UUID:
    return UUID(int=(kind << 64) + number + 1)
