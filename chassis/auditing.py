"""Reading a service's county logs as an auditor does: page by page, every link checked, nothing taken on trust."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

import asyncpg

from chassis.chain import genesis, link_event, link_public
from chassis.recorder import EPOCH, microseconds

LogName = Literal["events", "public_log"]
LOGS: tuple[LogName, ...] = ("events", "public_log")
PAGE = 5_000

_EVENTS = (
    "select position, originator_id, originator_version, topic, state, metadata, recorded_at, hash"
    " from {schema}.events where county = $1 and position > $2 order by position limit $3"
)
_PUBLIC = (
    "select position, event_id, subject, type, body, recorded_at, hash"
    " from {schema}.public_log where county = $1 and position > $2 order by position limit $3"
)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What checking one log of one county found: ``fault`` is None where every link holds up to the head."""

    service: str
    county: str
    log: str
    position: int
    hash: bytes
    fault: str | None


class Checker:
    """Walks a log: ``take`` answers what is wrong with the next row, None where its link holds."""

    def __init__(self, service: str, county: str, log: LogName) -> None:
        self.log = log
        self.position = 0
        self.hash = genesis(service, county, log)

    def take(self, row: Mapping[str, Any] | asyncpg.Record) -> str | None:
        """Check and move on; the first fault ends the walk."""
        position = row["position"]
        if position != self.position + 1:
            return f"position {self.position + 1} is missing; the next row is {position}"
        at_us = microseconds(row["recorded_at"])
        if self.log == "events":
            link = link_event(
                self.hash, position, row["originator_id"], row["originator_version"], row["topic"],
                row["state"], row["metadata"], at_us,
            )  # fmt: skip
            what = row["topic"]
        else:
            link = link_public(self.hash, position, row["event_id"], row["type"], row["subject"], row["body"], at_us)
            what = row["type"]
        if link != row["hash"]:
            return f"position {position} ({what}, recorded {row['recorded_at'].isoformat()}) was altered"
        self.position, self.hash = position, link
        return None


async def rows(
    connection: asyncpg.Connection, service: str, county: str, log: LogName, after: int = 0
) -> AsyncIterator[asyncpg.Record]:
    """The rows of a log by position, in short pages, so that no snapshot is held open."""
    query = (_EVENTS if log == "events" else _PUBLIC).format(schema=f'"{service}"')
    while True:
        page = await connection.fetch(query, county, after, PAGE)
        for row in page:
            yield row
        if len(page) < PAGE:
            return
        after = page[-1]["position"]


async def counties(connection: asyncpg.Connection, service: str) -> list[str]:
    """The counties the service holds a log of."""
    found = await connection.fetch(f'select county from "{service}".head order by county')
    return [row["county"] for row in found]


async def verify(connection: asyncpg.Connection, service: str, county: str) -> list[Verdict]:
    """Check both logs of a county from the first row to the head."""
    head = await connection.fetchrow(
        f'select position, public_position, hash, public_hash from "{service}".head where county = $1', county
    )
    assert head is not None
    verdicts = []
    for log in LOGS:
        checker, fault = Checker(service, county, log), None
        async for row in rows(connection, service, county, log):
            fault = checker.take(row)
            if fault:
                break
        ends = (head["position"], head["hash"]) if log == "events" else (head["public_position"], head["public_hash"])
        if fault is None and checker.position < ends[0]:
            fault = f"ends at position {checker.position}, the head says {ends[0]}"
        elif fault is None and checker.position == ends[0] and checker.hash != ends[1]:
            fault = f"the head's hash does not follow from position {checker.position}"
        verdicts.append(
            Verdict(service=service, county=county, log=log, position=checker.position, hash=checker.hash, fault=fault)
        )
    return verdicts


def to_json(service: str, county: str, log: LogName, row: Mapping[str, Any] | asyncpg.Record) -> dict[str, Any]:
    """A row in the form of docs/spec/log.md, Export."""
    common = {
        "service": service,
        "county": county,
        "log": log,
        "position": row["position"],
        "hash": row["hash"].hex(),
        "recorded_at_us": microseconds(row["recorded_at"]),
    }
    if log == "events":
        return {
            **common,
            "originator_id": str(row["originator_id"]),
            "originator_version": row["originator_version"],
            "topic": row["topic"],
            "state": base64.b64encode(row["state"]).decode(),
            "metadata": base64.b64encode(row["metadata"]).decode(),
        }
    return {
        **common,
        "event_id": str(row["event_id"]),
        "subject": str(row["subject"]),
        "type": row["type"],
        "body": base64.b64encode(row["body"]).decode(),
    }


def from_json(line: Mapping[str, Any]) -> dict[str, Any]:
    """A row as the tables hold it; KeyError or ValueError where the line is no row of an export."""
    common = {
        "position": line["position"],
        "hash": bytes.fromhex(line["hash"]),
        "recorded_at": instant(line["recorded_at_us"]),
    }
    if line["log"] == "events":
        return {
            **common,
            "originator_id": UUID(line["originator_id"]),
            "originator_version": line["originator_version"],
            "topic": line["topic"],
            "state": base64.b64decode(line["state"], validate=True),
            "metadata": base64.b64decode(line["metadata"], validate=True),
        }
    return {
        **common,
        "event_id": UUID(line["event_id"]),
        "subject": UUID(line["subject"]),
        "type": line["type"],
        "body": base64.b64decode(line["body"], validate=True),
    }


def instant(microseconds_since_epoch: int) -> datetime:
    """The instant, UTC."""
    return (EPOCH + timedelta(microseconds=microseconds_since_epoch)).astimezone(UTC)
