"""What is refused before there is a whole request: a head that is too large, or too slow, or none that HTTP knows; a
body that does not come.

The server's own protocol (uvicorn on httptools) bounds neither the size of a request's head nor the time a request may
take to arrive, and answers what it cannot parse in plain text. Here all of it has a limit, and the answers are problems
like all others.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from chassis.http.answers import ALWAYS
from chassis.problems import MEDIA_TYPE, Problems, Refused

HEAD_MAX_BYTES = 32_768
HEAD_MAX_S = 15.0
BODY_MAX_S = 30.0


class Wire(HttpToolsProtocol):
    """One connection. ``head_max_bytes`` and ``head_max_s`` limit the request line with all headers, ``body_max_s``
    what follows them.
    """

    head_max_bytes = HEAD_MAX_BYTES
    head_max_s = HEAD_MAX_S
    body_max_s = BODY_MAX_S

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._head = 0
        self._in_head = True
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first request's head."""
        super().connection_made(transport)
        self._deadline = self.loop.call_later(self.head_max_s, self._too_slow)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """A request that is complete at once, as nearly every one is, costs no timer."""
        was_in_head = self._in_head
        super().data_received(data)
        cycle = self.cycle
        complete = not (self._in_head or (cycle.more_body and not cycle.response_complete))
        if self._deadline is not None and (complete or was_in_head != self._in_head):
            self._stop_waiting()
        if not complete and self._deadline is None and not self.transport.is_closing():
            self._deadline = self.loop.call_later(self.head_max_s if self._in_head else self.body_max_s, self._too_slow)

    def on_message_begin(self) -> None:
        """A request begins."""
        self._head, self._in_head = 0, True
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """A part of the request line."""
        self._bounded(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header, or a trailer of a body in chunks: that would be read as a header, so it is none."""
        self._bounded(len(name) + len(value))
        if self._in_head:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The head is there; how long its message is and for whom must not be open to doubt."""
        self._in_head = False
        self._check_framing(self.parser.get_http_version())
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        """The problem that says why there is no request."""
        self._refuse("header.too_large" if self._head > self.head_max_bytes else "request.malformed")

    def _check_framing(self, version: str) -> None:
        """HTTP/1.1 names its host; only it has a transfer coding, ``chunked`` alone (RFC 9112, sections 3.2, 6.1)."""
        names_host = version == "1.0"
        for name, value in self.headers:
            if name == b"host":
                names_host = True
            elif name == b"transfer-encoding" and (value.lower() != b"chunked" or version != "1.1"):
                raise ValueError("a transfer coding that is not understood")
        if not names_host:
            raise ValueError("no host, or no version of HTTP that is spoken here")

    def _bounded(self, size: int) -> None:
        self._head += size
        if self._head > self.head_max_bytes:
            raise ValueError("the head is too large")

    def _too_slow(self) -> None:
        self._deadline = None
        if self._in_head and self._head:
            self._refuse("header.too_slow")
        elif not self._in_head and not self.cycle.response_started:
            self._refuse("body.too_slow")
        else:
            self.transport.close()

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _refuse(self, code: str) -> None:
        problem = _PROBLEMS.answer(Refused(code))
        headers = (
            *ALWAYS, (b"content-type", MEDIA_TYPE), (b"content-length", b"%d" % len(problem.body)),
            (b"connection", b"close"),
        )  # fmt: skip
        lines = [STATUS_LINE[problem.status], *(name + b": " + value + b"\r\n" for name, value in headers), b"\r\n"]
        self.transport.write(b"".join(lines) + problem.body)
        self.transport.close()


_PROBLEMS = Problems({})
