"""What a run notes down for the next one: ids of what was made, by a name of the scene. Nothing personal is in it.

An Idempotency-Key is remembered by the services for thirty days, and a scene of November may begin in October: so what
a scene made is kept here, and a run that goes on finds it without asking again.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

FILE, DONE = "demo-notes.json", "done"


@dataclass
class Notes:
    """Names and ids; written at once, a whole file at a time, so that a killed run leaves the old or the new one."""

    file: Path
    ids: dict[str, str] = field(default_factory=dict)

    async def once(self, name: str, make: Callable[[], Awaitable[str]]) -> str:
        """The id noted under ``name``; made and noted where there is none."""
        if name not in self.ids:
            self.put({name: await make()})
        return self.ids[name]

    async def reach(self, name: str, due: bool, work: Callable[[], Awaitable[None]]) -> None:
        """Do ``work`` when its day has come, once; in a run that begins later in a month that is a later day."""
        if due and name not in self.ids:
            await work()
            self.put({name: DONE})

    def put(self, ids: dict[str, str]) -> None:
        """Note several at once."""
        self.ids |= ids
        new = self.file.with_suffix(".new")
        new.write_text(json.dumps(self.ids, indent=0, sort_keys=True), encoding="utf-8")
        new.rename(self.file)


def noted(folder: Path) -> Notes:
    """What stands in the data folder; nothing where nothing does."""
    file = folder / FILE
    return Notes(file, json.loads(file.read_text(encoding="utf-8")) if file.exists() else {})
