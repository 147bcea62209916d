"""Routes of monthly grades, findings and satisfaction."""

from __future__ import annotations

from types import ModuleType

PARTS: tuple[ModuleType, ...] = ()
