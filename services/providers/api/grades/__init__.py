"""Routes of monthly grades, findings and satisfaction."""

from __future__ import annotations

from types import ModuleType

from services.providers.api.grades import findings, judging, ratings, rounds, writings

PARTS: tuple[ModuleType, ...] = (rounds, judging, findings, ratings, writings)
