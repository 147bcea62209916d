"""A route as it was declared, before anything serves it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from pydantic import BaseModel

from chassis.http.call import Call
from chassis.http.classes import classes_of
from chassis.http.deprecation import Deprecated
from chassis.http.files import columns_of
from chassis.http.query import Filters
from chassis.http.shapes import Answer
from chassis.service import Ask, Reply

Handler = Callable[[Call[Any]], Awaitable[Ask | Reply | Answer | None]]


@dataclass(frozen=True, kw_only=True)
class Declared:
    """``public``: anybody, without a token; otherwise the policies say who, by ``action_of``. ``any_county``: the
    request need not name a county.

    ``stream`` is the path parameter that names the stream a question is about: its version is the answer's entity tag;
    ``elsewhere``: the answer shows what other streams change too. ``guarded`` is the one whose version a command must
    name in ``If-Match``. ``scope`` is the one a token with scopes needs, if it is not the service's ``.read`` or
    ``.write``. ``keyless``: a command whose answer is never kept, so it needs no Idempotency-Key.
    ``bare``: the body may be left out, and is then the model with its defaults.
    ``files`` is what its rows are called as a file (``chassis.http.files``); empty where they are never one.
    ``bulk`` is the path of the route that takes many of it; ``deprecated`` says that the route is going.
    ``upload`` are the media types of a body that is no JSON; ``media`` is the type of an answer that is none.
    ``common``: every service has it; ``acts_as`` is the operation whose policies it shares.
    """

    method: Literal["GET", "POST"]
    path: str
    name: str
    tag: str
    handler: Handler
    answer: type[BaseModel]
    public: bool
    description: str
    refusals: tuple[str, ...]
    filters: Filters
    status: int = 200
    summary: str = ""
    any_county: bool = False
    stream: str = ""
    elsewhere: bool = False
    guarded: str = ""
    scope: str = ""
    keyless: bool = False
    bare: bool = False
    body: type[BaseModel] | None = None
    bulk: str = ""
    deprecated: Deprecated | None = None
    common: bool = False
    files: str = ""
    acts_as: str = ""
    upload: tuple[str, ...] = ()
    media: str = ""

    @cached_property
    def classes(self) -> frozenset[str]:
        """The classes of fields that its answers show, see ``chassis.http.classes``."""
        return classes_of(self.answer)

    @cached_property
    def columns(self) -> Mapping[str, str]:
        """The titles of a file's columns, by field."""
        return columns_of(self.answer)

    def action_of(self, service: str) -> str:
        """The name of what is done, by which ``deploy/authz`` says who may."""
        return f"{'common' if self.common else service}.{self.acts_as or self.name}"

    def scope_of(self, service: str) -> str:
        """The scope that a token needs, if it has scopes."""
        return self.scope or f"{service}.{'read' if self.method == 'GET' else 'write'}"
