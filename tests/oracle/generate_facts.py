"""Random facts of one month, kind by kind, for a small world of persons, providers, townships and purchasers."""

from dataclasses import dataclass, field
from itertools import pairwise
from random import Random
from typing import Any

from .exact import Json, days_between, month_days
from .generate_policies import BUNDLE_ITEMS, CATEGORIES, LEVELS, LOOSE_ITEMS, TIERS

SOURCES = ("orders", "providers", "charity", "settlement")
TIMES = ("09:00", "09:00", "10:30", "15:20")
CAUSES = ("violation", "mistake", "objective")


@dataclass
class Person:
    """Who is helped, and where the last stay in hospital ended."""

    name: str
    township: str
    purchaser: str
    age: int
    tier: str
    categories: list[str]
    home_from: str = ""


@dataclass
class Small:
    """A small world: who is in it and the facts it has told so far, without positions."""

    random: Random
    persons: list[Person]
    providers: list[str]
    purchasers: list[str]
    townships: list[str]
    told: list[Json] = field(default_factory=list)
    again: set[str] = field(default_factory=set)
    """Ids of the bundle months that replace those of all the person's payees."""

    def tell(self, kind: str, source: str = "orders", **keys: Any) -> Json:
        """One fact more; a few carry a cause."""
        fact = {"id": f"f{len(self.told) + 1:04d}", "source": source, "kind": kind, **keys}
        if kind not in {"allocation", "override", "policy", "ruling"} and self.random.random() < 0.1:
            fact["cause"] = self.random.choice(CAUSES)
        self.told.append(fact)
        return fact

    def parties(self, person: Person, payee: str) -> Json:
        """The parties of a fact about a person; now and then another purchaser than the person's own buys."""
        own = self.random.random() < 0.93
        return {
            "payee": payee,
            "purchaser": person.purchaser if own else self.random.choice(self.purchasers),
            "township": person.township,
            "person": person.name,
        }


def small_world(random: Random) -> Small:
    """Two to four providers, one or two purchasers, two townships, two to four persons."""
    purchasers = ["county", "hill-office"][: random.randint(1, 2)]
    persons = [
        Person(
            f"p{number}",
            random.choice(("hill", "lake")),
            random.choice(purchasers),
            random.choice((7, 16, 17, 18, 45, 79, 80, 91)),
            random.choice(TIERS),
            random.sample(CATEGORIES, random.randint(0, 3)),
        )
        for number in range(1, random.randint(2, 4) + 1)
    ]
    providers = ["A", "B", "C", "D"][: random.randint(2, 4)]
    return Small(random, persons, providers, purchasers, ["hill", "lake"])


def month_of_facts(world: Small, month: str) -> None:
    """Everything that happens in a month."""
    for person in world.persons:
        if world.random.random() < 0.1:
            person.township = world.random.choice(world.townships)
        if world.random.random() < 0.85:
            bundle(world, person, month)
        services(world, person, month)
        goods(world, person, month)
        if world.random.random() < 0.4:
            allowance(world, person, month)
        if world.random.random() < 0.35:
            stay(world, person, month)
        if world.random.random() < 0.25:
            agreed(world, person, month)
    if world.random.random() < (0.9 if month.endswith("-12") else 0.4):
        neighbours(world, month)


def bundle(world: Small, person: Person, month: str) -> None:
    """The month's segments, the same for each payee but for who is assigned; sometimes told again with a change."""
    random = world.random
    payees = random.sample(world.providers, random.randint(1, 2))
    segments = _segments(world, person, month, [*payees, payees[0], None])
    chances = {name: 0.5 if per == "half_year" else 0.2 for name, per in BUNDLE_ITEMS.items()}
    required = {name: random.randint(0, 3) for name, chance in chances.items() if random.random() < chance}
    for round_number in range(2 if random.random() < 0.15 else 1):
        if round_number:
            segments = [{**part, "tier": random.choice(TIERS)} for part in segments]
        for payee in payees:
            days = [{**part, "assigned": part["assigned"] == payee} for part in segments]
            plan: Json = {"required": required} if required else {}
            fact = world.tell("bundle_month", month=month, **world.parties(person, payee), days=days, **plan)
            if round_number:
                world.again.add(fact["id"])


def _segments(world: Small, person: Person, month: str, payees: list[str | None]) -> list[Json]:
    random = world.random
    days = month_days(month)
    first, last = (0, len(days) - 1) if random.random() < 0.5 else (random.randint(0, 12), random.randint(13, 27))
    cuts = sorted({first, last + 1, *(random.randint(first, last) for _ in range(random.choice((0, 0, 1, 2))))})
    segments = []
    for start, end in pairwise(cuts):
        if len(cuts) > 2 and random.random() < 0.1:
            continue
        changed = random.random() < 0.3
        state: Json = {
            "tier": random.choice(TIERS) if changed else person.tier,
            "categories": random.sample(CATEGORIES, random.randint(0, 3)) if changed else person.categories,
            "age": person.age + (1 if start > first and random.random() < 0.2 else 0),
        }
        if random.random() < 0.2:
            state["hospital"] = True
        segments.append({"from": days[start], "to": days[end - 1], **state, "assigned": random.choice(payees)})
    return segments


