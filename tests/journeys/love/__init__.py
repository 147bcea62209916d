"""Journeys of love orders and of verification: both loops, played on one running system through its public routes."""
