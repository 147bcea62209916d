"""A doubt about a completion that came after it was told: another visit clashes with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """Something red was noticed; ``exceptions`` are all codes that stand now."""

    visit_id: UUID
    exceptions: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Doubted:
    """It is not accepted by itself any more: a person looks."""

    visit_id: UUID
    exceptions: tuple[str, ...]
    at: datetime
