"""Routes of spot checks."""

from __future__ import annotations

from types import ModuleType

from services.orders.api.spot_checks import batches, inspections, inspectors, published, years

PARTS: tuple[ModuleType, ...] = (inspectors, batches, published, years, inspections)
