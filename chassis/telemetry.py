"""Logs: structured, one line an event, without personal data.

Keys that name personal data or credentials are dropped at every depth. Of an exception are told its class, where it
was raised and a message with long numbers blanked out; its arguments, and what a database echoes as detail, are not.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from typing import Any

import asyncpg
import pydantic
import structlog

from chassis.config import Settings

log = structlog.get_logger

DROPPED = frozenset({"name", "id_number", "phone", "address", "account", "token", "authorization"})
"""Keys that never reach a log, whatever their case."""

_LONG_NUMBER = re.compile(r"[0-9]{6,}[Xx]?")
_FRAMES = 12
_MESSAGE_MAX = 500


def configure(settings: Settings) -> None:
    """Log as JSON lines to standard error, or readably where that is a terminal; other libraries' loggers too."""
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
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


def redact(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop what must not be logged, at every depth."""
    return {key: _clean(value) for key, value in event.items() if key.lower() not in DROPPED}


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
    return _LONG_NUMBER.sub("#", text)[:_MESSAGE_MAX]


def _clean(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _clean(inner) for key, inner in value.items() if str(key).lower() not in DROPPED}
    if isinstance(value, list | tuple):
        return [_clean(inner) for inner in value]
    return value


def _renderer() -> structlog.typing.Processor:
    if sys.stderr.isatty():
        return structlog.dev.ConsoleRenderer()
    return structlog.processors.JSONRenderer(ensure_ascii=False)
