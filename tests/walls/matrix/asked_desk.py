"""Requests to the orders service about the verification desk."""

from __future__ import annotations

from tests.walls.matrix.asked import Asked

ASKED: dict[str, Asked] = {}
