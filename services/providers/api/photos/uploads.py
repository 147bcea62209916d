"""Photos of visits: uploaded by the provider, seen by it and by whoever checks."""

from __future__ import annotations

from chassis.http.photo_routes import photo_routes

routes = photo_routes("providers")
