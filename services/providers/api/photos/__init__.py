"""Routes of photos and packets of devices."""

from __future__ import annotations

from types import ModuleType

PARTS: tuple[ModuleType, ...] = ()
