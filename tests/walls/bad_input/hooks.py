"""What makes generated requests reach the decisions: ids that exist, a fresh key each time, no long waits.

Read by schemathesis in its own process. What all operations have in common is read by the same few lines before any of
them sees it: headers, methods that a path does not have, an id in the path, how a list is paged and told, parameters
that nobody described. With ``FUZZ_BRIEF`` only one operation in so many is asked about it. Only values that
are well-formed already are exchanged, so what was generated to be wrong stays wrong. ``FUZZ_NAMES`` is a JSON file of
kinds and their values, ``FUZZ_TOKEN`` the caller's token; without them nothing is exchanged, and nobody calls.
"""

from __future__ import annotations

import itertools
import json
import os
import re
from pathlib import Path
from typing import Any
from zlib import crc32

import schemathesis
from schemathesis.core.parameters import ParameterLocation

_NAMES = os.environ.get("FUZZ_NAMES")
_KINDS: dict[str, list[str]] = json.loads(Path(_NAMES).read_text()) if _NAMES else {}
_RUN = os.environ.get("FUZZ_RUN", "run")
_ID = re.compile(r"[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_KEY = re.compile(r"[!-~]{1,128}")
_COUNTY = re.compile(r"[0-9A-Za-z]{6,12}(-[0-9a-z]{1,12})?")
_FORMS = {
    "township": re.compile(r"[0-9]{9}"),
    "village": re.compile(r"[0-9]{12}"),
    "item": re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}"),
    "fund": re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}"),
    "month": re.compile(r"[0-9]{4}-[0-9]{2}"),
    "credit_code": re.compile(r"[0-9A-Z]{18}"),
}
_TIMES = {
    "a day": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "an instant": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T.*"),
}
_number = itertools.count(1)
_SELDOM = 4
"""One generated value in so many is left as it is."""
_BRIEF = bool(os.environ.get("FUZZ_BRIEF"))
_ASKED_IN_COMMON = 8
"""One operation in so many."""
_OF_EVERY_LIST = frozenset({"limit", "after", "cursor", "sort", "format", None})
"""None: more, fewer or other parameters than are described."""


@schemathesis.auth()
class Bearer:
    """The caller's token; ``FUZZ_TOKEN`` is empty for a caller without one."""

    def get(self, _case: Any, _context: Any) -> str:
        """The token."""
        return os.environ.get("FUZZ_TOKEN", "")

    def set(self, case: Any, data: str, _context: Any) -> None:
        """Send it with the request."""
        if data:
            case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.hook
def filter_case(context: Any, case: Any) -> bool:
    """Whether the case is sent at all."""
    told = case.meta.phase.data if case.meta else None
    if not _BRIEF or crc32(f"{case.method} {case.operation.path}".encode()) % _ASKED_IN_COMMON == 0:
        return True
    return not _is_common(told)


def _is_common(told: Any) -> bool:
    parameter = getattr(told, "parameter", None)
    match getattr(told, "parameter_location", None):
        case ParameterLocation.HEADER:
            return True
        case ParameterLocation.PATH:
            return str(parameter).endswith("_id")
        case ParameterLocation.QUERY:
            return parameter in _OF_EVERY_LIST
        case _:
            return "http_method" in str(getattr(told, "scenario", ""))


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Exchange well-formed values for ones that mean something."""
    headers = case.headers
    if headers and _fits(_KEY, headers.get("Idempotency-Key")):
        headers["Idempotency-Key"] = f"{_RUN}-{next(_number)}"
    if headers and _KINDS and _fits(_COUNTY, headers.get("Careloop-County")):
        headers["Careloop-County"] = _KINDS["county"][0]
    for values in (case.path_parameters, case.query):
        if isinstance(values, dict):
            for name in list(values):
                values[name] = _known(name, values[name])
    if isinstance(case.query, dict) and isinstance(case.query.get("wait"), int | float):
        case.query["wait"] = min(case.query["wait"], 0.01)
    case.body = _within(case.body)


def _within(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: _known(name, inner) if isinstance(inner, str) else _within(inner) for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_within(inner) for inner in value]
    return value


def _known(name: str, value: Any) -> Any:
    """A value of the same kind that exists, mostly; ``value`` itself where it is not well-formed."""
    if not isinstance(value, str):
        return value
    kind = next((kind for kind, form in _TIMES.items() if _fits(form, value)), name.removesuffix("_id"))
    chosen = crc32(value.encode())
    if kind not in _KINDS or chosen % _SELDOM == 0 or not _fits({**_FORMS, **_TIMES}.get(kind, _ID), value):
        return value
    return _KINDS[kind][chosen % len(_KINDS[kind])]


def _fits(form: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and form.fullmatch(value) is not None
