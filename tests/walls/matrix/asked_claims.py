"""Requests to the charity service about claims, in depth."""

from __future__ import annotations

from tests.walls.matrix.asked import Asked

ASKED: dict[str, Asked] = {}
