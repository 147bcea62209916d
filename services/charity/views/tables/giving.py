"""Read models of donations, pledges, appeals, service done and certificates."""

from __future__ import annotations

from chassis.service import View

TABLES: tuple[View, ...] = ()
