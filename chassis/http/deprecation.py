"""A route that is going: since when it is deprecated, when it ends, what takes its place.

``Deprecation`` is RFC 9745, ``Sunset`` RFC 8594, the link relation ``successor-version`` RFC 5829. The dates are real
ones: the moved clock of a demonstration does not end a route.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import formatdate

from chassis.problems import Refused


@dataclass(frozen=True, kw_only=True)
class Deprecated:
    """``since`` and ``sunset`` are days, from midnight UTC; ``successor`` is the path to go to; ValueError for a
    sunset before the deprecation (RFC 9745, section 4)."""

    since: date
    sunset: date | None = None
    successor: str = ""

    def __post_init__(self) -> None:
        """A route ends after it was said that it will."""
        if self.sunset is not None and self.sunset < self.since:
            raise ValueError("a route cannot end before it is deprecated")

    @property
    def headers(self) -> tuple[tuple[bytes, bytes], ...]:
        """What every answer of the route says."""
        found = [(b"deprecation", b"@%d" % _instant(self.since))]
        if self.sunset is not None:
            found.append((b"sunset", formatdate(_instant(self.sunset), usegmt=True).encode()))
        if self.successor:
            found.append((b"link", f'<{self.successor}>; rel="successor-version"'.encode()))
        return tuple(found)

    def must_be_there(self) -> None:
        """Refuse with ``route.sunset`` from the day on that was said: a date that means nothing helps nobody."""
        if self.sunset is not None and time.time() >= _instant(self.sunset):
            raise Refused("route.sunset")


def _instant(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
