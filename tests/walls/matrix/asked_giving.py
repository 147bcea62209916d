"""Requests to the charity service about donations and certificates."""

from __future__ import annotations

from tests.walls.matrix.asked import Asked

ASKED: dict[str, Asked] = {}
