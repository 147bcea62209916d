"""Routes of ledgers and queries: questions only; nothing is decided here."""

from services.orders.api.ledgers import entrants, forecasts, histories, people, quality, radar, sums, waiting

PARTS = (people, sums, histories, radar, entrants, waiting, forecasts, quality)
"""The modules with routes."""

__all__ = ["PARTS"]
