"""Read models of exceptions and what became of them."""

from __future__ import annotations

from chassis.service import View

TABLES: tuple[View, ...] = ()
