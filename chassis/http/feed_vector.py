"""Several counties in one feed: how a page is divided among them, and the cursor that remembers each one's position.

The cursor is base64url of a MAC and of packed JSON: position and epoch by county, and which county was served last. It
belongs to one service and one region (HMAC-SHA-256 with a key of its own). A county that is not in it begins at its
beginning, so counties may be added at any time; one whose epoch is another one was restored and begins again.
"""

from __future__ import annotations

import hmac
import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from chassis.http.feed_shapes import CURSOR_MAX
from chassis.problems import Refused

COUNTIES_A_PAGE = 25
"""Each county of a page is a query of its own; the others come first in the next one."""
_MAC_BYTES = 16
_EPOCH_DIGITS = 6
FIRST = ("", "0")
"""What ``after`` may say to begin."""


@dataclass(frozen=True)
class Standing:
    """How far each county was told, in which epoch of its store (its first digits), and which was served last."""

    positions: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    last: str = ""

    def after(self, county: str, epoch: UUID) -> int:
        """The position after which a county goes on; 0 for a county that is new, or whose store is another one."""
        position, known = self.positions.get(county, (0, ""))
        return position if known == _tag(epoch) else 0

    def told(self, through: dict[str, tuple[int, UUID]]) -> Standing:
        """After these counties were told, in this order, through these positions."""
        new = {county: (position, _tag(epoch)) for county, (position, epoch) in through.items()}
        return Standing({**self.positions, **new}, next(reversed(through), self.last))


def divided(pending: Mapping[str, int], limit: int, last: str = "") -> dict[str, int]:
    """How many events of each county a page of ``limit`` tells, out of so many that wait there.

    Equal shares, and what one does not need goes to the others. Counties take turns by code, those behind ``last``
    first, so that none waits for ever whatever the others do.
    """
    waiting = sorted(county for county, count in pending.items() if count > 0)
    turn = [county for county in waiting if county > last] + [county for county in waiting if county <= last]
    chosen = turn[: min(limit, COUNTIES_A_PAGE)]
    given, left = dict.fromkeys(chosen, 0), limit
    while hungry := [county for county in chosen if given[county] < pending[county]]:
        share = max(1, left // len(hungry))
        for county in hungry:
            more = min(share, pending[county] - given[county], left)
            given[county] += more
            left -= more
            if not left:
                return given
    return given


def write(key: bytes, bound: bytes, standing: Standing) -> str:
    """The cursor of a standing, for the question ``bound`` names."""
    text = json.dumps([standing.last, standing.positions], separators=(",", ":"), sort_keys=True)
    packed = zlib.compress(text.encode(), 9)
    return urlsafe_b64encode(_mac(key, bound, packed) + packed).rstrip(b"=").decode()


def read(key: bytes, bound: bytes, cursor: str) -> Standing:
    """The standing a cursor holds; ``cursor.invalid`` unless this very question gave it."""
    if cursor in FIRST:
        return Standing()
    try:
        raw = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
    except ValueError:
        raise Refused("cursor.invalid") from None
    mac, packed = raw[:_MAC_BYTES], raw[_MAC_BYTES:]
    # Only what we have packed ourselves is unpacked.
    if len(cursor) > CURSOR_MAX or not hmac.compare_digest(mac, _mac(key, bound, packed)):
        raise Refused("cursor.invalid")
    last, positions = json.loads(zlib.decompress(packed))
    return Standing({county: (position, tag) for county, (position, tag) in positions.items()}, last)


def _mac(key: bytes, bound: bytes, packed: bytes) -> bytes:
    return hmac.digest(key, bound + b"\0" + packed, "sha256")[:_MAC_BYTES]


def _tag(epoch: UUID) -> str:
    return epoch.hex[:_EPOCH_DIGITS]
