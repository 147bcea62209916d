"""The read models: one row a stream, columns as the migrations make them."""

from __future__ import annotations

from services.providers.views.tables import exceptions, grades, offers, photos, registers, visits

TABLES = (
    *registers.TABLES,
    *offers.TABLES,
    *visits.TABLES,
    *photos.TABLES,
    *exceptions.TABLES,
    *grades.TABLES,
)
