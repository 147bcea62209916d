"""Who plays what: generated people with the ids the services gave them, and the part each plays."""

from __future__ import annotations

from dataclasses import dataclass

from careloop.demo.caller import Actor, officer, village_worker
from careloop.demo.notes import Notes
from careloop.demo.people import Person

CHANGES_PLAN = 1
HAS_CARER = 2
IN_HOSPITAL = 3
MOVES = 4
URGENT_FILED_LATE = 5
DIES = 6
PAIRED = 7
BADLY_SERVED = 8
DISPUTED_THEN_MOVES_AWAY = 9
REFUSED = 10
CHILD = 11
PHASED_OUT = 12
"""What the dozen with a part live through; the scenes look for them by these numbers."""
IMPORTED = (IN_HOSPITAL, MOVES)
"""Whose register entries come from a ledger that a village kept in a spreadsheet."""


@dataclass(frozen=True, kw_only=True)
class Helped:
    """A person with the ids of register, first need and plan."""

    person: Person
    id: str
    need: str = ""
    plan: str = ""

    @property
    def key(self) -> str:
        """What the Idempotency-Keys of this person begin with."""
        return f"person:{self.person.number}"

    @property
    def officer(self) -> Actor:
        """The officer of the township where the person was registered."""
        return officer(self.person.township)

    @property
    def finder(self) -> Actor:
        """The village worker who goes there."""
        return village_worker(self.person.township)


@dataclass(frozen=True)
class Cast:
    """Everybody who is helped."""

    everybody: tuple[Helped, ...]

    def playing(self, *roles: int) -> tuple[Helped, ...]:
        """Who plays one of these parts."""
        return tuple(one for one in self.everybody if one.person.role in roles)

    @property
    def by_id(self) -> dict[str, Person]:
        """Generated people by the id of their register entry."""
        return {one.id: one.person for one in self.everybody}


def recalled(people: tuple[Person, ...], notes: Notes) -> Cast | None:
    """The cast as an earlier run noted it; None before all of it is there."""
    found = []
    for person in people:
        ids = [notes.ids.get(f"{what}:{person.number}", "") for what in ("person", "need", "plan")]
        if not all(ids):
            return None
        found.append(Helped(person=person, id=ids[0], need=ids[1], plan=ids[2]))
    return Cast(tuple(found))
