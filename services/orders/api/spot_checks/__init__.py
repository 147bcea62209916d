"""Routes of spot checks."""

from __future__ import annotations

from types import ModuleType

PARTS: tuple[ModuleType, ...] = ()
