"""Photos of what was given or done for a love order: uploaded by the claimant or the charity."""

from __future__ import annotations

from chassis.http.photo_routes import photo_routes

routes = photo_routes("charity")
