"""Callers with tokens, and what the services answer them: whole requests to the four applications, no client."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4
from zipfile import ZipFile

from starlette.types import ASGIApp, Message

from chassis.auth import issue
from chassis.config import Settings

Query = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Who holds a token. ``county`` is the token's: a region's for city and province, empty for a service.

    ``bearer`` is a token that was got in another way, by an API key for example.
    """

    role: str
    subject: str
    county: str
    owner: str = ""
    township: str = ""
    bearer: str = ""


@dataclass(frozen=True, kw_only=True)
class Request:
    """What is asked of a service; ``county`` is the header ``Careloop-County``, ``key`` the Idempotency-Key, ``body``
    is told as JSON, or as it is where it is the bytes of a picture."""

    service: str
    method: str
    path: str
    query: Query = field(default_factory=dict)
    body: Any = None
    county: str = ""
    key: str = ""
    headers: Query = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    @cached_property
    def json(self) -> Any:
        """The body as it was meant; None for a file."""
        return json.loads(self.body) if self.body and not self.header("content-disposition") else None

    @property
    def readable(self) -> bytes:
        """The body as it is read: of a workbook, its parts unpacked."""
        if not self.header("content-disposition").endswith('.xlsx"'):
            return self.body
        with ZipFile(BytesIO(self.body)) as book:
            return b"\n".join(book.read(part) for part in book.namelist())

    @property
    def code(self) -> str:
        """The code of a refusal; empty for an answer."""
        return str(self.json["code"]) if self.status >= 400 else ""

    def of_the_first(self) -> Answer:
        """Of many commands in one request, what the first was answered; any other answer as it is."""
        results = self.json.get("items") if self.status == 200 and isinstance(self.json, dict) else None
        if not results or not isinstance(results[0], dict) or not {"index", "status"} <= results[0].keys():
            return self
        first = results[0]
        told = json.dumps(first.get("problem") or first.get("answer"), ensure_ascii=False)
        return Answer(first["status"], self.headers, told.encode())

    def header(self, name: str) -> str:
        """A header's value; empty where there is none."""
        wanted = name.lower().encode()
        return next((value.decode("latin-1") for key, value in self.headers if key == wanted), "")


class Door:
    """The four services' applications, and tokens for whoever asks."""

    def __init__(self, settings: Settings, applications: Mapping[str, ASGIApp]) -> None:
        self._settings = settings
        self._applications = applications
        self._tokens: dict[Holder, str] = {}

    async def ask(self, request: Request, by: Holder | None) -> Answer:
        """One request, as it is; ``by`` None comes without a token."""
        headers = {"host": "careloop.test", **request.headers}
        if by is not None:
            headers["authorization"] = f"Bearer {self.token(by)}"
        if request.county:
            headers["careloop-county"] = request.county
        body = b""
        if request.method == "POST":
            headers["idempotency-key"] = request.key or str(uuid4())
            if isinstance(request.body, bytes):
                headers["content-type"] = "image/jpeg"
                body = request.body
            elif request.body is not None:
                headers["content-type"] = "application/json"
                body = json.dumps(request.body).encode()
            headers["content-length"] = str(len(body))
        return await _exchange(self._applications[request.service], request, headers, body)

    async def ask_as_seen(self, request: Request, by: Holder | None, reader: Holder) -> Answer:
        """The same; where the answer wants the version that was seen, ``reader`` looks it up and it is asked again."""
        answer = await self.ask(request, by)
        if answer.status != 428:
            return answer
        seen = await self.ask(
            Request(service=request.service, method="GET", path=request.path.rpartition("/")[0], county=request.county),
            reader,
        )
        assert seen.header("etag"), f"{request.path} wants a version and {seen.status} tells none"
        again = Request(**{**request.__dict__, "headers": {**request.headers, "if-match": seen.header("etag")}})
        return await self.ask(again, by)

    def token(self, by: Holder) -> str:
        """A token of the development issuer, made once."""
        if by.bearer:
            return by.bearer
        if by not in self._tokens:
            self._tokens[by] = issue(self._settings, by.subject, by.role, by.county, by.owner, by.township)
        return self._tokens[by]


async def _exchange(app: ASGIApp, request: Request, headers: Mapping[str, str], body: bytes) -> Answer:
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": "http",
        "path": request.path,
        "raw_path": request.path.encode(),
        "root_path": "",
        "query_string": urlencode(request.query).encode(),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    sent: list[Message] = []
    asked = False

    async def receive() -> Message:
        nonlocal asked
        if asked:
            await asyncio.Event().wait()
        asked = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start, *rest = sent
    return Answer(start["status"], tuple(start["headers"]), b"".join(part.get("body", b"") for part in rest))
