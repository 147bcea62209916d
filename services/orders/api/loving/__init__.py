"""Routes of love orders in depth: the bureau's desk, whom to serve, lists referred, the radar."""

from __future__ import annotations

from types import ModuleType

from services.orders.api.loving import bureau_desk, radar, recipients, referrals

PARTS: tuple[ModuleType, ...] = (bureau_desk, recipients, referrals, radar)
