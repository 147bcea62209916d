"""Those who wait for events: woken by a commit in the county, or in the region, that they wait for."""

from __future__ import annotations

import asyncio

from chassis.problems import Refused


class Waiters:
    """At most ``most`` wait at once; a ``place`` is a county's code, or what the codes of a region begin with."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._waiting = 0
        self._counties: dict[str, asyncio.Event] = {}
        self._regions: dict[str, asyncio.Event] = {}

    def watch(self, place: str, *, region: bool) -> asyncio.Event:
        """What is set at the next commit there. Asked before reading, so that nothing passes in between."""
        return (self._regions if region else self._counties).setdefault(place, asyncio.Event())

    async def wait(self, commit: asyncio.Event, seconds: float) -> None:
        """Until the commit, at most so long. Refuses with ``feed.too_many_waiting``."""
        if self._waiting >= self._most:
            raise Refused("feed.too_many_waiting")
        self._waiting += 1
        try:
            await asyncio.wait_for(commit.wait(), seconds)
        except TimeoutError:
            pass
        finally:
            self._waiting -= 1

    def committed(self, county: str, _public_position: int, _agenda: int) -> None:
        """For ``Dispatch.on_commit``."""
        commit = self._counties.pop(county, None)
        if commit is not None:
            commit.set()
        for region in [region for region in self._regions if county.startswith(region)]:
            self._regions.pop(region).set()
