"""The read models: one row a stream, columns as the migrations make them."""

from __future__ import annotations

from services.charity.views.tables import giving, love_orders, referrals

TABLES = (*love_orders.TABLES, *giving.TABLES, *referrals.TABLES)
