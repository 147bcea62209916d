"""Routes of love orders in depth."""

from __future__ import annotations

from types import ModuleType

PARTS: tuple[ModuleType, ...] = ()
