"""The service that counts over HTTP, and the pair that tells and hears: those of the tests beside."""

from __future__ import annotations

from tests.chassis.consumer.conftest import county, deaf_to_the_bus, ear, hearing, settings, source
from tests.chassis.http.conftest import edge, start

__all__ = ["county", "deaf_to_the_bus", "ear", "edge", "hearing", "settings", "source", "start"]
