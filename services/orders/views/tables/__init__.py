"""The read models: one row a stream, columns as the migrations make them. Personal fields stay sealed in them."""

from __future__ import annotations

from services.orders.views.tables import contacts, forwardings, needs, orders, people, plans

TABLES = (*people.TABLES, *needs.TABLES, *forwardings.TABLES, *plans.TABLES, *orders.TABLES, *contacts.TABLES)
