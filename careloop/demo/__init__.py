"""The demonstration: a month in Ningjin with generated people, played over the public REST APIs with real tokens.

    find, survey, approve ─▶ offer, visit, give, verify and check day by day ─▶ close, sign, pay ─▶ replay, sum up

Run again it plays the next month on the kept data; killed in the middle of a month, the next run finishes that month.
Read ``playing`` first: the order of things. ``caller`` is the client, ``world`` and ``people`` what is generated.
"""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager, redirect_stderr

import asyncpg
import httpx2
import uvloop
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from careloop import auditing, canaries
from careloop.canaries import Canary
from careloop.demo.caller import Caller, Stopped
from careloop.demo.kept import Kept, begin
from careloop.demo.marks import COUNTY
from careloop.demo.notes import noted
from careloop.demo.people import MOST_PEOPLE
from careloop.demo.playing import Month
from careloop.demo.searching import search
from careloop.demo.settling import month_to_play
from careloop.demo.stage import Stage
from careloop.demo.summing import tell_summary
from careloop.demo.telling import tell_addresses, tell_month, tell_rates
from careloop.embedded import EmbeddedError
from careloop.embedded.folder import port_is_free
from careloop.environment import started
from careloop.lags import NotQuiet, written
from careloop.output import err, out
from careloop.pages import with_console
from chassis.config import Settings
from chassis.migrate import migrate
from chassis.runner import running
from chassis.telemetry import configure
from console import serving
from services.declared import PORTS, declared

LOG = "services.log"
EXPECTED = (Stopped, NotQuiet, EmbeddedError, OSError, asyncpg.PostgresError, httpx2.HTTPError)
INTERRUPTED = 130


def demo(people: int, seed: int, stay: bool, canary: bool, port_offset: int) -> int:
    """Play the next month; 0 if all went as expected and replays identically, else 1 with the problem printed."""
    if not 1 <= people <= MOST_PEOPLE:
        err.print(f"[red]people: from 1 to {MOST_PEOPLE}[/red]")
        return 1
    settings = Settings(port_offset=port_offset) if port_offset else Settings()
    if "log_level" not in settings.model_fields_set:
        settings = settings.model_copy(update={"log_level": "debug" if canary else "error"})
    try:
        with _logging(settings, canary):
            return uvloop.run(_run(settings, people, seed, stay, canary))
    except KeyboardInterrupt:
        err.print("stopped; the next run goes on with this month")
        return INTERRUPTED
    except (*EXPECTED, BaseExceptionGroup) as error:
        first = _leaves(error)[0]
        if not isinstance(first, EXPECTED):
            raise
        err.print(Text(f"{type(first).__name__}: {first}", style="red"))
        return 1


@contextmanager
def _logging(settings: Settings, canary: bool) -> Iterator[None]:
    """Logs go to standard error, with canaries to a file of the data folder, which is searched afterwards."""
    if not canary:
        configure(settings)
        yield
        return
    settings.data.mkdir(parents=True, exist_ok=True)
    with (settings.data / LOG).open("a", encoding="utf-8", buffering=1) as file:
        with redirect_stderr(file):
            configure(settings)
        try:
            yield
        finally:
            configure(settings)


def _leaves(group: BaseException) -> list[BaseException]:
    """The errors of a group, without the groups."""
    if isinstance(group, BaseExceptionGroup):
        return [leaf for inner in group.exceptions for leaf in _leaves(inner)]
    return [group]


async def _run(settings: Settings, people: int, seed: int, stay: bool, canary: bool) -> int:
    ports = [*PORTS.values(), *([settings.console_port] if settings.console_port else [])]
    taken = [port + settings.port_offset for port in ports if not port_is_free(port + settings.port_offset)]
    if taken:
        raise Stopped(f"port {taken[0]} is taken: end what listens there, or choose a --port-offset")
    async with started(settings) as bare:
        services, complete = declared(), with_console(bare)
        await migrate(services, complete)
        connection = await asyncpg.connect(complete.database_url)
        try:
            kept = await begin(complete, connection, people, seed)
            if (kept.people, kept.seed) != (people, seed):
                err.print(
                    f"{complete.data} was begun with --people {kept.people} --seed {kept.seed}: going on with these"
                )
            planted = canaries.kept(complete.data)
            if canary and not planted.mark:
                planted = canaries.new()
                planted.keep(complete.data)
            async with running(services, complete, PORTS), AsyncExitStack() as stack:
                await serving.begin(stack, complete, PORTS)
                code = await _play(complete, connection, kept, planted)
                tell_addresses(complete, stay)
                if stay:
                    await _stay()
        finally:
            await connection.close()
    return code


async def _play(settings: Settings, connection: asyncpg.Connection, kept: Kept, canary: Canary) -> int:
    """One month, and what is told of it."""
    services, begun = declared(), time.perf_counter()
    before = await written(connection, services)
    caller = Caller(settings, f"demo-{kept.seed}")
    try:
        with _progress() as progress:
            stage = Stage(
                caller=caller, connection=connection, services=services, progress=progress,
                people=kept.people, seed=kept.seed, notes=noted(settings.data), canary=canary,
            )  # fmt: skip
            month = Month(stage, await month_to_play(caller))
            out.print(f"{month.month}: {kept.people} generated people, seed {kept.seed}, data in {settings.data}")
            await month.play()
        seconds = time.perf_counter() - begun
        await tell_month(stage, month)
        await tell_summary(stage, month, settings.data)
        after = await written(connection, services)
        grown = [sum(after[name][log] - before[name][log] for name in after) for log in (0, 1)]
        tell_rates(caller.requests, grown[0], grown[1], seconds)
        leaked = await search(settings, connection, caller, canary) if canary.mark else 0
    finally:
        await caller.close()
        canary.keep(settings.data)
    return await _check() | leaked


async def _check() -> int:
    """Replay every closed statement and verify both chains of every log; 1 if anything differs."""
    from careloop.replay import replay

    out.print("\n重放 replay of every closed statement from the event streams:")
    replayed = await asyncio.to_thread(replay, COUNTY, None)
    out.print("哈希链 hash chains:")
    verified = await asyncio.to_thread(auditing.verify)
    return 1 if replayed or verified else 0


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=err
    )


async def _stay() -> None:
    """Until Ctrl-C."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    out.print("Ctrl-C stops it.")
    await stop.wait()
