"""The read models: one row a stream, columns as the migrations make them. Personal fields stay sealed in them."""

from __future__ import annotations

from services.orders.views.tables import (
    complaints,
    contacts,
    desk,
    forwardings,
    loving,
    needs,
    orders,
    people,
    plans,
    spot_checks,
)

TABLES = (
    *people.TABLES,
    *needs.TABLES,
    *forwardings.TABLES,
    *plans.TABLES,
    *orders.TABLES,
    *contacts.TABLES,
    *loving.TABLES,
    *desk.TABLES,
    *spot_checks.TABLES,
    *complaints.TABLES,
)
