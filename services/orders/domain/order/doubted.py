"""What is told about a completion after it was reported: a doubt that keeps it from being accepted by itself, and its
end (S3: no red exception open).

    waiting ─ Doubt ─▶ Doubted (a person looks) ─ Clear ─▶ Cleared (its days begin anew)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

Colours = tuple[tuple[str, str], ...]
"""Each code with its colour: red, amber, or grey where the fault was the platform's."""

OWN = frozenset(
    {
        "not_matched", "one_visit_too_many", "other_item", "more_units_than_ordered", "after_cancellation",
        "in_hospital", "person_died", "plan_ended", "plan_suspended",
    }
)  # fmt: skip
"""What orders notice themselves. All of it is red; nobody lifts it, a person of the bureau judges the completion."""


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """Something red was noticed; ``exceptions`` are all codes that stand now."""

    visit_id: UUID
    exceptions: tuple[str, ...]
    at: datetime
    colours: Colours = ()


@dataclass(frozen=True, kw_only=True)
class Clear:
    """Nothing red of the provider's side stands any more, or never stood; ``exceptions`` are all codes that do."""

    visit_id: UUID
    exceptions: tuple[str, ...]
    at: datetime
    colours: Colours = ()


@dataclass(frozen=True, kw_only=True)
class Doubted:
    """It is not accepted by itself any more: a person looks."""

    visit_id: UUID
    exceptions: tuple[str, ...]
    at: datetime
    colours: Colours = ()


@dataclass(frozen=True, kw_only=True)
class Cleared:
    """What stands from now on; ``red`` where orders have a doubt of their own, ``accepts_at`` None for never."""

    visit_id: UUID
    exceptions: tuple[str, ...]
    colours: Colours
    red: bool
    accepts_at: datetime | None
    at: datetime


def grey(colours: Colours) -> bool:
    """Whether something was the platform's fault; such a completion is always drawn for the spot check."""
    return any(colour == "grey" for _, colour in colours)
