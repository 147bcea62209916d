"""``careloop replay``: every closed statement again from the event streams, held against what was kept, by line."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path

import asyncpg

from careloop.auditing import with_database
from careloop.embedded import EmbeddedError
from careloop.environment import NothingRuns
from careloop.exchange import read_facts, write_fact
from careloop.output import err, out, yuan
from careloop.streams import Streams, money, read_streams, replayed
from careloop.strict_json import ExchangeError
from chassis.auditing import counties, verify
from chassis.fact_shapes import ReplayError
from chassis.rebuild import rebuild_views
from services.declared import declared
from services.settlement.domain.compare import Difference, compare
from services.settlement.domain.document import statement_from
from services.settlement.domain.engine import Answer, Fact, SettleError, Statement
from services.settlement.service import service as settlement
from services.settlement.views.facts import decoded

KEPT = (
    "select payee, purchaser, document from settlement.statements where county = $1 and month = $2"
    " order by payee, purchaser"
)
HEARD = "select source, position from settlement.tracking where county = $1"
JOURNAL = "select kind, body from settlement.facts where county = $1"
SHOWN_MAX = 200


def replay(county: str = "", facts: Path | None = None) -> int:
    """Print what was compared; 0 identical, 1 something differs or a chain is broken, 2 it cannot be done."""
    try:
        return with_database(lambda connection: _replay(connection, county, facts))
    except (NothingRuns, EmbeddedError, OSError, asyncpg.PostgresError, ExchangeError, SettleError) as error:
        err.print(f"[red]{error}[/red]")
        return 2


async def _replay(connection: asyncpg.Connection, county: str, file: Path | None) -> int:
    chosen = [county] if county else await counties(connection, "settlement")
    worst = 0
    for one in chosen:
        worst = max(worst, await replay_county(connection, one, file))
    if not chosen:
        out.print("no county has a log yet: nothing to replay")
    return worst


async def replay_county(connection: asyncpg.Connection, county: str, file: Path | None = None) -> int:
    """Replay one county; see ``replay``."""
    begun = time.perf_counter()
    faults = await _chains(connection, county)
    # The journal is read before the logs it follows from: logs only grow, so what it holds stands in them.
    journal, heard = await _journal(connection, county)
    try:
        streams = await read_streams(connection, county)
    except ReplayError as error:
        out.print(f"[red]{county}: {error}[/red]")
        return 1
    facts = streams.facts if file is None else tuple(read_facts(file.read_bytes().split(b"\n")))
    answers = replayed(facts, streams.policies)
    rebuilt = await _rebuild_missing(connection, county, answers)
    kept = {answer.month: await _kept(connection, county, answer.month) for answer in answers}
    differences = _differences(kept, answers)
    if file is None:
        differences += _journal_faults(streams, journal, heard, kept)
    _tell(county, facts, answers, kept, differences, rebuilt, time.perf_counter() - begun)
    return 1 if differences or faults else 0


async def _chains(connection: asyncpg.Connection, county: str) -> int:
    """Broken logs of the county, each told."""
    faults = 0
    for service in declared():
        if county not in await counties(connection, service.name):
            continue
        for verdict in await verify(connection, service.name, county):
            if verdict.fault:
                faults += 1
                out.print(f"[red]{county}: {service.name} {verdict.log}: {verdict.fault}[/red]")
    return faults


async def _rebuild_missing(connection: asyncpg.Connection, county: str, answers: Sequence[Answer]) -> bool:
    """Rebuild settlement's views from its log where statements that must be there are not."""
    for answer in answers:
        kept = {(one.payee, one.purchaser) for one in await _kept(connection, county, answer.month)}
        if any((one.payee, one.purchaser) not in kept for one in answer.statements):
            await rebuild_views(connection, settlement, county)
            return True
    return False


async def _kept(connection: asyncpg.Connection, county: str, month: str) -> list[Statement]:
    rows = await connection.fetch(KEPT, county, month)
    return [statement_from(row["payee"], row["purchaser"], json.loads(row["document"])) for row in rows]


