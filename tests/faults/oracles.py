"""What must hold after every fault, once things are quiet again; looked at from outside, each by itself:

nothing twice · positions contiguous · streams as the public logs · everything heard once
statements from replay and from the second engine as kept · chains verify, for the stand-alone verifier
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import asyncpg

from careloop.exchange import write_fact
from careloop.log_export import export
from careloop.replay import replay_county
from careloop.streams import read_streams
from services.declared import PORTS, declared
from tests.chassis.operator import operator
from tests.faults.process import ROOT
from tests.faults.system import System
from tests.journeys.county import TIMES, County
from tests.oracle.compare import differences
from tests.oracle.engine import answer as second_engine

VERIFIER = ROOT / "deploy" / "audit" / "verify_log.py"
MONTH_FEN = 300_00
"""What a person is worth who was served all month (paper 003, part 2 (6) item 13)."""


async def broken(system: System, county: County, people: int) -> list[str]:
    """Everything that does not hold, in words; [] where all is well. ``people`` have been helped for a whole month."""
    connection = await system.connect()
    try:
        return [
            *await not_once(connection, county, people),
            *await positions(connection, county.code),
            *await streams(system, connection, county.code),
            *await unheard(connection, county.code),
            *await statements(connection, county, people),
            *await chains(system, connection, county.code),
        ]
    finally:
        await connection.close()


async def not_once(connection: asyncpg.Connection, county: County, people: int) -> list[str]:
    """Registers and orders that do not hold each thing exactly once."""
    expected = {
        "orders.beneficiaries": people,
        "orders.needs": people,
        "orders.plans": people,
        "orders.orders": people * TIMES,
        "providers.visits": people * TIMES,
        "providers.providers": 1,
    }
    found = {}
    for table in expected:
        query = f"select count(*) from {table} where county = $1"
        if table == "orders.orders":
            query += f" and window_to between '{county.first}' and '{county.last}'"
        found[table] = await connection.fetchval(query, county.code)
    wrong = [table for table in expected if found[table] != expected[table]]
    return [f"{table} holds {found[table]}, not {expected[table]}" for table in wrong]


async def positions(connection: asyncpg.Connection, county: str) -> list[str]:
    """Logs whose positions do not run from one to the head (O2)."""
    faults = []
    for service in PORTS:
        for log, head in (("events", "position"), ("public_log", "public_position")):
            rows = await connection.fetch(f"select position from {service}.{log} where county = $1", county)
            end = await connection.fetchval(f"select {head} from {service}.head where county = $1", county)
            if sorted(row["position"] for row in rows) != list(range(1, (end or 0) + 1)):
                faults.append(f"{service}.{log} has {len(rows)} rows, its head is at {end}")
    return faults


async def streams(system: System, connection: asyncpg.Connection, county: str) -> list[str]:
    """Services whose stream does not carry exactly what the public log says, repetitions apart (O2)."""
    faults = []
    for service in PORTS:
        rows = await connection.fetch(f"select position, body from {service}.public_log where county = $1", county)
        told = {row["position"]: row["body"] for row in rows}
        carried = await carried_by(system, service, county)
        if dict(carried) != told:
            faults.append(f"the stream of {service} carries {len(dict(carried))} positions, the log has {len(told)}")
    return faults


async def carried_by(system: System, service: str, county: str) -> list[tuple[int, bytes]]:
    """Position and body of every message of the county in a service's stream, in its order."""
    async with operator(system.settings, service) as bus:
        messages = await bus.messages(county)
    return [(int((message.headers or {})["Careloop-Position"]), message.data) for message in messages]


async def unheard(connection: asyncpg.Connection, county: str) -> list[str]:
    """Sources that are not heard to their end, and facts that settlement has not exactly once (O3)."""
    faults = []
    for service in declared():
        for source in service.hears:
            end = await connection.fetchval(f"select public_position from {source}.head where county = $1", county)
            query = f"select position from {service.name}.tracking where county = $1 and source = $2"
            heard = await connection.fetchval(query, county, source)
            if (heard or 0) != (end or 0):
                faults.append(f"{service.name} has heard {source} through {heard} of {end}")
    told = []
    for source in ("orders", "providers", "charity"):
        rows = await connection.fetch(f"select event_id, body from {source}.public_log where county = $1", county)
        told += [str(row["event_id"]) for row in rows if json.loads(row["body"]).get("fact")]
    journal = await connection.fetch("select id from settlement.facts where county = $1", county)
    if sorted(told) != sorted(str(row["id"]) for row in journal):
        faults.append(f"settlement keeps {len(journal)} facts of {len(told)}")
    return faults


async def statements(connection: asyncpg.Connection, county: County, people: int) -> list[str]:
    """Where what was kept differs from a replay from zero, from the second engine, or from what is owed (O4)."""
    faults = []
    if await replay_county(connection, county.code):
        faults.append("a replay of the event streams gives other statements")
    told = await read_streams(connection, county.code)
    facts = [json.loads(write_fact(fact)) for fact in told.facts]
    policies = [tomllib.loads(document)["settlement"] for document in told.documents.values()]
    kept: Any = await county.client.get("settlement", f"/v1/months/{county.month}/answer")
    again = second_engine(facts, policies, county.month, [])
    for statement in [*kept["statements"], *again["statements"]]:
        for line in statement["lines"]:
            # The second engine names one of the facts that make a bundle's line; the exchange form names none.
            line["fact"] = None
    faults += differences(kept, again)
    paid = sum(sum(statement["payable"].values()) for statement in kept["statements"])
    if paid != people * MONTH_FEN:
        faults.append(f"{people} people are worth {paid} fen")
    return faults


async def chains(system: System, connection: asyncpg.Connection, county: str) -> list[str]:
    """Logs that the stand-alone verifier does not accept (O5)."""
    folder = system.folder / f"export-{county}-{len(system.kills)}"
    files = await export(connection, declared(), folder, county, None)
    logs = [file for file in files if file.suffix == ".jsonl"]
    command: list[str | Path] = [sys.executable, VERIFIER, *logs]
    checked = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, timeout=60)
    return [] if checked.returncode == 0 else checked.stdout.splitlines()
