"""One thing that was looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What was looked at, how it is, and what mends it where it is not well."""

    state: Literal["ok", "warn", "FAIL"]
    what: str
    told: str
    hint: str = ""


def ok(what: str, told: str) -> Finding:
    """As it should be."""
    return Finding(state="ok", what=what, told=told)


def warned(what: str, told: str, hint: str) -> Finding:
    """Works, and somebody should know."""
    return Finding(state="warn", what=what, told=told, hint=hint)


def failed(what: str, told: str, hint: str) -> Finding:
    """Does not work."""
    return Finding(state="FAIL", what=what, told=told, hint=hint)
