"""Logs: structured, one line an event, without personal data.

What a line may not say is decided in ``redaction``. Of an exception are told its class, where it was raised and a
message with long numbers blanked out; its arguments, and what a database echoes as detail, are not. Other libraries'
loggers and Python's warnings take the same way. While a request or a hearing is carried out, each of its lines says
which one: request id, trace, county (``Bound``).
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from contextvars import ContextVar, Token
from typing import Any

import asyncpg
import pydantic
import structlog

from chassis import tracing
from chassis.config import Settings
from chassis.redaction import DROPPED, clean, clean_text, is_dropped

__all__ = ["BOUND", "DROPPED", "Bound", "configure", "log", "message_of"]

log = structlog.get_logger

_LIBRARYS = frozenset({"_record", "_from_structlog"})
_LONG_NUMBER = re.compile(r"[0-9]{6,}[Xx]?")
_FRAMES = 12
_MESSAGE_MAX = 500


class Bound:
    """What every line that is logged meanwhile says, by name; bound from ``with`` to its end."""

    __slots__ = ("_token", "facts")

    def __init__(self, **facts: str) -> None:
        self.facts = facts

    def __enter__(self) -> Bound:
        self._token: Token[Bound | None] = BOUND.set(self)
        return self

    def __exit__(self, *_error: object) -> None:
        BOUND.reset(self._token)


BOUND: ContextVar[Bound | None] = ContextVar("careloop_bound", default=None)


def configure(settings: Settings) -> None:
    """Log as JSON lines to standard error, or readably where that is a terminal; other libraries' loggers too."""
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    shared: list[structlog.typing.Processor] = [
        bind,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        tell_exception,
        redact,
    ]
    structlog.configure(
        processors=[*shared, _renderer()],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _renderer()],
        )
    )
    logging.basicConfig(level=max(level, logging.WARNING), handlers=[handler], force=True)
    logging.captureWarnings(True)


def bind(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Add what is bound, and the trace; what the line says itself stands."""
    bound = BOUND.get()
    if bound is not None:
        for name, value in bound.facts.items():
            event.setdefault(name, value)
    trace = tracing.trace_id()
    if trace:
        event.setdefault("trace", trace)
    return event


def redact(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop and hide what must not be logged, at every depth; what the logging library added for itself stays."""
    return {
        clean_text(str(key)): value if key in _LIBRARYS else clean(value)
        for key, value in event.items()
        if not is_dropped(str(key))
    }


def tell_exception(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace ``exc_info`` by the class, the cleaned message and the frames of the exception."""
    given = event.pop("exc_info", None)
    error = given[1] if isinstance(given, tuple) else sys.exc_info()[1] if given is True else given
    if isinstance(error, BaseException):
        event["error"] = type(error).__qualname__
        event["message"] = message_of(error)
        event["frames"] = [
            f"{frame.filename}:{frame.lineno}:{frame.name}" for frame in traceback.extract_tb(error.__traceback__)
        ][-_FRAMES:]
    return event


def message_of(error: BaseException) -> str:
    """An exception's message without what it may echo: details of a database, inputs of a validation, long numbers."""
    if isinstance(error, pydantic.ValidationError):
        return f"{error.error_count()} errors in {error.title}"
    text = str(error.args[0]) if isinstance(error, asyncpg.PostgresError) and error.args else str(error)
    return _LONG_NUMBER.sub("#", clean_text(text))[:_MESSAGE_MAX]


def _renderer() -> structlog.typing.Processor:
    if sys.stderr.isatty():
        return structlog.dev.ConsoleRenderer()
    return structlog.processors.JSONRenderer(ensure_ascii=False)
