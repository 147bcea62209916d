"""A taken-in list: which file was imported, by whom, and what became of each row. The same file is taken in once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.kernel import Decider, topics


@dataclass(frozen=True, kw_only=True)
class Row:
    """What became of a row: its number in the file, and codes; never what stood in it."""

    row: int
    outcome: str
    code: str = ""
    id: UUID | None = None
    differs: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Take:
    """A file was read; its rows were asked one by one."""

    kind: str
    source: str
    sha256: str
    township: str
    rows: tuple[Row, ...]
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Taken:
    """The file's digest and the results of its rows."""

    kind: str
    source: str
    sha256: str
    township: str
    rows: tuple[Row, ...]
    by: str
    at: datetime


def decide(command: Take, state: Taken | None, _known: None) -> list[Taken]:
    """Taken in once; again changes nothing and tells the same."""
    if state is not None:
        return []
    return [
        Taken(
            kind=command.kind,
            source=command.source,
            sha256=command.sha256,
            township=command.township,
            rows=command.rows,
            by=command.by,
            at=command.at,
        )
    ]


def evolve(_state: Taken | None, event: Taken) -> Taken:
    """What was taken in is the whole state."""
    return event


CATEGORY = "orders.import"
decider: Decider[Take, Taken | None, Taken, None] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, Taken)
)
