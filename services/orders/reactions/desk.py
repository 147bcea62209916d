"""What follows from the verification desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from chassis.service import Due, Recorded, Step, WhenDue


def of_desk(_recorded: Recorded, _state: Any) -> Iterable[Due | Step]:
    """Nothing follows yet."""
    return ()


WHEN_DUE: Mapping[str, WhenDue] = {}
