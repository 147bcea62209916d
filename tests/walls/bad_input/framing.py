"""Requests whose end two readers could see in different places, and what is no HTTP at all.

A proxy in front and the service behind must agree on where a request ends; where they might not, it is refused
(RFC 9112, sections 3.2, 5.1, 6.1 to 6.3, 11.2).
"""

from __future__ import annotations

from typing import NamedTuple

GOOD = '{"fund": "county_budget", "year": 2024, "amount_fen": 100, "document": "宁财社〔2024〕10号"}'.encode()
"""A body that would be accepted, if anything about its request were right."""


class Bytes(NamedTuple):
    """A request as bytes: its name, status and code, then what is sent."""

    name: str
    status: int
    code: str
    sent: bytes


def chunked(body: bytes) -> bytes:
    """The body in one chunk."""
    return b"%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n"


def _lengths(token: str) -> dict[str, bytes]:
    size, other = len(GOOD), len(GOOD) - 1
    heads = {
        "two lengths that differ": [f"Content-Length: {size}", f"Content-Length: {other}"],
        "two lengths that agree": [f"Content-Length: {size}"] * 2,
        "a list of lengths": [f"Content-Length: {size}, {size}"],
        "a length with a plus sign": [f"Content-Length: +{size}"],
        "a hexadecimal length": [f"Content-Length: {size:#x}"],
        "a length beyond all numbers": [f"Content-Length: {'9' * 40}"],
        "a space before the colon": [f"Content-Length : {size}"],
        "a line that goes on in the next": ["X-A: 1\r\n 2", f"Content-Length: {size}"],
        "a header without a colon": ["X-A", f"Content-Length: {size}"],
        "a header without a name": [": 1", f"Content-Length: {size}"],
        "a NUL in a header": ["X-A: a\0b", f"Content-Length: {size}"],
        "a carriage return in a header": ["X-A: a\rb", f"Content-Length: {size}"],
        "a header behind a bare line feed": [f"X-A: a\nContent-Length: {size}"],
        "two hosts": ["Host: b", f"Content-Length: {size}"],
    }
    return {name: head(token, *lines) + GOOD for name, lines in heads.items()}


def _codings(token: str) -> dict[str, bytes]:
    size = len(GOOD)
    heads = {
        "a length and chunks": [f"Content-Length: {size}", "Transfer-Encoding: chunked"],
        "chunks and a length": ["Transfer-Encoding: chunked", f"Content-Length: {size}"],
        "chunks announced twice": ["Transfer-Encoding: chunked"] * 2,
        "chunks of something compressed": ["Transfer-Encoding: gzip, chunked"],
        "a coding behind the chunks": ["Transfer-Encoding: chunked, identity"],
        "a coding nobody knows": ["Transfer-Encoding: xchunked"],
        "no coding by its name": ["Transfer-Encoding: identity"],
    }
    bodies = {
        "a chunk whose size is no number": b"ZZ\r\n" + GOOD,
        "a chunk of a negative size": b"-1\r\n" + GOOD,
        "a chunk of more than 64 bits": b"f" * 17 + b"\r\n" + GOOD,
        "a chunk longer than it says": b"5\r\n" + GOOD + b"\r\n0\r\n\r\n",
    }
    return {
        **{name: head(token, *lines) + chunked(GOOD) for name, lines in heads.items()},
        **{name: head(token, "Transfer-Encoding: chunked") + body for name, body in bodies.items()},
        "chunks in HTTP/1.0": head(token, "Transfer-Encoding: chunked", version="1.0") + chunked(GOOD),
    }


NO_REQUEST = {
    "HTTP/0.9": b"GET /v1/healthz\r\n\r\n",
    "HTTP/1.1 without a host": b"GET /v1/healthz HTTP/1.1\r\n\r\n",
    "HTTP/2 without asking": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "HTTP/9.9": b"GET /v1/healthz HTTP/9.9\r\nHost: a\r\n\r\n",
    "a method in small letters": b"get /v1/healthz HTTP/1.1\r\nHost: a\r\n\r\n",
    "a method nobody knows": b"GETT /v1/healthz HTTP/1.1\r\nHost: a\r\n\r\n",
    "a tunnel": b"CONNECT 10.0.0.1:22 HTTP/1.1\r\nHost: a\r\n\r\n",
    "a path of raw bytes": "GET /v1/健康 HTTP/1.1\r\nHost: a\r\n\r\n".encode(),
    "a space in the path": b"GET /v1/heal thz HTTP/1.1\r\nHost: a\r\n\r\n",
    "a TLS greeting": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(50),
    "bytes of nothing": b"\0\1\2\3\r\n\r\n",
}


def head(token: str, *lines: str, version: str = "1.1") -> bytes:
    """The head of an allocation with these lines besides."""
    first = (
        f"POST /v1/allocations HTTP/{version}", "Host: a", f"Authorization: Bearer {token}",
        "Idempotency-Key: of-a-body-of-doubtful-length", "Content-Type: application/json", *lines,
    )  # fmt: skip
    return "\r\n".join(first).encode("latin-1") + b"\r\n\r\n"


def requests(token: str) -> list[Bytes]:
    """All of them, as somebody whose token is good."""
    malformed = {**_lengths(token), **_codings(token), **NO_REQUEST}
    found = [Bytes(name, 400, "request.malformed", sent) for name, sent in malformed.items() if name != "two hosts"]
    size = len(GOOD)
    return [
        *found,
        Bytes("two hosts", 400, "header.repeated", malformed["two hosts"]),
        Bytes("more than it says", 400, "body.malformed",
              head(token, "Content-Length: 10", "Connection: close") + GOOD),
        Bytes("20 MB announced", 413, "body.too_large", head(token, "Content-Length: 20000000")),
        Bytes("20 MB announced, waiting for leave", 413, "body.too_large",
              head(token, "Content-Length: 20000000", "Expect: 100-continue")),
        Bytes("2 MB in a chunk", 413, "body.too_large",
              head(token, "Transfer-Encoding: chunked") + chunked(b'"' + b"x" * 2_000_000 + b'"')),
        Bytes("a thousand headers", 431, "header.too_large",
              head(token, *(f"X-{number}: {'x' * 40}" for number in range(1000)), f"Content-Length: {size}") + GOOD),
        Bytes("a header of 100 kB", 431, "header.too_large",
              head(token, f"X-A: {'x' * 100_000}", f"Content-Length: {size}") + GOOD),
    ]  # fmt: skip
