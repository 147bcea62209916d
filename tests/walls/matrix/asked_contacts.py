"""Requests to the orders service about cadres' visits, contacts and carers."""

from __future__ import annotations

from tests.walls.matrix.asked import Asked

ASKED: dict[str, Asked] = {}
