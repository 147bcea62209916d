"""``careloop doctor``: looks at everything the deployment needs and says what is wrong and how to mend it.

When nothing runs it says so and still checks what can be checked.
"""

from __future__ import annotations

from collections.abc import Iterable

import asyncpg
import uvloop
from pydantic import ValidationError

from careloop.checks import Finding, failed, issuers, logs, machine, pages, pictures, policies, servers, walls, warned
from careloop.environment import NothingRuns, reachable
from careloop.output import out
from chassis.clock import Clock
from chassis.config import Settings
from services.declared import declared

PATIENCE_S = 5.0
COLOURS = {"ok": "green", "warn": "yellow", "FAIL": "red"}
START = "careloop up"


def doctor() -> int:
    """Print a line for everything that was looked at; 1 if anything fails."""
    try:
        settings = Settings()
    except ValidationError as error:
        out.print(f"FAIL  settings: {error}", markup=False)
        return 1
    findings = uvloop.run(examine(settings))
    _tell(findings)
    failures = [finding for finding in findings if finding.state == "FAIL"]
    warnings = [finding for finding in findings if finding.state == "warn"]
    out.print(f"\n{len(findings)} checks: {len(failures)} failed, {len(warnings)} warnings")
    return 1 if failures else 0


async def examine(settings: Settings) -> list[Finding]:
    """All findings, in the order in which one thing needs the other."""
    found = [machine.python(), *machine.programs(settings), *machine.data_folder(settings)]
    found += policies.policies(settings)
    found += await machine.ports(settings)
    found += await pictures.pictures(settings)
    try:
        complete = reachable(settings)
    except NothingRuns as error:
        return [*found, warned("deployment", f"nothing runs: {error}", START)]
    return found + await issuers.issuers(complete) + pages.pages(complete) + await _running(complete)


async def _running(settings: Settings) -> list[Finding]:
    """The servers and the services, as far as they answer."""
    services = declared()
    try:
        connection = await asyncpg.connect(settings.database_url, timeout=PATIENCE_S)
    except (OSError, asyncpg.PostgresError, TimeoutError) as error:
        return [logs.clock(settings), _silent(settings, error)]
    try:
        found = await servers.postgres(connection)
        made = await servers.schemas(connection, settings, services)
        found += [*made, *await servers.bus(settings, services), *await logs.readiness(settings, services)]
        if not any(finding.state == "FAIL" for finding in made):
            found += await walls.walls(connection, settings, services)
            found += await logs.behind(connection, services)
            found += await logs.waiting(connection, services, Clock(settings.clock_file).now())
            found += await logs.heads(connection, services)
    finally:
        await connection.close()
    return [*found, logs.clock(settings)]


def _silent(settings: Settings, error: BaseException) -> Finding:
    """No PostgreSQL: wrong where somebody should be there, else simply not started."""
    told = f"does not answer: {type(error).__name__}"
    if not settings.embedded or machine.holder(settings.data):
        return failed("postgres", told, "see its log; careloop up starts the embedded one again")
    return warned("postgres", f"{told}; nothing runs in {settings.data}", START)


def _tell(findings: Iterable[Finding]) -> None:
    for finding in findings:
        colour = COLOURS[finding.state]
        out.print(f"[{colour}]{finding.state:<4}[/{colour}]  {finding.what:<28} ", end="")
        out.print(finding.told, markup=False)
        if finding.hint:
            out.print(f"{'':<36}→ {finding.hint}", markup=False)
