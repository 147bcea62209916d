"""What every scene of the demonstration needs: the caller, the clock, bars on the screen, and rest between scenes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

import asyncpg
from rich.progress import Progress

from careloop.canaries import Canary
from careloop.demo.caller import BUREAU, Caller, all_of
from careloop.demo.notes import Notes
from careloop.lags import quiet
from chassis.clock import SHANGHAI
from chassis.service import Service

T = TypeVar("T")
NUMBERS = frozenset({"id_number", "phone", "guardian_phone", "account"})
"""Sealed fields whose form is prescribed; every other sealed field is a text."""


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One run: ``seed`` and ``people`` are those of the first run in this folder."""

    caller: Caller
    connection: asyncpg.Connection
    services: Sequence[Service]
    progress: Progress
    people: int
    seed: int
    notes: Notes
    canary: Canary = field(default_factory=Canary)
    refusals: Counter[str] = field(default_factory=Counter)
    """What was asked on purpose and refused, as it should be."""

    def tell(self, refusals: Iterable[str]) -> None:
        """Count refusals that belong to the play."""
        self.refusals.update(refusals)

    def sealed(self, body: Mapping[str, Any], *fields: str) -> dict[str, Any]:
        """``body`` with a canary planted in the fields named, which the services seal; the same without canaries."""
        planted = dict(body)
        for name in fields:
            if planted.get(name) is not None:
                plant = self.canary.number if name in NUMBERS else self.canary.plant
                planted[name] = plant(planted[name])
        return planted

    async def now(self) -> datetime:
        """What the deployment's clock shows, in Asia/Shanghai."""
        answer = await self.caller.get("orders", "/v1/clock", by=BUREAU)
        return datetime.fromisoformat(answer["now"]).astimezone(SHANGHAI)

    async def forward(self, to: datetime) -> datetime:
        """Move the clock to ``to``; an instant that has passed changes nothing. What it shows then."""
        key = f"clock:{to.isoformat()}"
        answer = await self.caller.post("orders", "/v1/clock", {"to": to.isoformat()}, by=BUREAU, key=key)
        return datetime.fromisoformat(answer.body["now"]).astimezone(SHANGHAI)

    async def rest(self) -> None:
        """Wait until everything told is heard and everything due is done. Looks at positions, changes nothing."""
        await quiet(self.connection, self.services, await self.now())

    async def each(
        self, what: str, work: Callable[[T], Awaitable[object]], items: Sequence[T], *, passing: bool = False
    ) -> None:
        """Do ``work`` for every item side by side, with a bar; a ``passing`` one goes away afterwards."""
        if not items:
            return
        task = self.progress.add_task(what, total=len(items))

        async def one(item: T) -> None:
            await work(item)
            self.progress.advance(task)

        await all_of(one, items)
        if passing:
            self.progress.remove_task(task)
