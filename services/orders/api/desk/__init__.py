"""Routes of the verification desk."""

from __future__ import annotations

from types import ModuleType

PARTS: tuple[ModuleType, ...] = ()
