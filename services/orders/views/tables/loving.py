"""Read models of love orders in depth."""

from __future__ import annotations

from chassis.service import View

TABLES: tuple[View, ...] = ()
