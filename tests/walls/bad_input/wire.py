"""Requests as bytes on a socket, so that what no client library would send really arrives."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

PATIENCE_S = 20.0

Header = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back; ``status`` 0 where the connection was closed without an answer. ``more`` came behind it."""

    status: int
    headers: dict[str, str]
    body: bytes
    more: bytes = b""

    @property
    def problem(self) -> dict[str, Any]:
        """The problem document; empty where the answer is none."""
        if self.headers.get("content-type") != "application/problem+json":
            return {}
        read: dict[str, Any] = json.loads(self.body)
        return read

    @property
    def code(self) -> str:
        """The code of the problem; empty where there is none."""
        return str(self.problem.get("code", ""))

    @property
    def places(self) -> set[tuple[str, str]]:
        """What is wrong, where."""
        return {(error["place"], error["code"]) for error in self.problem.get("errors", ())}


def request(method: str, target: str, headers: Iterable[Header], body: bytes = b"") -> bytes:
    """The bytes of a request; ``Content-Length`` is added unless the headers say how long the body is."""
    lines = [f"{method} {target} HTTP/1.1", "Host: 127.0.0.1", *(f"{name}: {value}" for name, value in headers)]
    said = {line.partition(":")[0].lower() for line in lines}
    if body and not said & {"content-length", "transfer-encoding"}:
        lines.append(f"Content-Length: {len(body)}")
    if "connection" not in said:
        lines.append("Connection: close")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


async def exchange(port: int, *parts: bytes, hang_up: bool = False, to_the_end: bool = False) -> Answer:
    """Send ``parts`` one after another and read the answer. ``hang_up``: close our side after the last part;
    ``to_the_end``: read until the server closes its own.

    A server that refuses early stops reading, so what is sent to it then may fail; its answer is there all the same.
    """
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(PATIENCE_S):
        with socket.socket() as connection:
            connection.setblocking(False)
            await loop.sock_connect(connection, ("127.0.0.1", port))
            with contextlib.suppress(ConnectionError):
                for part in parts:
                    await loop.sock_sendall(connection, part)
                if hang_up:
                    connection.shutdown(socket.SHUT_WR)
            return _answer(await _all(loop, connection, to_the_end))


async def _all(loop: asyncio.AbstractEventLoop, connection: socket.socket, to_the_end: bool) -> bytes:
    """Everything that comes until the server closes the connection, or as much as its answer announces."""
    found = b""
    with contextlib.suppress(ConnectionError):
        while to_the_end or not _complete(found):
            piece = await loop.sock_recv(connection, 65_536)
            if not piece:
                break
            found += piece
    return found


def _complete(found: bytes) -> bool:
    head, ended, body = found.partition(b"\r\n\r\n")
    return bool(ended) and len(body) >= int(_headers(head).get("content-length", sys.maxsize))


def _headers(head: bytes) -> dict[str, str]:
    lines = (line.partition(":") for line in head.decode("latin-1").split("\r\n")[1:])
    return {name.strip().lower(): value.strip() for name, _, value in lines}


def _answer(found: bytes) -> Answer:
    head, _, body = found.partition(b"\r\n\r\n")
    if not head:
        return Answer(status=0, headers={}, body=b"")
    headers = _headers(head)
    length = int(headers.get("content-length", len(body)))
    return Answer(status=int(head.split(b" ")[1]), headers=headers, body=body[:length], more=body[length:])
