"""Routes of exceptions and what became of them."""

from __future__ import annotations

from types import ModuleType

from services.providers.api.exceptions import cases, catalogue, outages

PARTS: tuple[ModuleType, ...] = (catalogue, cases, outages)
