"""Read models of complaints and hot-line tickets."""

from __future__ import annotations

from chassis.service import View

TABLES: tuple[View, ...] = ()
