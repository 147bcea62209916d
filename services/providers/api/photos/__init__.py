"""Routes of photos and packets of devices."""

from __future__ import annotations

from types import ModuleType

from services.providers.api.photos import devices, packets, uploads

PARTS: tuple[ModuleType, ...] = (uploads, devices, packets)
