"""What a run leaves in the data folder for the next one: how many people, which seed. All else the services know."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import asyncpg

from careloop.demo.calendar import BEGINS
from careloop.demo.caller import Stopped
from careloop.demo.marks import COUNTY
from chassis.clock import Clock
from chassis.config import Settings

FILE = "demo.json"


@dataclass(frozen=True, kw_only=True)
class Kept:
    """The first run's arguments; later runs go on with them."""

    people: int
    seed: int


async def begin(settings: Settings, connection: asyncpg.Connection, people: int, seed: int) -> Kept:
    """What was kept, or a new beginning: the clock is set back to October 2024 before anything is written.

    Must run before the services do, since a running clock moves forward only. Raises ``Stopped`` where the clock
    cannot be moved or the folder holds something that no demonstration wrote.
    """
    if settings.clock_file is None:
        raise Stopped("the clock of this deployment cannot be moved: the demonstration needs the embedded default")
    file = settings.data / FILE
    if file.exists():
        return Kept(**json.loads(file.read_text(encoding="utf-8")))
    if await connection.fetchval("select exists (select from orders.head where county = $1)", COUNTY):
        raise Stopped(f"{settings.data} holds events of {COUNTY} from elsewhere: choose another CARELOOP_DATA")
    Clock(settings.clock_file).move(BEGINS)
    kept = Kept(people=people, seed=seed)
    _write(file, json.dumps(asdict(kept)) + "\n")
    return kept


def _write(file: Path, text: str) -> None:
    new = file.with_suffix(".new")
    new.write_text(text, encoding="utf-8")
    new.rename(file)
