"""Random policy versions that use every key of `[settlement]`: a first one, and changes of it by day and adoption."""

from calendar import monthrange
from copy import deepcopy
from random import Random

from .exact import Json

TIERS = ("able", "half", "full")
LEVELS = ("township", "county", "city")
CATEGORIES = ("severe_disability", "orphan", "elder")
FUNDS = ("purse", "capped", "elastic", "portion", "gifts")
BUNDLE_ITEMS = {"cleaning": "week", "laundry": "half_month", "haircut": "month", "clothing": "half_year"}
LOOSE_ITEMS = ("call", "safety")


def yuan(random: Random, low: int, high: int) -> str:
    """A decimal yuan amount, often whole, sometimes with fen."""
    whole = random.randint(low, high)
    return str(whole) if random.random() < 0.6 else f"{whole}.{random.choice(('05', '45', '5', '99'))}"


def first_version(random: Random) -> Json:
    """A version that is known and in force before every generated month."""
    rules = [rule for rule in _rules(random) if random.random() < 0.93]
    random.shuffle(rules)
    return {
        "version": "v1",
        "effective_from": "2025-01-01",
        "rule": rules,
        "grade": _grades(random),
        "fund": _funds(random),
    }


def next_version(random: Random, before: Json, number: int, months: list[str]) -> Json:
    """A complete later version: some rates, items, orders, caps changed, effective before, within or between months."""
    version = deepcopy(before)
    version["version"] = f"v{number}"
    month = random.choice(months)
    day = random.choice((1, 1, random.randint(2, 28), monthrange(int(month[:4]), int(month[5:]))[1]))
    earlier = random.choice(("2025-06-01", before["effective_from"]))
    version["effective_from"] = earlier if random.random() < 0.25 else f"{month}-{day:02d}"
    version.pop("retroactive", None)
    if random.random() < 0.7:
        version["retroactive"] = random.random() < 0.85
    fresh = {rule["id"]: rule for rule in _rules(random)}
    version["rule"] = [fresh[rule["id"]] if random.random() < 0.35 else rule for rule in version["rule"]]
    if random.random() < 0.2:
        random.shuffle(version["rule"])
    if random.random() < 0.12:
        version["rule"].pop(random.randrange(len(version["rule"])))
    if random.random() < 0.3:
        version["grade"] = _grades(random)
    if random.random() < 0.3:
        version["fund"] = _funds(random)
    return version


def _grades(random: Random) -> list[Json]:
    rates = {"good": "0", "average": random.choice(("0.10", "0.05", "0.125")), "poor": random.choice(("0.30", "0.5"))}
    if random.random() < 0.5:
        rates["false"] = "1"
    return [{"id": grade, "rate": rate} for grade, rate in rates.items()]


def _funds(random: Random) -> list[Json]:
    percent = random.choice(("1", "1.5", "2"))
    capped = {"base": "pool", "percent": percent}
    return [
        {"id": "purse", "owner": "county"},
        {"id": "capped", "owner": "county", **capped, "mode": "hard"},
        {"id": "elastic", "owner": "township", **capped, "mode": "soft", "override_role": "director"},
        {"id": "portion", "owner": "county", "base": "subsidy", "percent": "2", "mode": "share"},
        {"id": "gifts", "owner": "charity"},
    ]


def _rules(random: Random) -> list[Json]:
    rules = [*_bundles(random), *_priced(random), *_people(random)]
    for rule in rules:
        rule["funds"] = random.sample(FUNDS, random.randint(1, 3))
        if random.random() < 0.08:
            rule["valid_from"] = random.choice(("2026-06-10", "2026-11-12"))
        if random.random() < 0.08:
            rule["valid_to"] = random.choice(("2026-11-20", "2026-12-15", "2028-02-10"))
            if rule["valid_to"] < rule.get("valid_from", ""):
                del rule["valid_from"]
        if random.random() < 0.1:
            rule["deductible"] = random.random() < 0.5
        rule["cite"] = "paper 000, part 4"
    return rules


def _bundles(random: Random) -> list[Json]:
    """Five programmes that overlap in persons and items."""
    tiered: Json = {
        "rate_by_tier": {tier: yuan(random, 60, 320) for tier in random.sample(TIERS, random.randint(2, 3))}
    }
    rules: list[Json] = [
        {"id": "disabled", "rate_yuan": yuan(random, 90, 130), "when": {"categories_any": ["severe_disability"]}},
        {"id": "orphan", "rate_yuan": yuan(random, 90, 130), "when": {"categories_any": ["orphan"], "max_age": 17}},
        {"id": "both", "rate_yuan": "110", "when": {"categories_all": ["orphan", "severe_disability"]}},
        {"id": "elder", "rate_yuan": "100", "when": {"min_age": 80, "categories_any": ["elder", "orphan"]}},
        {
            "id": "home",
            **(tiered if random.random() < 0.4 else {"rate_yuan": "110"}),
            "when": {"tiers": ["half", "full"]},
        },
    ]
    for rule in rules:
        rule |= {"kind": "per_person_month", "items": _items(random)}
        if random.random() < 0.4:
            rule["part_month"] = random.choice(("full", "next_month"))
        if random.random() < 0.35:
            rule["hospital_days"] = random.random() < 0.2
    return rules


def _items(random: Random) -> list[Json]:
    """Quantified items, weighted or not, and unquantified ones; sometimes only those."""
    items: list[Json] = []
    if random.random() < 0.75:
        for name in random.sample(sorted(BUNDLE_ITEMS), random.randint(1, 4)):
            item: Json = {"id": name, "per": BUNDLE_ITEMS[name]}
            if random.random() < 0.3:
                item["weight"] = random.choice((2, 3, "0.5", "1.25"))
            items.append(item)
    loose = random.sample(LOOSE_ITEMS, random.randint(0 if items else 1, 2))
    return items + [{"id": name} for name in loose]


def _priced(random: Random) -> list[Json]:
    return [
        {"id": "bathing", "kind": "per_unit", "price_yuan": yuan(random, 8, 40), "items": [{"id": "bath"}]},
        {
            "id": "visiting",
            "kind": "per_unit",
            "price_yuan": yuan(random, 5, 30),
            "items": [{"id": name} for name in random.sample(("bath", "cleaning", "haircut", "call"), 3)],
        },
        _article(random, "milk"),
        _article(random, "bread"),
    ]


def _article(random: Random, name: str) -> Json:
    limit = {"units_per_month": random.randint(1, 3)} if random.random() < 0.85 else {}
    return {"id": name, "kind": "goods", "unit_cost_yuan": yuan(random, 6, 60), "items": [{"id": name}], **limit}


def _people(random: Random) -> list[Json]:
    levels = {level: yuan(random, 60 + 50 * place, 110 + 50 * place) for place, level in enumerate(LEVELS)}
    shares = {"able": "40", "half": "151", "full": yuan(random, 290, 310)}
    return [
        {"id": "escort", "kind": "per_day", "rate_by_level": levels},
        {"id": "guardian", "kind": "allowance", "rate_by_tier": shares},
        {
            "id": "guardian_child",
            "kind": "allowance",
            "rate_yuan": yuan(random, 80, 120),
            "when": {"categories_any": ["orphan"], "max_age": 17, "tiers": ["half", "full"]},
        },
        {
            "id": "neighbour",
            "kind": "per_year_units",
            "rate_yuan": yuan(random, 5, 15),
            "yearly_limit_yuan": yuan(random, 25, 70),
        },
        {"id": "retrofit", "kind": "agreed"},
    ]
