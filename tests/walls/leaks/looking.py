"""Asks the probes and searches the answers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.walls.asking import Answer, Holder
from tests.walls.leaks.canaries import Canaries
from tests.walls.leaks.probes import Probe
from tests.walls.world.places import World

AT_ONCE = 16


@dataclass
class Heard:
    """What a caller was told: ``leaks`` in words, answers by status, and those that were let in."""

    leaks: list[str] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    let_in: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


async def open_to(world: World, by: Holder, probes: Iterable[Probe]) -> list[Probe]:
    """Those that ``by`` is answered, so that it is worth asking them in other ways."""
    return [probe for probe in probes if (await world.door.ask(probe.request, by)).status == 200]


async def look(world: World, by: Holder, probes: Iterable[Probe], canaries: Canaries) -> Heard:
    """Ask all probes as ``by``."""
    heard, slots = Heard(), asyncio.Semaphore(AT_ONCE)

    async def one(probe: Probe) -> None:
        async with slots:
            note(heard, by, probe, await world.door.ask(probe.request, by), canaries)

    await asyncio.gather(*(one(probe) for probe in probes))
    return heard


def note(heard: Heard, by: Holder, probe: Probe, answer: Answer, canaries: Canaries) -> None:
    """Search one answer."""
    told = f"{probe.name} as {by.role} by {probe.how}: {answer.status}"
    heard.statuses[answer.status] = heard.statuses.get(answer.status, 0) + 1
    heard.leaks.extend(f"{told} tells {canary}" for canary in canaries.found(answer))
    if answer.of_the_first().status < 300:
        heard.let_in.append(told)
    if answer.status >= 500:
        heard.broken.append(told)
