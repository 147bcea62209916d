"""The verdict on the screen: which kinds of places were searched, how much of each, and what was found there."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator

from careloop.canaries.looking import Needles, found
from careloop.canaries.places import Blob
from careloop.output import err, out


async def tell(needles: Needles, blobs: AsyncIterator[Blob]) -> int:
    """Search all; 1 if anything was found outside the vault. What is found is told by its place, never by itself."""
    searched: Counter[str] = Counter()
    leaks: Counter[str] = Counter()
    async for blob in blobs:
        searched[_kind(blob.place)] += len(blob.bytes)
        leaks[blob.place] += len(found(blob.bytes, needles))
    out.print(f"\n金丝雀 canaries: {needles.count} planted texts and numbers, searched for in")
    for kind, size in sorted(searched.items()):
        out.print(f"  {kind:<14} {size:>12,} bytes")
    places = sorted(place for place, times in leaks.items() if times)
    for place in places:
        err.print(f"[red]FOUND[/red]  {place}: {leaks[place]} of them")
    if not places:
        out.print("  none found: names and numbers are in the vault only")
    return 1 if places else 0


def _kind(place: str) -> str:
    """``table orders.events`` is a table, ``nats/jetstream/…`` the bus, other files by their first folder or name."""
    first = place.partition(" ")[0]
    return first if first in {"table", "export", "metrics"} else place.partition("/")[0]
