"""One operation: from a raw request to the bytes of its answer, without the framework's dependency solving.

    caller (remembered token) ─▶ role, county ─▶ key ─▶ body (strict bytes, then the model) ─▶ handler
      ─▶ Ask? dispatch ─▶ bytes                        any refusal ─▶ problem+json

``OperationRoute`` stands in the router like any other route and carries the OpenAPI description; its ``app`` is ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from time import monotonic
from typing import Any

import pydantic
import structlog
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.types import Receive, Scope, Send

from chassis.auth import Caller
from chassis.body import check_json, check_media_type, places
from chassis.dispatch import LOST, KeyReused, Overloaded, Unavailable
from chassis.http.answers import send_problem, send_reply
from chassis.http.call import Call, Running
from chassis.http.declared import Declared
from chassis.http.documented import documented
from chassis.http.requests import Disconnected, Headers, county_of, idempotency_key, read_body, request_id
from chassis.http.shapes import to_bytes
from chassis.kernel import Rejected
from chassis.problems import Problem, Problems, Refused
from chassis.service import Ask, Reply

log = structlog.get_logger(__name__)

SLOW_S = 1.0
NOBODY = Caller(subject="", role="", county="")
"""The caller of a route that needs no token."""


class OperationRoute(APIRoute):
    """A declared route; ``serve`` gives it the running service."""

    running: Running
    problems: Problems

    def __init__(self, declared: Declared) -> None:
        super().__init__(
            declared.path,
            documented(declared),
            methods=[declared.method],
            response_model=declared.answer,
            status_code=declared.status,
            response_description=declared.summary or declared.name,
            responses={"default": {"description": "Problem"}},
            tags=[declared.tag],
            summary=declared.summary or None,
            description=declared.description or None,
            operation_id=f"{declared.tag}_{declared.name}".replace("-", "_"),
        )
        self.declared = declared
        self.places = tuple(
            (segment[1:-1], place) for place, segment in enumerate(declared.path.split("/")) if segment.startswith("{")
        )
        self.patient = "wait" in declared.filters.types
        self.app = self._from_router

    def serve(self, running: Running, problems: Problems) -> None:
        """Serve ``running``; ValueError for a refusal that the service does not explain."""
        unknown = [code for code in self.declared.refusals if code not in problems]
        if unknown:
            raise ValueError(f"{self.declared.method} {self.declared.path}: refusals nobody explains: {unknown}")
        self.running, self.problems = running, problems

    async def _from_router(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.run(scope, receive, send, scope["path_params"])

    async def run(self, scope: Scope, receive: Receive, send: Send, path: Mapping[str, str]) -> None:
        """Answer one request."""
        began = monotonic()
        headers: Headers = dict(scope["headers"])
        request = request_id(headers)
        try:
            reply = await self._reply(scope, receive, headers, path, request)
        except Disconnected:
            return
        except Exception as error:
            problem = self._problem(error, request)
            await send_problem(send, problem, request)
            status = problem.status
        else:
            await send_reply(send, reply, request)
            status = reply.status
        took = monotonic() - began
        if status >= 500 or (took > SLOW_S and not self.patient):
            log.warning("http.slow_or_failed", operation=self.operation_id, status=status, request=request,
                        took_ms=int(took * 1000))  # fmt: skip

    async def _reply(
        self, scope: Scope, receive: Receive, headers: Headers, path: Mapping[str, str], request: str
    ) -> Reply:
        declared, running = self.declared, self.running
        caller, county = self._caller(headers)
        query = declared.filters.read(scope["query_string"])
        key, digest, body = "", b"", None
        if declared.method == "POST":
            key = idempotency_key(headers)
            raw = await read_body(receive, headers, running.settings.body_max_bytes)
            digest = sha256(b"POST\0" + scope["path"].encode() + b"\0" + raw).digest()
            body = self._body(raw, headers)
        call: Call[Any] = Call(
            running=running, caller=caller, county=county, at=running.clock.now(), body=body, path=path, query=query,
            key=key, request_id=request, request_hash=digest, route=declared,
        )  # fmt: skip
        answer = await declared.handler(call)
        if isinstance(answer, Ask):
            return await running.dispatch.ask(answer)
        if isinstance(answer, Reply):
            return answer
        if answer is None:
            raise Refused("not_found")
        return Reply(status=declared.status, body=to_bytes(declared.answer, answer))

    def _caller(self, headers: Headers) -> tuple[Caller, str]:
        roles = self.declared.roles
        if roles is None:
            return NOBODY, ""
        caller = self.running.verifier.caller(headers.get(b"authorization", b""))
        if caller.role not in roles:
            raise Refused("forbidden.role")
        return caller, county_of(caller, headers.get(b"careloop-county"), optional=self.declared.any_county)

    def _body(self, raw: bytes, headers: Headers) -> BaseModel | None:
        model = self.declared.body
        if model is None:
            if raw.strip() not in (b"", b"{}"):
                raise Refused("body.unexpected")
            return None
        check_media_type(headers.get(b"content-type", b""))
        check_json(raw)
        try:
            return model.__pydantic_validator__.validate_json(raw, strict=True)  # type: ignore[no-any-return]
        except pydantic.ValidationError as error:
            raise Refused("body.invalid", places=places(error)) from None

    def _problem(self, error: Exception, request: str) -> Problem:
        if isinstance(error, Rejected):
            if error.code not in self.problems:
                log.error("http.refusal_unexplained", code=error.code, operation=self.operation_id)
            return self.problems.answer(error)
        if isinstance(error, KeyReused):
            return self.problems.answer(Refused("idempotency_key.reused"))
        if isinstance(error, Overloaded):
            return self.problems.answer(Refused("overloaded"))
        if isinstance(error, (Unavailable, *LOST)):
            log.error("http.unavailable", operation=self.operation_id, request=request, exc_info=error)
            return self.problems.answer(Refused("unavailable"))
        log.error("http.failed", operation=self.operation_id, request=request, exc_info=error)
        return self.problems.answer(Refused("internal"))