def services(world: Small, person: Person, month: str) -> None:
    """Services of all items, mostly by one provider."""
    random = world.random
    payees = random.sample(world.providers, 2)
    items = [*BUNDLE_ITEMS, "cleaning", "cleaning", "laundry", "haircut", *LOOSE_ITEMS, "bath", "unlisted"]
    for _ in range(random.choice((0, 3, 6, 9, 12, 15))):
        payee = payees[0] if random.random() < 0.75 else payees[1]
        moment = {"day": random.choice(month_days(month)), "time": random.choice(TIMES)}
        work: Json = {"item": random.choice(items), "units": random.choice((1, 1, 1, 1, 2, 3, 0))}
        world.tell("service", **moment, **world.parties(person, payee), **work)


def goods(world: Small, person: Person, month: str) -> None:
    """Milk and bread, now and then beyond the limit."""
    random = world.random
    for _ in range(random.choice((0, 0, 1, 2, 3))):
        moment = {"day": random.choice(month_days(month)[:12]), "time": random.choice(TIMES)}
        parties = world.parties(person, random.choice(world.providers))
        world.tell("goods", **moment, **parties, item=random.choice(("milk", "bread")), units=random.randint(1, 2))


def allowance(world: Small, person: Person, month: str) -> None:
    """A guardian's month, tiers changing; sometimes told again."""
    rule = world.random.choice(("guardian", "guardian_child"))
    for _ in range(2 if world.random.random() < 0.12 else 1):
        segments = _segments(world, person, month, [None])
        days = [{key: part[key] for key in part if key not in {"assigned", "hospital"}} for part in segments]
        named: Json = {} if world.random.random() < 0.15 else {"rule": rule}
        world.tell("allowance_month", month=month, **world.parties(person, f"g-{person.name}"), **named, days=days)


def stay(world: Small, person: Person, month: str) -> None:
    """One or two stays discharged in the month, by one to three escorts whose spells overlap, meet or leave gaps.

    Some begin in the month before, some on the day of the last discharge, some even before it.
    """
    random = world.random
    for _ in range(random.choice((1, 1, 2))):
        first_day = f"{month}-01" if random.random() < 0.65 else f"{_before(month)}-{random.randint(20, 28)}"
        free = person.home_from if random.random() < 0.85 else ""
        days = [day for day in days_between(first_day, month_days(month)[-1]) if day >= free]
        start = random.randint(0, min(8, len(days) - 1))
        length = days[start : start + random.randint(1, 12)]
        for number in range(random.randint(1, 3)):
            begin = 0 if number == 0 else random.randint(0, len(length) - 1)
            end = len(length) - 1 if number else random.randint(begin, len(length) - 1)
            parts = _levels(random, length[begin : end + 1])
            parties = world.parties(person, random.choice(("e1", "e2", "e3")))
            world.tell("escort_stay", day=length[-1], **parties, days=parts)
        person.home_from = length[-1]


def _before(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year - 1}-12" if number == 1 else f"{year}-{number - 1:02d}"


def _levels(random: Random, days: list[str]) -> list[Json]:
    """Segments over the days that meet on the day of a move; now and then one day is left out between two."""
    cuts = sorted({0, len(days) - 1, *(random.randint(0, len(days) - 1) for _ in range(random.randint(0, 2)))})
    if len(cuts) == 1:
        return [{"from": days[0], "to": days[0], "level": random.choice(LEVELS)}]
    parts = []
    for start, end in pairwise(cuts):
        late = 2 if start and end - start > 2 and random.random() < 0.2 else 0
        parts.append({"from": days[start + late], "to": days[end], "level": random.choice(LEVELS)})
    return parts


def agreed(world: Small, person: Person, month: str) -> None:
    """A price fixed at approval, by a provider or through a love order."""
    random = world.random
    day = random.choice(month_days(month))
    parties = world.parties(person, random.choice((*world.providers, "giver")))
    amount = random.randint(500, 90000)
    rule = random.choice(("retrofit", "retrofit", "retrofit", "love", "bathing"))
    world.tell("agreed", random.choice(("orders", "charity")), day=day, **parties, rule=rule, amount_fen=amount)


def neighbours(world: Small, month: str) -> None:
    """Mutual aid recorded by the village, counted once a year."""
    random = world.random
    for _ in range(random.randint(1, 5)):
        place = {"purchaser": random.choice(world.purchasers), "township": random.choice(world.townships)}
        day = random.choice(month_days(random.choice((month, f"{month[:4]}-03"))))
        who = random.choice(("n1", "n2"))
        world.tell("neighbour_service", "providers", day=day, payee=who, **place, units=random.randint(1, 4))
