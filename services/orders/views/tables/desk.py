"""Read models of the verification desk."""

from __future__ import annotations

from chassis.service import View

TABLES: tuple[View, ...] = ()
