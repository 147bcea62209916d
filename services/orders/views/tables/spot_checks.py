"""Read models of spot checks."""

from __future__ import annotations

from chassis.service import View

TABLES: tuple[View, ...] = ()
