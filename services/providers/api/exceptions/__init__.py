"""Routes of exceptions and what became of them."""

from __future__ import annotations

from types import ModuleType

PARTS: tuple[ModuleType, ...] = ()
