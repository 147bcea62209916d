"""Routes of complaints and hot-line tickets."""

from __future__ import annotations

from types import ModuleType

PARTS: tuple[ModuleType, ...] = ()
