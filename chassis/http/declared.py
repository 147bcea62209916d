"""A route as it was declared, before anything serves it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from chassis.http.call import Call
from chassis.http.query import Filters
from chassis.http.shapes import Answer
from chassis.service import Ask, Reply

Handler = Callable[[Call[Any]], Awaitable[Ask | Reply | Answer | None]]


@dataclass(frozen=True, kw_only=True)
class Declared:
    """``roles`` None: anybody, without a token. ``any_county``: the request need not name a county."""

    method: Literal["GET", "POST"]
    path: str
    name: str
    tag: str
    handler: Handler
    body: type[BaseModel] | None
    answer: type[BaseModel]
    roles: frozenset[str] | None
    status: int
    summary: str
    description: str
    refusals: tuple[str, ...]
    filters: Filters
    any_county: bool
