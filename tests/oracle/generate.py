"""Random small worlds for two engines to agree on: a seed gives facts, policy versions and the months to settle.

A case runs in phases, one a month; a phase ends with the seals of all four sources. Most facts stand in the phase of
their month, some in a later one, a few after the last seal. Positions grow within each source.
"""

from random import Random

from .chain import Case
from .evidence import month_of
from .exact import Json, days_between, month_days
from .generate_facts import CAUSES, Small, month_of_facts, small_world
from .generate_policies import FUNDS, LEVELS, TIERS, first_version, next_version

SOURCES = ("orders", "providers", "charity", "settlement")
STARTS = ("2026-01", "2026-05", "2026-10", "2026-10", "2026-11", "2026-11", "2026-12", "2027-02", "2028-01")
Phases = list[list[Json]]


def case(seed: int) -> Case:
    """Facts, policies and months of one seed; the same seed gives the same case."""
    random = Random(seed)
    months = _months(random)
    world = small_world(random)
    policies = [first_version(random)]
    for number in range(2, random.choice((2, 3, 3, 4, 5))):
        policies.append(next_version(random, policies[-1], number, months))
    phases: Phases = [[] for _ in range(len(months) + 1)]
    for policy in policies[1:]:
        if random.random() < 0.8:
            announced = world.tell("policy", "settlement", version=policy["version"])
            phases[random.randrange(len(months))].append(announced)
    for number, month in enumerate(months):
        before = len(world.told)
        month_of_facts(world, month)
        _grades(world, month)
        for fact in world.told[before:]:
            phases[_phase(random, number, len(months))].append(fact)
        _money(world, month, phases[number])
        if number:
            _rulings(world, phases, number)
    return _positioned(random, phases, months), policies, months


def shuffle(facts: list[Json], seed: int) -> list[Json]:
    """The same facts in another order."""
    return Random(seed).sample(facts, len(facts))


def double(facts: list[Json], seed: int) -> list[Json]:
    """The same facts, about a third of them twice, the second time anywhere."""
    random = Random(seed)
    again = [dict(fact) for fact in facts if random.random() < 0.34]
    return random.sample([*facts, *again], len(facts) + len(again))


def _months(random: Random) -> list[str]:
    start = random.choice(STARTS)
    year, first = int(start[:4]), int(start[5:])
    count = random.randint(2, 4)
    places = [first - 1 + step for step in range(count)]
    return [f"{year + place // 12}-{place % 12 + 1:02d}" for place in places]


def _phase(random: Random, number: int, count: int) -> int:
    """The phase of a fact: mostly its month's, else a later one; `count` is after the last seal."""
    return number if random.random() < 0.88 else random.randint(number, count)


def _grades(world: Small, month: str) -> None:
    """Grades of some townships, some of them given again."""
    for payee in world.providers:
        for township in world.townships:
            for _ in range(2 if world.random.random() < 0.1 else 1):
                grade = world.random.choice(("good", "average", "average", "poor", "waived"))
                if world.random.random() < 0.6:
                    world.tell("grade", "settlement", month=month, payee=payee, township=township, grade=grade)


def _money(world: Small, month: str, phase: list[Json]) -> None:
    """Allocations to funds and base accounts, and overrides by the right and the wrong role."""
    random = world.random
    year = int(month[:4])
    named = {"day": f"{month}-05"}
    for base in ("pool", "subsidy"):
        if random.random() < 0.5:
            amount = random.choice((600_000, 1_500_000, 1_234_567, 2_500_000, -400_000))
            phase.append(world.tell("allocation", "settlement", **named, fund=base, year=year, amount_fen=amount))
    for fund in FUNDS:
        if fund != "portion" and random.random() < 0.55:
            at = {"fund": fund, "year": random.choice((year, year, year, year - 1, year + 1))}
            amount = random.choice((5_000, 20_000, 60_000, 150_000, 400_000))
            phase.append(world.tell("allocation", "settlement", **named, **at, amount_fen=amount))
    if random.random() < 0.4:
        bound = {"amount_fen": random.choice((3_000, 12_000))} if random.random() < 0.6 else {}
        role = random.choice(("director", "director", "clerk"))
        at = {"fund": random.choice(("elastic", "elastic", "capped")), "year": year, "role": role}
        phase.append(world.tell("override", "settlement", **named, **at, **bound))


