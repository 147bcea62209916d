"""The six facts of a visit: who, for whom, what, where, from when, to when; each with its source and whether it is
there. Who and for whom are ids: names are opened elsewhere, for a purpose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from services.providers.domain.visit.state import Visit

Name = Literal["who", "whom", "what", "where", "from", "to"]
Origin = Literal["order", "app", "offline", "paper", "supplement", "unknown"]


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One of the six: its value as text, empty where it was not told."""

    fact: Name
    value: str
    source: Origin
    complete: bool


def facts(visit: Visit) -> tuple[Fact, ...]:
    """All six, in their order. Where: the distance to the village's point; the place itself is not kept."""
    first = visit.first
    told: Origin = first.source or "unknown"
    begun: Origin = "app" if first.start_noted else told
    if visit.started_at != first.started_at:
        begun = "supplement"
    ended: Origin = "supplement" if visit.ended_at != first.ended_at else told
    where = "" if first.metres_from_village is None else f"{first.metres_from_village} m"
    whom = str(first.person) if first.person else ""
    return (
        _fact("who", str(first.worker), told),
        _fact("whom", whom, "order"),
        _fact("what", f"{first.item} x{first.units}", told),
        Fact(fact="where", value=where, source=told, complete=bool(where) and not first.mock_location),
        _fact("from", visit.started_at.isoformat(), begun),
        _fact("to", visit.ended_at.isoformat(), ended),
    )


def complete(visit: Visit) -> bool:
    """Whether all six are there."""
    return all(fact.complete for fact in facts(visit))


def _fact(name: Name, value: str, source: Origin) -> Fact:
    return Fact(fact=name, value=value, source=source, complete=bool(value))
