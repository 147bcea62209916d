"""What an auditor asks of the command line: verify the logs, export them with their hashes, import them elsewhere."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

import asyncpg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from chassis.auditing import LOGS, Checker, Verdict, counties, from_json, rows, to_json, verify
from chassis.rebuild import rebuild_views
from chassis.service import Service

WORKING_TABLES = {
    "tracking": "select county, source, position, epoch::text from {schema}.tracking where county = $1",
    "agenda": (
        "select county, id::text, due_at::text, decider, stream::text, reason, tries from {schema}.agenda"
        " where county = $1"
    ),
}
"""What a service works with beside its log: how far it has heard the others, and what it will do later."""


class ImportRefused(Exception):
    """The export does not verify, or the database is not empty."""


async def verify_all(connection: asyncpg.Connection, services: Iterable[Service]) -> list[Verdict]:
    """Every log of every county."""
    verdicts = []
    for service in services:
        for county in await counties(connection, service.name):
            verdicts.extend(await verify(connection, service.name, county))
    return verdicts


async def export(
    connection: asyncpg.Connection, services: Iterable[Service], folder: Path, county: str | None, key: Path | None
) -> list[Path]:
    """Write every log as JSON Lines, the heads (signed where ``key`` names an Ed25519 PEM), and the working tables."""
    folder.mkdir(parents=True, exist_ok=True)
    heads: list[dict[str, Any]] = []
    working: dict[str, list[dict[str, Any]]] = {}
    files = []
    for service in services:
        chosen = [county] if county else await counties(connection, service.name)
        for one in chosen:
            for log in LOGS:
                file = folder / f"{service.name}.{one}.{log}.jsonl"
                files.append(file)
                last: dict[str, Any] = {"position": 0, "hash": Checker(service.name, one, log).hash.hex()}
                with file.open("w", encoding="utf-8") as out:
                    async for row in rows(connection, service.name, one, log):
                        last = to_json(service.name, one, log, row)
                        out.write(json.dumps(last, ensure_ascii=False) + "\n")
                heads.append(
                    {
                        "service": service.name,
                        "county": one,
                        "log": log,
                        "position": last["position"],
                        "hash": last["hash"],
                    }
                )
            for table, query in WORKING_TABLES.items():
                found = await connection.fetch(query.format(schema=f'"{service.name}"'), one)
                working.setdefault(f"{service.name}.{table}", []).extend(dict(row) for row in found)
    text = json.dumps(heads)
    signature = base64.b64encode(_signer(key).sign(text.encode())).decode() if key else ""
    (folder / "heads.json").write_text(json.dumps({"heads": text, "signature": signature}, indent=1))
    (folder / "working.json").write_text(json.dumps(working, indent=1))
    return [*files, folder / "heads.json", folder / "working.json"]


def _signer(key: Path) -> Ed25519PrivateKey:
    loaded = load_pem_private_key(key.read_bytes(), password=None)
    if not isinstance(loaded, Ed25519PrivateKey):
        raise ValueError(f"{key} is not an Ed25519 private key")
    return loaded


async def import_export(connection: asyncpg.Connection, services: Iterable[Service], folder: Path) -> dict[str, int]:
    """Write an export into empty schemas, checking every link, and rebuild the views; rows by service.

    All or nothing: ImportRefused if a link is broken, a head does not fit, or a county is already known.
    """
    declared = list(services)
    heads = json.loads(json.loads((folder / "heads.json").read_text())["heads"])
    working = json.loads((folder / "working.json").read_text())
    written: dict[str, int] = {}
    async with connection.transaction():
        for service in declared:
            mine = [head for head in heads if head["service"] == service.name]
            for county in sorted({head["county"] for head in mine}):
                ends = {head["log"]: head for head in mine if head["county"] == county}
                written[service.name] = written.get(service.name, 0) + await _import_county(
                    connection, service.name, county, ends, folder
                )
            for table in WORKING_TABLES:
                await _import_working(connection, service.name, table, working.get(f"{service.name}.{table}", []))
    for service in declared:
        for county in await counties(connection, service.name):
            await rebuild_views(connection, service, county)
    return written


async def _import_county(
    connection: asyncpg.Connection, service: str, county: str, ends: dict[str, dict[str, Any]], folder: Path
) -> int:
    if await connection.fetchval(f'select 1 from "{service}".head where county = $1', county):
        raise ImportRefused(f"{service} already holds county {county}; an import needs an empty database")
    count = 0
    for log in LOGS:
        checker = Checker(service, county, log)
        with (folder / f"{service}.{county}.{log}.jsonl").open(encoding="utf-8") as lines:
            for page in _pages(lines):
                records = []
                for row in page:
                    if fault := checker.take(row):
                        raise ImportRefused(f"{service} {county} {log}: {fault}")
                    records.append((county, *row.values()))
                columns = ["county", *page[0]]
                await connection.copy_records_to_table(log, schema_name=service, columns=columns, records=records)
                count += len(records)
        end = ends[log]
        if (checker.position, checker.hash.hex()) != (end["position"], end["hash"]):
            raise ImportRefused(
                f"{service} {county} {log}: ends at {checker.position}, the head says {end['position']}"
            )
    await connection.execute(
        f'insert into "{service}".head (county, position, public_position, hash, public_hash)'
        " values ($1, $2, $3, $4, $5)",
        county,
        ends["events"]["position"],
        ends["public_log"]["position"],
        bytes.fromhex(ends["events"]["hash"]),
        bytes.fromhex(ends["public_log"]["hash"]),
    )
    return count


def _pages(lines: TextIO, size: int = 5_000) -> Iterator[list[dict[str, Any]]]:
    page: list[dict[str, Any]] = []
    for line in lines:
        page.append(from_json(json.loads(line)))
        if len(page) == size:
            yield page
            page = []
    if page:
        yield page


async def _import_working(
    connection: asyncpg.Connection, service: str, table: str, found: list[dict[str, Any]]
) -> None:
    await connection.execute(
        f'insert into "{service}".{table} select * from jsonb_populate_recordset(null::"{service}".{table}, $1::jsonb)',
        json.dumps(found),
    )