def _differences(kept: dict[str, list[Statement]], answers: Sequence[Answer]) -> list[str]:
    return [_named(difference) for answer in answers for difference in compare(kept[answer.month], answer)]


async def _journal(connection: asyncpg.Connection, county: str) -> tuple[dict[str, Fact], dict[str, int]]:
    """Settlement's journal by id, and how far it has heard each source."""
    heard = {row["source"]: row["position"] for row in await connection.fetch(HEARD, county)}
    return {fact.id: fact for fact in decoded(await connection.fetch(JOURNAL, county))}, heard


def _journal_faults(
    streams: Streams, journal: dict[str, Fact], heard: dict[str, int], kept: dict[str, list[Statement]]
) -> list[str]:
    """The journal against the sources' logs: facts that differ, and the lines that change with them."""
    told = {fact.id: fact for fact in streams.facts if fact.source != "settlement"}
    found = [
        f"fact {fact_id} ({fact.source} {fact.position}): the journal differs from the source's log"
        for fact_id, fact in told.items()
        if fact_id in journal and journal[fact_id] != fact
    ]
    found += [f"fact {fact_id}: in the journal, but in no source's log" for fact_id in journal.keys() - told.keys()]
    lost = {one for one, fact in told.items() if one not in journal and fact.position <= heard.get(fact.source, 0)}
    found += [f"fact {one} ({told[one].source} {told[one].position}): missing in the journal" for one in sorted(lost)]
    if not found:
        return []
    changed = [journal.get(fact.id, fact) for fact in streams.facts if fact.id not in lost]
    answers = replayed(changed, streams.policies)
    return found + _differences(kept, [answer for answer in answers if answer.month in kept])


def _named(difference: Difference) -> str:
    return f"line differs: {difference}"


def _tell(
    county: str,
    facts: Sequence[Fact],
    answers: Sequence[Answer],
    kept: dict[str, list[Statement]],
    differences: Sequence[str],
    rebuilt: bool,
    seconds: float,
) -> None:
    if rebuilt:
        out.print(f"{county}: statements were missing and have been rebuilt from the log")
    statements = [statement for answer in answers for statement in answer.statements]
    lines = sum(len(statement.lines) for statement in statements)
    again = money(statements)
    difference = again - sum(money(of_month) for of_month in kept.values())
    for one in differences[:SHOWN_MAX]:
        out.print(f"[red]{county}: {one}[/red]", markup=True)
    if len(differences) > SHOWN_MAX:
        out.print(f"{county}: and {len(differences) - SHOWN_MAX} more")
    verdict = f"[red]{len(differences)} differences, {yuan(difference)} yuan[/red]"
    if not differences:
        verdict = f"[green]identical, difference {yuan(difference)}[/green]"
    out.print(
        f"{county}: {len(facts)} facts, {len(answers)} months, {len(statements)} statements, {lines} lines,"
        f" {yuan(again)} yuan again in {seconds:.2f} s: {verdict}"
    )


def export_facts(county: str) -> int:
    """Print the facts of a county."""

    async def run(connection: asyncpg.Connection) -> int:
        for fact in (await read_streams(connection, county)).facts:
            print(write_fact(fact))
        return 0

    try:
        return with_database(run)
    except (NothingRuns, EmbeddedError, OSError, ReplayError) as error:
        err.print(f"[red]{error}[/red]")
        return 2


def export_policies(county: str, folder: Path) -> int:
    """Write the adopted packs, numbered in order of adoption, and name the files."""

    async def run(connection: asyncpg.Connection) -> int:
        folder.mkdir(parents=True, exist_ok=True)
        for number, (version, document) in enumerate((await read_streams(connection, county)).documents.items(), 1):
            file = folder / f"{number:03}-{version.replace('/', '-')}.toml"
            file.write_text(document, encoding="utf-8")
            out.print(str(file))
        return 0

    try:
        return with_database(run)
    except (NothingRuns, EmbeddedError, OSError, ReplayError) as error:
        err.print(f"[red]{error}[/red]")
        return 2
