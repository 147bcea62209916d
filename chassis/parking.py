"""Parked messages: what could not be applied, why, and how it is tried again.

An event is parked with its reason; later events of the same subject are parked behind it. ``retry`` decides them again
in their order, each in one transaction with its removal, and stops at the first that still fails.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from chassis import tracing
from chassis.applying import MISSING
from chassis.consumer import Consumer
from chassis.database import Database
from chassis.dispatch import Behind, Poisoned
from chassis.hearing import UNREADABLE, reason_of
from chassis.kernel import NotYet
from chassis.service import Heard

LIST_MAX = 1000
COLUMNS = "source, position, event_id, type, subject, body, recorded_at, reason, tries, parked_at"


@dataclass(frozen=True, kw_only=True)
class ParkedEvent:
    """A parked event; ``missing`` where it stands for a position that the source's own log does not have."""

    heard: Heard
    reason: str
    tries: int
    parked_at: datetime

    @property
    def missing(self) -> bool:
        """Nothing to retry: it goes by itself when the source has the position again."""
        return self.reason == MISSING


@dataclass(frozen=True, kw_only=True)
class Retried:
    """What a retry did: how many events were applied; the one it stopped at and why, if any."""

    applied: int
    stopped_at: int | None = None
    reason: str = ""


async def list_parked(database: Database, county: str, after: tuple[str, int] = ("", 0)) -> list[ParkedEvent]:
    """The county's parked events by source and position, after a given one, at most ``LIST_MAX``."""
    rows = await database.fetch(
        f"select {COLUMNS} from parked where county = $1 and (source, position) > ($2, $3)"
        " order by source, position limit $4",
        county,
        *after,
        LIST_MAX,
    )
    return [_parked(county, row) for row in rows]


async def show(database: Database, county: str, source: str, position: int) -> ParkedEvent | None:
    """One parked event; None where it is not parked (any more)."""
    row = await database.fetchrow(
        f"select {COLUMNS} from parked where county = $1 and source = $2 and position = $3", county, source, position
    )
    return _parked(county, row) if row else None


async def retry(consumer: Consumer, county: str, source: str, position: int) -> Retried:
    """Decide a parked event again, and every other of its subject, in order. Nothing where it is not parked.

    Raises ValueError if ``consumer`` does not hear ``source``; the dispatch's errors when it cannot be done now.
    """
    if consumer.source != source:
        raise ValueError(f"this consumer hears {consumer.source}")
    async with consumer.applying.lock[county]:
        applied = 0
        for parked in await _of_one_subject(consumer.database, county, source, position):
            reason = await _redrive(consumer, county, parked)
            if reason:
                return Retried(applied=applied, stopped_at=parked.heard.position, reason=reason)
            applied += 1
        return Retried(applied=applied)


async def _of_one_subject(database: Database, county: str, source: str, position: int) -> Sequence[ParkedEvent]:
    rows = await database.fetch(
        f"select {COLUMNS} from parked where county = $1 and source = $2 and subject ="
        " (select subject from parked where county = $1 and source = $2 and position = $3) and reason <> $4"
        " order by position",
        county,
        source,
        position,
        MISSING,
    )
    return [_parked(county, row) for row in rows]


async def _redrive(consumer: Consumer, county: str, parked: ParkedEvent) -> str:
    """Apply one event and take it off; the reason why it stays, or nothing."""
    hearer, heard = consumer.applying.hearer, parked.heard
    tracked = await hearer.tracked(county)
    try:
        steps = hearer.steps(heard)
        await hearer.keep(
            county, tracked, messages=[heard] * len(steps), steps=steps, redriven=[heard.position],
            traces=[tracing.carried()] * len(steps),
        )  # fmt: skip
        return ""
    except NotYet as error:
        return reason_of(error)
    except (Poisoned, *UNREADABLE) as error:
        reason = reason_of(error.error if isinstance(error, Poisoned) else error)
        # Where another process has moved on meanwhile, only the count of tries is lost.
        with suppress(Behind):
            await hearer.keep(county, tracked, parked=((heard, reason, parked.tries + 1),))
        return reason


def _parked(county: str, row: asyncpg.Record) -> ParkedEvent:
    heard = Heard(
        source=row["source"],
        county=county,
        position=row["position"],
        event_id=row["event_id"],
        type=row["type"],
        subject=row["subject"],
        body=row["body"],
        recorded_at=row["recorded_at"],
    )
    return ParkedEvent(heard=heard, reason=row["reason"], tries=row["tries"], parked_at=row["parked_at"])
