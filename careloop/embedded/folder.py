"""The data folder: what is kept between two starts, apart from the servers' own data.

data folder
├─ lock           held while a launcher lives; names its pid
├─ ports.json     the ports chosen at the first start; kept while no stranger takes them
├─ secrets.json   made once, 0600
├─ pg             PostgreSQL: its folder, or a link to it (see ``place``)
└─ nats           the JetStream store; nats.conf and nats.log stand beside it
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import socket
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from careloop.embedded.errors import EmbeddedError

PORTS = range(20_000, 32_000)
"""Below the range from which the system takes ports for outgoing connections."""


def _secret() -> str:
    return secrets.token_hex(24)


@dataclass(frozen=True, kw_only=True)
class Secrets:
    """48 hexadecimal digits each: they need no quoting in an address."""

    postgres_password: str = field(default_factory=_secret, repr=False)
    nats_password: str = field(default_factory=_secret, repr=False)
    role_secret: str = field(default_factory=_secret, repr=False)
    token_secret: str = field(default_factory=_secret, repr=False)


class Folder:
    """A data folder; made if it is not there."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self._lock: int | None = None
        if not self.path.exists():
            self.path.mkdir(parents=True)
            self.path.chmod(0o711)  # PostgreSQL's user must pass through; every file inside has its own mode

    def lock(self) -> None:
        """Take the folder for this process; the system gives it back when the process ends, however it ends.

        Raises ``EmbeddedError`` naming the pid that holds it.
        """
        handle = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(handle, 32, 0).decode().strip() or "of unknown number"
            os.close(handle)
            message = f"careloop process {holder} already works on {self.path}"
            raise EmbeddedError(f"{message}: stop it, or choose another folder with CARELOOP_DATA") from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        self._lock = handle

    def unlock(self) -> None:
        """Give the folder back; twice is once."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def secrets(self) -> Secrets:
        """The kept secrets, made the first time. Those a later version adds are made when first missed."""
        path = self.path / "secrets.json"
        try:
            kept = json.loads(path.read_text()) if path.exists() else {}
        except ValueError as problem:
            raise EmbeddedError(f"{path} is damaged: bring back a copy of it") from problem
        known = Secrets(**{each.name: kept[each.name] for each in fields(Secrets) if each.name in kept})
        if asdict(known) != kept:
            write_private(path, json.dumps(asdict(known), indent=2) + "\n")
        return known

    def recorded_port(self, name: str) -> int | None:
        """The port of the last start, if any."""
        return self._ports().get(name)

    def record_port(self, name: str, port: int) -> None:
        """Keep a port for the next start."""
        if self.recorded_port(name) != port:
            write_private(self.path / "ports.json", json.dumps({**self._ports(), name: port}, indent=2) + "\n")

    def free_port(self, name: str) -> int:
        """The recorded port, or another one if a stranger has taken it."""
        kept = self.recorded_port(name)
        if kept is not None and port_is_free(kept):
            return kept
        others = set(self._ports().values())
        for _ in range(1000):
            port = secrets.choice(PORTS)
            if port not in others and port_is_free(port):
                self.record_port(name, port)
                return port
        raise EmbeddedError(f"no free port between {PORTS.start} and {PORTS.stop}")

    def _ports(self) -> dict[str, int]:
        path = self.path / "ports.json"
        ports: dict[str, int] = json.loads(path.read_text()) if path.exists() else {}
        return ports


def port_is_free(port: int) -> bool:
    """Whether a server could listen here; connections of an ended server that linger do not count."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def write_private(path: Path, text: str) -> None:
    """Write a file of mode 0600 whole or not at all, safe from a power cut."""
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.rename(path)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Make a rename inside this folder safe from a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
