"""Random facts of settlement's own log: grades, money, overrides, and rulings on facts and on rulings."""

from typing import Any

from .evidence import month_of
from .exact import Json, days_between, month_days
from .generate_facts import CAUSES, Small
from .generate_policies import FUNDS, LEVELS, TIERS

Phases = list[list[Json]]
GRADES = ("good", "average", "average", "poor", "false", "waived")


def grades(world: Small, month: str) -> None:
    """Grades of some townships, some of them given again, some of a name that the version may not know."""
    random = world.random
    for payee in world.providers:
        for township in world.townships:
            for _ in range(2 if random.random() < 0.2 else 1):
                if random.random() < 0.6:
                    place = {"payee": payee, "township": township}
                    world.tell("grade", "settlement", month=month, **place, **_grade(world))


def _grade(world: Small) -> Json:
    grade = world.random.choice(GRADES)
    return {"waived": True} if grade == "waived" and world.random.random() < 0.5 else {"grade": grade}


def money(world: Small, month: str, phase: list[Json]) -> None:
    """Allocations to funds and base accounts, cuts among them, and overrides by the right and the wrong role."""
    random = world.random
    year = int(month[:4])

    def given(fund: str, of_year: int, amount: int) -> None:
        day = {"day": f"{month}-05"} if random.random() < 0.8 else {}
        phase.append(world.tell("allocation", "settlement", **day, fund=fund, year=of_year, amount_fen=amount))

    for base in ("pool", "subsidy"):
        for _ in range(random.choice((0, 1, 1, 2, 3))):
            given(base, year, random.choice((300_000, 600_000, 1_500_000, 1_234_567, 2_500_000, -400_000)))
    for fund in FUNDS:
        for _ in range(random.choice((0, 0, 1, 1, 2))):
            of_year = random.choice((year, year, year, year - 1, year + 1))
            given(fund, of_year, random.choice((5_000, 20_000, 60_000, 150_000, -8_000)))
    for _ in range(random.choice((0, 0, 1, 2))):
        _override(world, month, phase)


def _override(world: Small, month: str, phase: list[Json]) -> None:
    random = world.random
    bound = {"amount_fen": random.choice((1_000, 3_000, 12_000))} if random.random() < 0.7 else {}
    at: dict[str, Any] = {"fund": random.choice(("elastic", "elastic", "elastic", "capped")), "year": int(month[:4])}
    role = random.choice(("director", "director", "clerk"))
    phase.append(world.tell("override", "settlement", day=f"{month}-05", **at, role=role, **bound))


def rulings(world: Small, phases: Phases, number: int) -> None:
    """Decisions about facts told up to this phase, about earlier rulings, and lines of their own."""
    random = world.random
    told = [fact for phase in phases[: number + 1] for fact in phase]
    by_id = {fact["id"]: fact for fact in told}
    decided = [fact for fact in told if fact["kind"] == "ruling"]
    others = [fact for fact in told if fact["kind"] != "ruling" and month_of(fact) and not _has_twin(fact, world.told)]
    chosen = random.sample(others, min(len(others), random.randint(0, 4)))
    chosen += random.sample(decided, min(len(decided), random.choice((0, 0, 1, 2))))
    for fact in chosen:
        change = {} if random.random() < 0.4 else _change(world, _meant(fact, by_id))
        cause = {"cause": random.choice(CAUSES)} if random.random() < 0.4 else {}
        decision = {"month": month_of(fact), "fact": fact["id"], **change, **cause}
        taken_back = fact["source"] == "orders" and not change and random.random() < 0.4
        phases[number].append(world.tell("ruling", "orders" if taken_back else "settlement", **decision))
    if random.random() < 0.5:
        phases[number].append(_own_line(world, told))


def _has_twin(fact: Json, others: list[Json]) -> bool:
    """Whether another payee tells the same person's month: their segments must stay the same."""
    return fact["kind"] == "bundle_month" and any(
        other["kind"] == "bundle_month"
        and (other["person"], other["month"]) == (fact["person"], fact["month"])
        and other["payee"] != fact["payee"]
        for other in others
    )


def _meant(fact: Json, by_id: dict[str, Json]) -> Json:
    """What a ruling is about in the end."""
    while "fact" in fact:
        fact = by_id[fact["fact"]]
    return fact


def _change(world: Small, fact: Json) -> Json:
    """What a ruling puts in the place of the fact's own quantity."""
    random = world.random
    if fact["kind"] == "grade":
        return _grade(world)
    if "amount_fen" in fact:
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
    cause = {"cause": random.choice(CAUSES)} if random.random() < 0.3 else {}
    if random.random() < 0.5:
        amount: Json = {"amount_fen": random.choice((-4_000, -1_001, 505, 2_500))}
        rule = random.choice(("home", "bathing", "disabled", "retrofit", "forgotten"))
    else:
        amount = {"units": random.choice((-2, -1, 1, 3)), "day": random.choice(month_days(month))}
        rule = random.choice(("bathing", "visiting", "milk", "disabled", "escort", "neighbour"))
    return world.tell("ruling", "settlement", month=month, **parties, rule=rule, **amount, **cause)
