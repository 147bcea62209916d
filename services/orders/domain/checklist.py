"""Whether a person's file is complete: what belongs into it, what is there, what stands for what is not."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from services.orders.domain.policy.people import Material

THERE = {"filed": "there", "declared": "declared", "looked_up": "looked_up"}


@dataclass(frozen=True, kw_only=True)
class Held:
    """A material in the file: its kind, how it came there, and when."""

    kind: str
    way: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A line of the checklist. ``state``: there, declared, looked_up, kept (by this system), missing, not_needed."""

    kind: str
    name: str
    state: str
    on: date | None
    lookup: bool
    declaration: bool


def checklist(
    materials: Iterable[Material],
    held: Iterable[Held],
    kept: Collection[str],
    *,
    tier: str,
    categories: Collection[str],
    certificates: Collection[str],
    age: int,
) -> tuple[Entry, ...]:
    """Each material of the policy for a person of this tier, categories, valid certificates and age.

    What is in the file is shown also where it is not needed any more. ``kept`` are the forms that this system holds
    itself: ``need``, ``service``.
    """
    there = {one.kind: one for one in held}
    entries = []
    for material in materials:
        found = there.get(material.id)
        needed = material.when.holds(tier, categories, certificates, age)
        state = (
            THERE[found.way] if found else "kept" if material.kept in kept else "missing" if needed else "not_needed"
        )
        entries.append(
            Entry(
                kind=material.id,
                name=material.name,
                state=state,
                on=found.on if found else None,
                lookup=material.lookup,
                declaration=material.declaration,
            )
        )
    return tuple(entries)


def missing(entries: Iterable[Entry]) -> tuple[str, ...]:
    """The kinds that are needed and neither there nor replaced; the file is complete without any."""
    return tuple(entry.kind for entry in entries if entry.state == "missing")
