"""Read models of photos and packets of devices."""

from __future__ import annotations

from chassis.service import View

TABLES: tuple[View, ...] = ()
