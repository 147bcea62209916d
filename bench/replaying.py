"""Replay: a year of public events into facts and the statements of every month, against reading the rows at all.

The scan is the same COPY of the same columns, page by page over the same kind of connection, its bytes thrown away.
The library's projection runner does nothing with its events but count them.
"""

from __future__ import annotations

import json
import time
import tomllib
from typing import Any

import asyncpg

from bench.children import run
from bench.figures import middle, ratio
from bench.ground import COUNTY, PACK, environment
from bench.public_facts import MONTHS, generate, policy
from chassis.config import Settings
from chassis.fact_shapes import FactShapes
from chassis.replay import PAGE, ROWS, facts_from_public_log, no_collection
from services.settlement.domain.engine import Answer, Fact, settle
from services.settlement.domain.engine.facts import KINDS, Seal, Segment
from services.settlement.domain.policy import from_section

SHAPES = FactShapes(KINDS, Segment, {"first": "from", "last": "to"})


async def measure(settings: Settings, quick: bool) -> dict[str, Any]:
    """Events a second of the three, and how they compare."""
    wanted, sample, rounds = (120_000, 8_000, 3) if quick else (1_000_000, 50_000, 3)
    connection = await asyncpg.connect(settings.database_url)
    try:
        begun = time.perf_counter()
        events = await generate(connection, wanted)
        generated_s = time.perf_counter() - begun
        taken: dict[str, list[float]] = {"scan": [], "read": [], "replay": [], "library": []}
        facts = 0
        for _ in range(rounds):
            taken["scan"].append(events / await _scan(connection, events))
            read_s, settled_s, facts, answer = await _replay(connection)
            taken["read"].append(events / read_s)
            taken["replay"].append(events / (read_s + settled_s))
            printed = await run(["-m", "bench.peer", "projection", str(sample)], environment(settings))
            taken["library"].append(json.loads(printed)["projection"])
    finally:
        await connection.close()
    return _summary(taken, events, facts, answer, generated_s)


def _summary(
    taken: dict[str, list[float]], events: int, facts: int, answer: Answer, generated_s: float
) -> dict[str, Any]:
    def against(ours: str, theirs: str) -> float:
        pairs = zip(taken[ours], taken[theirs], strict=True)
        return ratio(middle(one / other for one, other in pairs), 1)

    lines = sum(len(statement.lines) for statement in answer.statements)
    names = {
        "scan": "bare COPY scan",
        "read": "replay into facts",
        "replay": "replay into facts and statements",
        "library": "library, projection runner",
    }
    return {
        "ratios": {
            "replay_vs_copy_scan": against("replay", "scan"),
            "replay_vs_projection_runner": against("replay", "library"),
            "read_vs_copy_scan": against("read", "scan"),
        },
        "rates": {f"{names[name]}, events": round(middle(rates)) for name, rates in taken.items()},
        "others": {
            "replayed": f"{events} public events, {facts} facts, 12 months, {len(answer.statements)} statements "
            f"of {lines} lines in the last, one process",
            "generating the log": f"{generated_s:.1f} s",
        },
        "taken": taken,
    }


async def _scan(connection: asyncpg.Connection, events: int) -> float:
    """Seconds to read the rows and throw them away."""

    async def discard(_arrived: bytes) -> None:
        return

    query = ROWS.format(log="orders.public_log")
    begun = time.perf_counter()
    for after in range(0, events, PAGE):
        await connection.copy_from_query(query, COUNTY, after, after + PAGE, output=discard, format="binary")
    return time.perf_counter() - begun


async def _replay(connection: asyncpg.Connection) -> tuple[float, float, int, Answer]:
    """Seconds to read the facts, seconds to settle every month, the number of facts, the last month's answer."""
    with no_collection():
        begun = time.perf_counter()
        facts: list[Fact] = await facts_from_public_log(connection, "orders", COUNTY, SHAPES)
        read = time.perf_counter()
        answer = settle([*facts, *_closed()], [from_section(policy(tomllib.loads(PACK.read_text())))], MONTHS[-1])
        settled = time.perf_counter()
    return read - begun, settled - read, len(facts), answer


def _closed() -> list[Seal]:
    """Settlement's own log says which months were closed: all but the last."""
    return [
        Seal(id=f"closed-{month}", source="settlement", position=position, month=month)
        for position, month in enumerate(MONTHS[:-1], 1)
    ]
