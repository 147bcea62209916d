"""Routes of lists of people referred to a charity, which decides what they are given."""

from __future__ import annotations

from types import ModuleType

from services.charity.api.referrals import lists

PARTS: tuple[ModuleType, ...] = (lists,)
