"""Read models of lists of people that were referred."""

from __future__ import annotations

from chassis.service import View

TABLES: tuple[View, ...] = ()
