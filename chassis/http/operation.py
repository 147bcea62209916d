"""One operation: from a raw request to the bytes of its answer, without the framework's dependency solving.

    caller (remembered token) ─▶ role, county ─▶ key ─▶ body (strict bytes, then the model) ─▶ handler
      ─▶ Ask? dispatch ─▶ bytes                        any refusal ─▶ problem+json

``OperationRoute`` stands in the router like any other route; its ``app`` is ours. The framework's own route is made
when the description is asked for, because making one costs more than everything else a start does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import pydantic
import structlog
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from chassis.auth import Caller
from chassis.body import check_json, check_media_type, places
from chassis.dispatch import LOST, KeyReused, Overloaded, Unavailable
from chassis.http.answers import Header, send_problem, send_reply
from chassis.http.call import Call, Running, Upload
from chassis.http.conditions import expected, tag, unchanged
from chassis.http.declared import Declared
from chassis.http.documented import documented, takes_if_match
from chassis.http.files import as_file, name_of, written
from chassis.http.rates import Rates
from chassis.http.requests import (
    Disconnected,
    Headers,
    check_headers,
    check_no_body,
    county_of,
    idempotency_key,
    read_body,
    request_id,
)
from chassis.http.shapes import to_bytes
from chassis.http.watched import Watched, asked_by
from chassis.kernel import Rejected
from chassis.problems import Problem, Problems, Refused
from chassis.service import Ask, Reply

log = structlog.get_logger(__name__)

_VERSION = "select max(originator_version) as version from events where county = $1 and originator_id = $2"
_UNAUTHENTICATED = 401
_NOT_MODIFIED = Reply(status=304, body=b"")
NOBODY = Caller(subject="", role="", county="")
"""The caller of a route that needs no token."""


class OperationRoute(Route):
    """A declared route; ``serve`` gives it the running service."""

    running: Running
    problems: Problems
    rates: Rates
    scope: str
    action: str
    asks_further: bool
    watched: Watched

    def __init__(self, declared: Declared) -> None:
        super().__init__(declared.path, self._from_router, methods=[declared.method], name=declared.name)
        self.declared = declared
        self.operation_id = f"{declared.tag}_{declared.name}".replace("-", "_").replace(" ", "_")
        self.places = tuple(
            (segment[1:-1], place) for place, segment in enumerate(declared.path.split("/")) if segment.startswith("{")
        )
        self.always: tuple[Header, ...] = declared.deprecated.headers if declared.deprecated else ()
        self.conditional = takes_if_match(declared)
        self.patient = "wait" in declared.filters.types
        self.app = self._from_router

    def serve(self, running: Running, problems: Problems, rates: Rates) -> None:
        """Serve ``running``; ValueError for a refusal that the service does not explain, or without a policy."""
        unknown = [code for code in self.declared.refusals if code not in problems]
        if unknown:
            raise ValueError(f"{self.declared.method} {self.declared.path}: refusals nobody explains: {unknown}")
        self.running, self.problems, self.rates = running, problems, rates
        self.action = self.declared.action_of(running.service.name)
        if not self.declared.public and not running.authority.knows(self.action):
            raise ValueError(f"{self.declared.method} {self.declared.path}: no policy lets anybody do {self.action}")
        unseen = sorted(f"see.{name}" for name in self.declared.classes if not running.authority.knows(f"see.{name}"))
        if unseen:
            raise ValueError(f"{self.declared.method} {self.declared.path}: no policy lets anybody {unseen}")
        self.asks_further = not self.declared.public and running.authority.asks_further(self.action)
        self.scope = self.declared.scope_of(running.service.name)
        self.watched = Watched(running.service.name, self.operation_id, patient=self.patient, settings=running.settings)

    def described(self) -> APIRoute:
        """What the framework describes."""
        declared = self.declared
        return APIRoute(
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
            operation_id=self.operation_id,
            deprecated=declared.deprecated is not None or None,
        )

    async def _from_router(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.run(scope, receive, send, scope["path_params"])

    async def run(self, scope: Scope, receive: Receive, send: Send, path: Mapping[str, str]) -> None:
        """Answer one request."""
        headers: Headers = dict(scope["headers"])
        request = request_id(headers)
        told = list(self.always)
        with self.watched.begin(headers, request) as watching:
            if trace := watching.traceparent:
                told.append((b"traceparent", trace))
            try:
                reply = await self._reply(scope, receive, headers, path, request, told)
            except Disconnected:
                return
            except Exception as error:
                problem = self._problem(error, request)
                if problem.status == _UNAUTHENTICATED:
                    self.rates.guessed_wrong(scope, headers)
                await send_problem(send, problem, request, told)
                watching.refused(problem.status, problem.code)
            else:
                await send_reply(send, reply, request, told)
                watching.answered(reply.status)

    async def _reply(
        self, scope: Scope, receive: Receive, headers: Headers, path: Mapping[str, str], request: str,
        told: list[Header],
    ) -> Reply:  # fmt: skip
        declared, running = self.declared, self.running
        if declared.deprecated is not None:
            declared.deprecated.must_be_there()
        if len(headers) != len(scope["headers"]):
            check_headers(scope["headers"])
        caller, county = await self._caller(scope, headers, told)
        if county != caller.county:
            asked_by(caller, county)
        query = declared.filters.read(scope["query_string"])
        key, digest, body, seen, raw = "", b"", None, None, b""
        if declared.method == "POST":
            key = "" if declared.keyless else idempotency_key(headers)
            seen = self._expected(headers)
            raw = await self._read(receive, headers)
            digest = sha256(b"POST\0" + scope["path"].encode() + b"\0" + raw).digest()
            body = self._body(raw, headers)
        else:
            check_no_body(headers)
        call: Call[Any] = Call(
            running=running, caller=caller, county=county, at=running.clock.now(), body=body, path=path, query=query,
            key=key, request_id=request, request_hash=digest, route=declared, expected=seen, action=self.action,
            raw=raw,
        )  # fmt: skip
        if declared.stream:
            return await self._tagged(call, headers, told)
        return await self._answer(call)

    async def _answer(self, call: Call[Any]) -> Reply:
        declared, running = self.declared, self.running
        answer = await declared.handler(call)
        if self.asks_further and not call.asked and answer is not None:
            log.error("http.never_asked", operation=self.operation_id, request=call.request_id)
            raise Refused("internal")
        if isinstance(answer, Ask):
            return await running.dispatch.ask(answer)
        if isinstance(answer, Reply):
            return answer
        if answer is None:
            raise Refused("not_found")
        body = to_bytes(declared.answer, answer, call.hidden)
        form = as_file(call.query) if declared.files else ""
        if form:
            body = await asyncio.to_thread(written, body, declared.columns, form)
            return Reply(status=200, body=body, file=name_of(declared.files, call.county, call.query, form))
        return Reply(status=declared.status, body=body)

    async def _caller(self, scope: Scope, headers: Headers, told: list[Header]) -> tuple[Caller, str]:
        if self.declared.public:
            if self.declared.method == "POST":
                self.rates.may_guess(scope, headers)
            if not self.declared.common:
                self.rates.count_guest(scope, headers)
            return NOBODY, ""
        verifier, authorization = self.running.verifier, headers.get(b"authorization", b"")
        caller = verifier.remembered(authorization)
        if caller is None:
            self.rates.may_guess(scope, headers)
            caller = await verifier.verify(authorization)
        asked_by(caller, caller.county)
        self.rates.count(caller, told)
        authority = self.running.authority
        if not authority.may(self.action, caller.role):
            raise Refused("forbidden.role")
        if not caller.may(self.scope):
            raise Refused("forbidden.scope")
        county = county_of(caller, headers.get(b"careloop-county"), optional=self.declared.any_county)
        if refused := authority.entry(caller, self.action, county):
            raise Refused(refused)
        return caller, county

    async def _tagged(self, call: Call[Any], headers: Headers, told: list[Header]) -> Reply:
        """The answer with its entity tag, or 304 for who has it.

        The version is read before what it stands for: a tag that is too old only costs its holder another question,
        one that is too new would let it decide on what it has not seen.
        """
        row = await call.fetchrow(_VERSION, call.county, call.path_id(self.declared.stream))
        version = call.version = (row and row["version"]) or 0
        reply = await self._answer(call)
        if version == 0:
            return reply
        told.append((b"etag", tag(version)))
        known = headers.get(b"if-none-match")
        if known is not None and unchanged(known, version) and not self.declared.elsewhere:
            return _NOT_MODIFIED
        return reply

    def _expected(self, headers: Headers) -> tuple[int, ...] | None:
        given = headers.get(b"if-match") if self.conditional else None
        if given is not None:
            return expected(given)
        if self.declared.guarded:
            raise Refused("precondition.missing")
        return None

    async def _read(self, receive: Receive, headers: Headers) -> bytes:
        """The body's bytes: an upload has its own limit and its own word for what is over it."""
        settings = self.running.settings
        if not self.declared.upload:
            return await read_body(receive, headers, settings.body_max_bytes)
        try:
            return await read_body(receive, headers, settings.photo_max_bytes)
        except Refused as refusal:
            if refusal.code != "body.too_large":
                raise
            raise Refused("photo.too_large", max_bytes=settings.photo_max_bytes) from None

    def _body(self, raw: bytes, headers: Headers) -> BaseModel | Upload | None:
        model = self.declared.body
        if self.declared.upload:
            return Upload(headers.get(b"content-type", b"").decode("latin-1"), raw)
        if model is None:
            if raw.strip() not in (b"", b"{}"):
                raise Refused("body.unexpected")
            return None
        if self.declared.bare and not raw.strip():
            return model()
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
