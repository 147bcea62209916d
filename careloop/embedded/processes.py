"""Which processes are ours: known by what they are, never by a number written down earlier.

A server carries the mark of its folder on its command line: ``careloop-<device>-<inode>``. The mark follows a folder
that is renamed and does not follow one that is copied. A recycled pid has another name or mark; a zombie has no command
line and counts as gone. The command line is readable where ``cwd`` and ``exe`` are not (root without CAP_SYS_PTRACE).
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from careloop.embedded.errors import EmbeddedError

POLL_SECONDS = 0.02

ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
"""All that our processes see of an environment: nothing of the caller's may steer a server."""


def mark(folder: Path) -> str:
    """The name a server of this folder carries on its command line."""
    status = folder.stat()
    return f"careloop-{status.st_dev:x}-{status.st_ino:x}"


def living(program: str, marked: str) -> list[int]:
    """The pids of all processes of this program that carry the mark; zombies are not living."""
    sought = re.compile(rf"{re.escape(marked)}\b")
    table = _from_proc(program) if Path("/proc/self/stat").exists() else _from_ps(program)
    return sorted(pid for pid, command in table if sought.search(command))


def lives(pid: int, program: str, marked: str) -> bool:
    """Whether this process is one of ``living``, without looking at all others."""
    if not Path("/proc/self/stat").exists():
        return pid in living(program, marked)
    command = _command(Path("/proc") / str(pid), program)
    return command is not None and re.search(rf"{re.escape(marked)}\b", command) is not None


async def until(holds: Callable[[], bool], seconds: float) -> bool:
    """Wait for a condition, at most so long; tells whether it came true."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() >= deadline:
            return False
        await asyncio.sleep(POLL_SECONDS)
    return True


async def end(pids: Callable[[], list[int]], steps: Sequence[tuple[signal.Signals, float]]) -> None:
    """Send each signal in turn to all that still live, and wait its seconds for them to go.

    Raises ``EmbeddedError`` if some outlive the last step.
    """
    for number, seconds in steps:
        for pid in pids():
            tell(pid, number)
        if await until(lambda: not pids(), seconds):
            return
    raise EmbeddedError(f"the processes {pids()} do not end; end them by hand and start again")


def launch(command: Sequence[str | Path], log: Path, **account: Any) -> subprocess.Popen[bytes]:
    """Start a server in a session of its own: Ctrl-C in the terminal is for the launcher, which stops it in order."""
    with open(log, "wb") as written:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=written,
            cwd="/",
            env=ENVIRONMENT,
            start_new_session=True,
            **account,
        )


def tell(pid: int, number: signal.Signals) -> None:
    """Send a signal; a process that has gone in the meantime is no error."""
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def _from_proc(program: str) -> Iterator[tuple[int, str]]:
    for folder in Path("/proc").glob("[0-9]*"):
        command = _command(folder, program)
        if command is not None:
            yield int(folder.name), command


def _command(folder: Path, program: str) -> str | None:
    """The command line of the process in ``folder``; None where it is another program, a zombie, or gone."""
    with suppress(OSError):  # it may end while we read
        name, _, rest = (folder / "stat").read_text(errors="replace").partition("(")[2].rpartition(")")
        if name == program and rest.split()[0] not in "ZX":
            return (folder / "cmdline").read_text(errors="replace").replace("\0", " ")
    return None


def _from_ps(program: str) -> Iterator[tuple[int, str]]:
    """The same where there is no /proc (macOS)."""
    command = ("ps", "-axww", "-o", "pid=,stat=,ucomm=,command=")
    listing = subprocess.run(command, capture_output=True, text=True, check=True, env=ENVIRONMENT)
    for line in listing.stdout.splitlines():
        pid, state, name, *rest = line.split(None, 3)
        if name == program and state[0] not in "ZX":
            yield int(pid), "".join(rest)
