"""Routes of donations, pledges, appeals, service done and certificates."""

from __future__ import annotations

from types import ModuleType

PARTS: tuple[ModuleType, ...] = ()
