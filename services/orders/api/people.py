"""The routes about people beyond the register: their files, households, lists and imports."""

from __future__ import annotations

from services.orders.api import (
    files,
    guardians,
    household_files,
    households,
    imports,
    prospects,
    screening,
    self_care,
)

PARTS = (files, guardians, self_care, households, household_files, prospects, imports, screening)
