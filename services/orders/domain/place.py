"""Where a person lives, from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Home:
    """Township and village from ``from_day`` until the next home; the first one from the beginning of time."""

    from_day: date
    township: str
    village: str


def home_on(homes: tuple[Home, ...], day: date) -> Home:
    """Where the person lives on ``day``."""
    return [home for home in homes if home.from_day <= day][-1]


def with_home(homes: tuple[Home, ...], moved: Home) -> tuple[Home, ...]:
    """``moved`` replaces a home of the same day; a later one that is known already stays."""
    others = tuple(home for home in homes if home.from_day != moved.from_day)
    return tuple(sorted((*others, moved), key=lambda home: home.from_day))
