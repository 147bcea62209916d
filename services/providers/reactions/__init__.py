"""What the service does by itself: at once in the same transaction (steps), or when its time comes (dues)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from chassis.service import Due, Recorded, Step, WhenDue
from services.providers.reactions import exceptions, grades, photos, serving

WHEN_DUE: Mapping[str, WhenDue] = {**serving.WHEN_DUE, **photos.WHEN_DUE, **exceptions.WHEN_DUE, **grades.WHEN_DUE}


def reactions(recorded: Recorded, state: Any) -> Iterable[Due | Step]:
    """What each theme makes of it."""
    yield from serving.of_serving(recorded, state)
    yield from photos.of_photos(recorded, state)
    yield from exceptions.of_exceptions(recorded, state)
    yield from grades.of_grades(recorded, state)
