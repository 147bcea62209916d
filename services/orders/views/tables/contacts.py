"""Read models of cadres' visits, monthly contacts and carers."""

from __future__ import annotations

from chassis.service import View

TABLES: tuple[View, ...] = ()
