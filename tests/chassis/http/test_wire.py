"""What arrives on the wire: heads that are too large or too slow, and what is no request, over real connections."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, closing
from typing import Any

import pytest

from chassis.http import create_app
from chassis.http.wire import HEAD_MAX_BYTES, Wire
from chassis.serving import listen
from tests.chassis.http.conftest import Edge
from tests.chassis.http.counting import service


@pytest.fixture
async def port(edge: Edge) -> AsyncIterator[int]:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        number = int(free.getsockname()[1])
    async with AsyncExitStack() as stack:
        await listen(stack, create_app(service, edge.running), "counting", "127.0.0.1", number, body_max_s=0.2)
        yield number


async def said(port: int, *parts: bytes) -> tuple[int, dict[str, Any]]:
    """Status and body of the first answer on a new connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for part in parts:
        writer.write(part)
        await writer.drain()
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
    )
    body = await reader.readexactly(length)
    writer.close()
    return int(head.split(b" ")[1]), json.loads(body)


async def test_a_request_in_any_pieces_is_a_request(port: int) -> None:
    whole = b"GET /v1/healthz HTTP/1.1\r\nHost: a\r\n\r\n"
    assert (await said(port, *(whole[i : i + 1] for i in range(len(whole)))))[0] == 200


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"GET /v1/counters HTTP/1.1\r\nHost: a\r\nX-A: " + b"a" * HEAD_MAX_BYTES + b"\r\n\r\n",
        b"GET /v1/counters HTTP/1.1\r\nHost: a\r\n" + b"X-A: a\r\n" * 9000 + b"\r\n",
        b"GET /" + b"a" * (HEAD_MAX_BYTES + 1) + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    ],
    ids=["one long header", "many headers", "a long path"],
)
async def test_a_head_that_is_too_large_is_refused(port: int, request_bytes: bytes) -> None:
    status, problem = await said(port, request_bytes)
    assert (status, problem["code"]) == (431, "header.too_large")


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"hello\r\n\r\n",
        b"POST /v1/counters HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        b"POST /v1/counters HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /v1/counters HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"GET /v1/\xff HTTP/1.1\r\nHost: a\r\n\r\n",
    ],
    ids=["no request", "two lengths", "length and chunks", "a negative length", "a byte that is no ASCII"],
)
async def test_what_is_no_request_is_refused_as_a_problem(port: int, request_bytes: bytes) -> None:
    status, problem = await said(port, request_bytes)
    assert (status, problem["code"]) == (400, "request.malformed")


async def test_a_trailer_is_no_header(port: int, edge: Edge) -> None:
    token = edge.headers()["Authorization"].encode()
    head = b"POST /v1/counters HTTP/1.1\r\nHost: a\r\nAuthorization: " + token + b"\r\nTransfer-Encoding: chunked\r\n"
    head += b"Content-Type: application/json\r\n\r\n"
    status, problem = await said(port, head, b'c\r\n{"amount":1}\r\n0\r\nIdempotency-Key: late\r\n\r\n')
    assert (status, problem["code"]) == (400, "idempotency_key.missing")


async def test_a_body_announced_too_large_is_refused_unread(port: int, edge: Edge) -> None:
    token = edge.headers()["Authorization"].encode()
    head = b"POST /v1/counters HTTP/1.1\r\nHost: a\r\nAuthorization: " + token + b"\r\nIdempotency-Key: k\r\n"
    status, problem = await said(port, head + b"Content-Length: 20000000\r\n\r\n")
    assert (status, problem["code"]) == (413, "body.too_large")


async def test_a_head_that_never_ends_is_not_waited_for_for_ever(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Wire, "head_max_s", 0.05)
    status, problem = await said(port, b"GET /v1/healthz HTTP/1.1\r\nHost: a\r\n")
    assert (status, problem["code"]) == (408, "header.too_slow")


async def test_a_connection_on_which_nothing_is_said_is_ended(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Wire, "head_max_s", 0.05)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    assert await reader.read() == b""
    writer.close()


async def test_a_body_that_never_comes_is_not_waited_for_for_ever(port: int, edge: Edge) -> None:
    token = edge.headers()["Authorization"].encode()
    head = b"POST /v1/counters HTTP/1.1\r\nHost: a\r\nAuthorization: " + token + b"\r\nIdempotency-Key: k\r\n"
    head += b"Content-Type: application/json\r\nContent-Length: 14\r\n\r\n"
    status, problem = await said(port, head, b'{"amount"')
    assert (status, problem["code"]) == (408, "body.too_slow")
    assert (await said(port, head, b'{"amount": 1} '))[0] == 201
