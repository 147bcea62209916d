"""Requests to the charity service about lists of people."""

from __future__ import annotations

from tests.walls.matrix.asked import Asked

ASKED: dict[str, Asked] = {}
