"""Makes a county-month of visits as decent people do them. It imports nothing of careloop: what it calls clean comes
from how such work goes, not from what the checks look for.

Sixteen townships with villages on a plain, four providers, workers with a round each: in the morning from home to the
first person, then on by scooter, with a rest; minutes as the work takes them; a picture before and after; the person's
code; told on the way, or in the evening where there is no signal.
"""

from __future__ import annotations

import hashlib
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
COUNTY = "130528"
TOWNSHIPS, VILLAGES, PROVIDERS, WORKERS = 16, 8, 4, 40
METRES_PER_DEGREE = 111_000
TAKES = {
    "home_cleaning": (45, 95), "meal_help": (30, 70), "bathing_help": (40, 80), "errands": (15, 60),
    "health_monitoring": (15, 35), "housekeeping": (50, 110), "rehabilitation": (40, 75), "attendance": (60, 180),
}  # fmt: skip
"""Minutes that the work takes, from a quick hand to a long talk."""


@dataclass(frozen=True, kw_only=True)
class Village:
    code: str
    latitude: float
    longitude: float


@dataclass(frozen=True, kw_only=True)
class Worker:
    number: int
    provider: int
    round: tuple[Village, ...]
    therapist: bool
    trained_on: date


@dataclass(frozen=True, kw_only=True)
class Person:
    """``away`` are days in hospital, from and to; nobody is sent on them, nor after a death."""

    number: int
    village: Village
    away: tuple[date, date] | None = None
    died_on: date | None = None

    def at_home(self, day: date) -> bool:
        in_hospital = self.away is not None and self.away[0] <= day <= self.away[1]
        return not in_hospital and (self.died_on is None or day < self.died_on)


@dataclass(frozen=True, kw_only=True)
class Done:
    """A visit as it was: what an app would tell of it."""

    number: int
    worker: Worker
    person: Person
    item: str
    window: tuple[date, date]
    started_at: datetime
    ended_at: datetime
    latitude: float
    longitude: float
    photos: tuple[tuple[str, datetime], ...]
    told_at: datetime
    device_behind: timedelta
    offline: bool


def people(chance: random.Random, villages: list[Village], first: date) -> list[Person]:
    """Three people in each village; some lie in hospital for days, a few die."""
    found = []
    for number in range(len(villages) * 3):
        fate = chance.random()
        begins = first + timedelta(days=chance.randrange(25))
        away = (begins, begins + timedelta(days=chance.randrange(2, 12))) if fate < 0.06 else None
        died = first + timedelta(days=chance.randrange(28)) if 0.06 <= fate < 0.08 else None
        found.append(Person(number=number, village=villages[number // 3], away=away, died_on=died))
    return found


def villages(chance: random.Random) -> list[Village]:
    """About six by six kilometres for a township, on a plain of four by four townships."""
    found = []
    for township in range(TOWNSHIPS):
        north, east = 37.5 + 0.06 * (township // 4), 114.8 + 0.07 * (township % 4)
        found += [
            Village(
                code=f"{COUNTY}{100 + township}{200 + village}",
                latitude=north + chance.uniform(0, 0.05),
                longitude=east + chance.uniform(0, 0.06),
            )
            for village in range(VILLAGES)
        ]
    return found


def month(seed: int, first: date, days: int = 28) -> Iterator[Done]:
    """All visits of the month, in the order in which they were done."""
    chance = random.Random(seed)
    places = villages(chance)
    clients = people(chance, places, first)
    workers = [_worker(chance, number, places, first) for number in range(WORKERS)]
    number = 0
    for day in (first + timedelta(days=count) for count in range(days)):
        for worker in workers:
            if day.weekday() == 6 or chance.random() < 0.05:
                continue
            for done in _day(chance, worker, clients, day, number):
                yield done
                number = done.number + 1


def _worker(chance: random.Random, number: int, places: list[Village], first: date) -> Worker:
    """A round is one township and a few villages of it."""
    township = number % TOWNSHIPS
    near = places[township * VILLAGES : (township + 1) * VILLAGES]
    return Worker(
        number=number,
        provider=number % PROVIDERS,
        round=tuple(chance.sample(near, 6)),
        therapist=number % 3 == 0,
        trained_on=first - timedelta(days=chance.randrange(30, 300)),
    )


def _day(chance: random.Random, worker: Worker, clients: list[Person], day: date, number: int) -> Iterator[Done]:
    clock = datetime.combine(day, time(7, 40), SHANGHAI) + timedelta(seconds=chance.randrange(3600))
    here = chance.choice(worker.round)
    home = [one for one in clients if one.village in worker.round and one.at_home(day)]
    for person in chance.sample(home, min(len(home), chance.randrange(2, 6))):
        clock += _way(chance, here, person.village) + timedelta(seconds=chance.randrange(300, 1800))
        items = [item for item in TAKES if item != "rehabilitation" or worker.therapist]
        item = chance.choice(items)
        least, most = TAKES[item]
        lasts = timedelta(seconds=round(chance.triangular(least * 60, most * 60)))
        yield _done(chance, worker, person, item, clock, clock + lasts, number)
        clock, here, number = clock + lasts, person.village, number + 1


def _done(
    chance: random.Random, worker: Worker, person: Person, item: str, begins: datetime, ends: datetime, number: int
) -> Done:
    day = begins.date()
    offline = chance.random() < 0.1
    if offline:
        told = max(ends, datetime.combine(day, time(19), SHANGHAI)) + timedelta(seconds=chance.randrange(600, 7200))
    else:
        told = ends + timedelta(seconds=chance.randrange(20, 900))
    pictures = (
        begins + timedelta(seconds=chance.randrange(30, 240)),
        ends - timedelta(seconds=chance.randrange(5, 120)),
    )
    away, round_ = chance.uniform(0, 1500) / METRES_PER_DEGREE, chance.uniform(0, 2 * math.pi)
    return Done(
        number=number,
        worker=worker,
        person=person,
        item=item,
        window=(day - timedelta(days=day.weekday()), day + timedelta(days=6 - day.weekday())),
        started_at=begins.astimezone(UTC),
        ended_at=ends.astimezone(UTC),
        latitude=person.village.latitude + away * math.sin(round_),
        longitude=person.village.longitude + away * math.cos(round_),
        photos=tuple((hashlib.sha256(chance.randbytes(64)).hexdigest(), at.astimezone(UTC)) for at in pictures),
        told_at=told.astimezone(UTC),
        device_behind=timedelta(seconds=chance.randrange(-60, 60)),
        offline=offline,
    )


def _way(chance: random.Random, start: Village, end: Village) -> timedelta:
    """A scooter on village roads."""
    north = (end.latitude - start.latitude) * METRES_PER_DEGREE
    east = (end.longitude - start.longitude) * METRES_PER_DEGREE * math.cos(math.radians(start.latitude))
    road = math.hypot(north, east) * chance.uniform(1.2, 1.6)
    return timedelta(hours=road / 1000 / chance.uniform(18, 32))
