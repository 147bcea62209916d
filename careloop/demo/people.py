"""Generated people: who is helped, how old, how dependent; all of it follows from a seed."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from careloop.demo.marks import identity_number
from careloop.demo.world import TOWNSHIPS

MOST_PEOPLE = 5000
"""Each has a birthday of its own, because the identity number has no other part that differs."""
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
_REFERENCE = date(2024, 11, 1)
_YEAR = timedelta(days=365, hours=6)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A group of the people helped: the programme that is theirs, and how many of twenty belong to it."""

    programme: str
    share: int
    categories: tuple[str, ...]
    tier: str
    ages: tuple[int, int]
    minor: bool = False


KINDS = (
    Kind(
        programme="home_care_destitute_full", share=1, categories=("destitute_dispersed",), tier="full", ages=(62, 88)
    ),
    Kind(
        programme="home_care_destitute_half", share=2, categories=("destitute_dispersed",), tier="half", ages=(60, 86)
    ),
    Kind(
        programme="children_in_difficulty", share=1, categories=("child_yellow",), tier="able", ages=(7, 14), minor=True
    ),
    Kind(programme="home_care_dibao_80", share=11, categories=("dibao",), tier="able", ages=(80, 89)),
    Kind(programme="goods_90", share=5, categories=("needy_elderly",), tier="half", ages=(90, 97)),
)
"""Paper 003, part 2 (6) items 12 and 13: whom the county helps at home, and with what."""
ROLES, EVERY = 12, 40
"""The first dozen of every forty people play a part each: something happens to them that happens to few."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """A generated person; ``number`` counts from 1."""

    number: int
    name: str
    born: date
    township: str
    village: str
    village_name: str
    kind: Kind

    @property
    def role(self) -> int:
        """The part this person plays, from 1 to 12; 0 for most, to whom nothing unusual happens."""
        place = (self.number - 1) % EVERY + 1
        return place if place <= ROLES else 0

    def body(self) -> dict[str, object]:
        """As ``POST /v1/beneficiaries`` takes it."""
        return {
            "name": self.name,
            "id_number": identity_number(self.born),
            "phone": f"000-{self.number:08}",
            "address": f"{self.village_name}{self.number}号（生成）",
            "born": self.born.isoformat(),
            "township": self.township,
            "village": self.village,
            "categories": list(self.kind.categories),
            "tier": self.kind.tier,
            "generated": True,
        }


def generate(count: int, seed: int) -> tuple[Person, ...]:
    """``count`` people; the same for the same seed. ValueError for more than there are birthdays for."""
    if not 1 <= count <= MOST_PEOPLE:
        raise ValueError(f"people: from 1 to {MOST_PEOPLE}")
    chance = random.Random(f"people {seed}")
    taken: set[date] = set()
    return tuple(_person(number, chance, taken) for number in range(1, count + 1))


def strangers(count: int, seed: int, wanted: int) -> tuple[Person, ...]:
    """``wanted`` more people who stand on a department's list and are not registered; none has a known birthday."""
    chance = random.Random(f"people {seed}")
    taken: set[date] = set()
    everybody = [_person(number, chance, taken) for number in range(1, count + wanted + 1)]
    return tuple(everybody[count:])


def _person(number: int, chance: random.Random, taken: set[date]) -> Person:
    kind = _kind(number)
    township = TOWNSHIPS[number % len(TOWNSHIPS)]
    village = chance.choice(township.villages)
    return Person(
        number=number,
        name=f"{chance.choice(SURNAMES)}某{number}（生成）",
        born=_birthday(kind, chance, taken),
        township=township.code,
        village=village.code,
        village_name=village.name,
        kind=kind,
    )


def _kind(number: int) -> Kind:
    """Kinds are spread evenly, so that a dozen people already have all of them."""
    place = (number * 7 + 6) % sum(kind.share for kind in KINDS)
    for kind in KINDS:
        place -= kind.share
        if place < 0:
            return kind
    raise AssertionError("shares add up")


def _birthday(kind: Kind, chance: random.Random, taken: set[date]) -> date:
    """A day nobody else has, with the age in completed years between the kind's."""
    latest, earliest = _REFERENCE - _YEAR * kind.ages[0], _REFERENCE - _YEAR * (kind.ages[1] + 1)
    while True:
        born = earliest + timedelta(days=chance.randint(1, (latest - earliest).days - 1))
        if born not in taken:
            taken.add(born)
            return born
