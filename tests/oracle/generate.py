"""Random small worlds for two engines to agree on: a seed gives facts, policy versions and the months to settle.

A case runs in phases, one a month; a phase ends with the seals of all four sources. Most facts stand in the phase of
their month, some in a later one, a few after the last seal. Positions grow within each source.
"""

from random import Random

from .chain import Case
from .exact import Json
from .generate_facts import SOURCES, Small, month_of_facts, small_world
from .generate_policies import first_version, next_version
from .generate_settlement import grades, money, rulings

STARTS = ("2026-01", "2026-05", "2026-10", "2026-10", "2026-11", "2026-11", "2026-12", "2027-02", "2028-01")
Phases = list[list[Json]]


def case(seed: int) -> Case:
    """Facts, policies and months of one seed; the same seed gives the same case."""
    random = Random(seed)
    months = _months(random)
    world = small_world(random)
    policies = [first_version(random)]
    for number in range(2, random.choice((2, 3, 3, 4, 5, 6))):
        policies.append(next_version(random, policies[-1], number, months))
    phases: Phases = [[] for _ in range(len(months) + 1)]
    for policy in policies[1:]:
        for _ in range(random.choice((0, 1, 1, 1, 1, 2))):
            phases[random.randrange(len(phases))].append(world.tell("policy", "settlement", version=policy["version"]))
    for number, month in enumerate(months):
        before = len(world.told)
        month_of_facts(world, month)
        grades(world, month)
        _deal(world, phases, number, world.told[before:])
        money(world, month, phases[number])
        if number:
            rulings(world, phases, number)
    return _positioned(world, phases, months), policies, months


def shuffle(facts: list[Json], seed: int) -> list[Json]:
    """The same facts in another order."""
    return Random(seed).sample(facts, len(facts))


def double(facts: list[Json], seed: int) -> list[Json]:
    """The same facts, about a third of them twice, the second time anywhere."""
    random = Random(seed)
    again = [dict(fact) for fact in facts if random.random() < 0.34]
    return random.sample([*facts, *again], len(facts) + len(again))


def _months(random: Random) -> list[str]:
    """Two to four months in a row; now and then a December and that of the next year."""
    start = random.choice(STARTS)
    year, first = int(start[:4]), int(start[5:])
    if random.random() < 0.12:
        return [f"{year}-12", f"{year + 1}-01", f"{year + 1}-12"][random.choice((0, 0, 1)) :]
    count = random.randint(2, 4)
    places = [first - 1 + step for step in range(count)]
    return [f"{year + place // 12}-{place % 12 + 1:02d}" for place in places]


def _phase(random: Random, number: int, count: int) -> int:
    """The phase of a fact: mostly its month's, else a later one; `count` is after the last seal."""
    return number if random.random() < 0.88 else random.randint(number, count)


def _deal(world: Small, phases: Phases, number: int, told: list[Json]) -> None:
    """Put a month's facts into phases.

    A person's month told again stands behind all that it replaces, and for all payees at once: between the payees of
    one person and month the segments never differ but for `assigned`.
    """
    first: dict[tuple[str, str], int] = {}
    again: dict[tuple[str, str], int] = {}
    for fact in told:
        about = str(fact.get("person")), str(fact.get("month"))
        if fact["id"] not in world.again:
            step = _phase(world.random, number, len(phases) - 1)
            first[about] = max(step, first.get(about, 0))
        else:
            step = again.setdefault(about, _phase(world.random, first[about], len(phases) - 1))
        phases[step].append(fact)


def _positioned(world: Small, phases: Phases, months: list[str]) -> list[Json]:
    """All facts with positions in their source's log, seals included."""
    random = world.random
    reached = dict.fromkeys(SOURCES, 0)
    placed: list[Json] = []

    def place(fact: Json) -> None:
        reached[fact["source"]] += random.choice((1, 1, 1, 2, 3))
        placed.append({**fact, "position": reached[fact["source"]]})

    for number, phase in enumerate(phases):
        random.shuffle(phase)
        for fact in sorted(phase, key=lambda fact: fact["id"] in world.again):
            place(fact)
        for source in _sealing(random, number, len(months)):
            name = f"seal-{source}-{number}"
            place({"id": name, "source": source, "kind": "seal", "month": months[number]})
        if 0 < number < len(months) and random.random() < 0.1:
            place({"id": f"again-{number}", "source": "orders", "kind": "seal", "month": months[number - 1]})
    return placed


def _sealing(random: Random, number: int, count: int) -> tuple[str, ...]:
    """Who seals the phase's month: everybody, but some sources of the last month, which is then a draft."""
    if number == count:
        return ()
    if number == count - 1 and random.random() < 0.2:
        return tuple(source for source in SOURCES if random.random() < 0.6)
    return SOURCES
