"""Read models of monthly grades, findings and satisfaction."""

from __future__ import annotations

from chassis.service import View

TABLES: tuple[View, ...] = ()
