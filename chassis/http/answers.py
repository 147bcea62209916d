"""Sends answers: two ASGI messages, no response objects.

Every answer says that it is not to be kept, guessed about or framed; ``Strict-Transport-Security`` is said by the proxy
that has the certificate.
"""

from __future__ import annotations

from collections.abc import Iterable

from starlette.types import Send

from chassis.http.files import MEDIA, PICTURES
from chassis.problems import MEDIA_TYPE, Problem
from chassis.service import Reply

Header = tuple[bytes, bytes]

ALWAYS: tuple[Header, ...] = (
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
)
_JSON = (b"content-type", b"application/json")
_PROBLEM = (b"content-type", MEDIA_TYPE)
_WITHOUT_BODY = (204, 304)


async def send_reply(send: Send, reply: Reply, request_id: str, told: Iterable[Header] = ()) -> None:
    """An answer in JSON, or a file, with the headers ``told`` besides; without a body where there is none."""
    headers = [*ALWAYS, (b"x-request-id", request_id.encode()), *told]
    if reply.status not in _WITHOUT_BODY:
        headers.append((b"content-length", b"%d" % len(reply.body)))
        if reply.file:
            headers.append((b"content-type", (MEDIA | PICTURES)[reply.file.rpartition(".")[2]].encode()))
            headers.append((b"content-disposition", f'attachment; filename="{reply.file}"'.encode()))
        elif reply.body:
            headers.append(_JSON)
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": reply.body})


async def send_problem(send: Send, problem: Problem, request_id: str, told: Iterable[Header] = ()) -> None:
    """A refusal in ``application/problem+json``, with the headers ``told`` besides its own."""
    headers = [
        *ALWAYS,
        _PROBLEM,
        (b"content-length", b"%d" % len(problem.body)),
        (b"x-request-id", request_id.encode()),
        *told,
        *problem.headers,
    ]
    await send({"type": "http.response.start", "status": problem.status, "headers": headers})
    await send({"type": "http.response.body", "body": problem.body})
