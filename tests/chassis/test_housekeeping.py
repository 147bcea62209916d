"""Kept answers are swept when their time is over, and not before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from chassis.clock import Clock
from chassis.config import Settings
from chassis.database import Database
from chassis.dispatch import Dispatch
from chassis.housekeeping import Housekeeping
from tests.chassis import toy
from tests.chassis.test_dispatch import add


async def test_an_answer_is_kept_for_its_days(toy_settings: Settings, toy_database: Database, tmp_path: Path) -> None:
    county = uuid4().hex[:12]
    dispatch = Dispatch(toy.service, toy_database, toy_settings, Clock())
    await dispatch.ask(add(county, 1))
    await dispatch.stop()
    clock = Clock(tmp_path / "clock.json")
    housekeeping = Housekeeping("toy", toy_database, clock, toy_settings)
    count = "select count(*) from inbox where county = $1"
    for days, kept in ((toy_settings.inbox_days - 1, 1), (toy_settings.inbox_days + 1, 0)):
        clock.move(datetime.now(UTC) + timedelta(days=days))
        await housekeeping.sweep()
        assert await toy_database.fetchval(count, county) == kept
