"""Routes of complaints and hot-line tickets."""

from __future__ import annotations

from types import ModuleType

from services.orders.api.complaints import handling, looking, receiving

PARTS: tuple[ModuleType, ...] = (receiving, looking, handling)
