"""Sends answers: two ASGI messages, no response objects."""

from __future__ import annotations

from starlette.types import Send

from chassis.problems import MEDIA_TYPE, Problem
from chassis.service import Reply

_JSON = (b"content-type", b"application/json")
_PROBLEM = (b"content-type", MEDIA_TYPE)
_NEVER_KEPT = (b"cache-control", b"no-store")


async def send_reply(send: Send, reply: Reply, request_id: str) -> None:
    """An answer in JSON; without a body where there is none."""
    headers = [(b"content-length", b"%d" % len(reply.body)), _NEVER_KEPT, (b"x-request-id", request_id.encode())]
    if reply.body:
        headers.append(_JSON)
    elif reply.status == 204:
        del headers[0]
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": reply.body})


async def send_problem(send: Send, problem: Problem, request_id: str) -> None:
    """A refusal in ``application/problem+json``."""
    headers = [
        _PROBLEM,
        (b"content-length", b"%d" % len(problem.body)),
        _NEVER_KEPT,
        (b"x-request-id", request_id.encode()),
        *problem.headers,
    ]
    await send({"type": "http.response.start", "status": problem.status, "headers": headers})
    await send({"type": "http.response.body", "body": problem.body})