def _rulings(world: Small, phases: Phases, number: int) -> None:
    """Decisions about facts told up to this phase, and lines of their own."""
    random = world.random
    told = [fact for phase in phases[: number + 1] for fact in phase]
    ruled = [fact for fact in told if fact["kind"] != "ruling" and month_of(fact)]
    shared = {fact["id"] for fact in ruled if fact["kind"] == "bundle_month" and _has_twin(fact, ruled)}
    for fact in random.sample(ruled, min(len(ruled), random.randint(0, 4))):
        change = {} if fact["id"] not in shared and random.random() < 0.4 else _change(random, fact)
        if fact["id"] in shared:
            continue
        cause = {"cause": random.choice(CAUSES)} if random.random() < 0.4 else {}
        decision = {"month": month_of(fact), "fact": fact["id"], **change, **cause}
        phases[number].append(world.tell("ruling", "settlement", **decision))
    if random.random() < 0.5:
        phases[number].append(_own_line(world, told))


def _has_twin(fact: Json, others: list[Json]) -> bool:
    """Whether another payee tells the same person's month: their segments must stay the same."""
    return any(
        other["kind"] == "bundle_month"
        and (other["person"], other["month"]) == (fact["person"], fact["month"])
        and other["payee"] != fact["payee"]
        for other in others
    )


def _change(random: Random, fact: Json) -> Json:
    """What a ruling puts in the place of the fact's own quantity."""
    if fact["kind"] == "grade":
        return {"grade": random.choice(("good", "poor", "waived"))}
    if fact["kind"] == "agreed":
        return {"amount_fen": random.randint(100, 60_000)}
    if "units" in fact:
        return {"units": random.randint(0, 4)}
    parts = [dict(part) for part in fact["days"]]
    if parts:
        days = days_between(parts[-1]["from"], parts[-1]["to"])
        parts[-1]["to"] = random.choice(days)
        key, values = ("level", LEVELS) if "level" in parts[0] else ("tier", TIERS)
        parts[0][key] = random.choice(values)
    return {"days": parts}


def _own_line(world: Small, told: list[Json]) -> Json:
    """A ruling that is a line: units at a price, or an amount, more or less than nothing."""
    random = world.random
    months = sorted({month for fact in told if (month := month_of(fact))})
    month = random.choice(months)
    person = random.choice(world.persons)
    parties = world.parties(person, random.choice(world.providers))
    if random.random() < 0.5:
        amount: Json = {"amount_fen": random.choice((-4_000, -1_001, 505, 2_500))}
        rule = random.choice(("home", "bathing", "disabled", "retrofit"))
    else:
        amount = {"units": random.choice((-2, -1, 1, 3)), "day": random.choice(month_days(month))}
        rule = random.choice(("bathing", "visiting", "milk"))
    return world.tell("ruling", "settlement", month=month, **parties, rule=rule, **amount)


def _positioned(random: Random, phases: Phases, months: list[str]) -> list[Json]:
    """All facts with positions in their source's log, seals included."""
    reached = dict.fromkeys(SOURCES, 0)
    placed: list[Json] = []

    def place(fact: Json) -> None:
        reached[fact["source"]] += random.choice((1, 1, 1, 2, 3))
        placed.append({**fact, "position": reached[fact["source"]]})

    for number, phase in enumerate(phases):
        random.shuffle(phase)
        for fact in phase:
            place(fact)
        if number < len(months):
            for source in SOURCES:
                place({"id": f"seal-{source}-{number}", "source": source, "kind": "seal", "month": months[number]})
    return placed
