"""The read models: one row a stream, columns as the migrations make them."""

from __future__ import annotations

from services.providers.views.tables import offers, registers, visits

TABLES = (*registers.TABLES, *offers.TABLES, *visits.TABLES)
