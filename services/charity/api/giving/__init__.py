"""Routes of donations, pledges, appeals, service done and certificates."""

from __future__ import annotations

from types import ModuleType

from services.charity.api.giving import certificates, checking, donations, pledges, pots, record

PARTS: tuple[ModuleType, ...] = (pots, pledges, donations, record, certificates, checking)
