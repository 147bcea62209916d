"""The ten worked examples of the settlement paper in our own words: facts, policies, months, and what must come out."""

from dataclasses import dataclass, field
from typing import Any

from .exact import Json

GRADES = [{"id": "good", "rate": "0"}, {"id": "average", "rate": "0.10"}]
CARE = ["cleaning", "laundry", "haircut"]
CARE_DAYS = {"cleaning": ["02", "09", "16", "23"], "laundry": ["04", "19"], "haircut": ["13"]}


@dataclass
class Example:
    """A small world; `parts` names by month the rows that must be there and no others, zeros apart."""

    title: str
    months: list[str]
    parts: dict[str, dict[str, list[Json]]]
    rules: list[Json]
    later_rules: dict[str, list[Json]] = field(default_factory=dict)
    funds: list[Json] = field(default_factory=list)
    facts: list[Json] = field(default_factory=list)

    def add(self, kind: str, source: str = "orders", **keys: Any) -> "Example":
        """One fact more, at the next position, between payee north and the county in township hill for person w."""
        parties = {"payee": "north", "purchaser": "county", "township": "hill", "person": "w"}
        kept = {key: parties[key] for key in PARTIES.get(kind, ())}
        number = len(self.facts) + 1
        identity = {"id": f"x{number:02d}", "source": source, "position": number, "kind": kind}
        self.facts.append({**identity, **kept, **keys})
        return self

    def policies(self) -> list[Json]:
        """The first version from the start of 2026 and those after it."""
        tables = {"2026-01-01": self.rules, **self.later_rules}
        return [
            {"version": f"v{number}", "effective_from": day, "rule": rules, "grade": GRADES, "fund": self.funds}
            for number, (day, rules) in enumerate(tables.items(), 1)
        ]

    def served(self, item: str, day: str, **keys: Any) -> "Example":
        """One accepted service more."""
        return self.add("service", item=item, day=day, time="10:30", units=1, **keys)

    def month(self, first: str, last: str, **keys: Any) -> "Example":
        """One bundle month more, of one segment; categories and assigned as given."""
        part = {"from": first, "to": last, "tier": "full", "categories": keys.pop("categories", [])}
        return self.add("bundle_month", month=first[:7], days=[part | {"assigned": keys.pop("assigned", True)}], **keys)


ALL = ("payee", "purchaser", "township", "person")
PARTIES = {
    "service": ALL,
    "bundle_month": ALL,
    "escort_stay": ALL,
    "allowance_month": ALL,
    "grade": ("payee", "township"),
}
HOME = {"id": "home", "kind": "per_person_month", "rate_yuan": "300", "items": [{"id": "call"}], "funds": ["A", "B"]}
BUNDLE = {
    "id": "bundle",
    "kind": "per_person_month",
    "rate_yuan": "110",
    "items": [
        {"id": "cleaning", "per": "week"},
        {"id": "laundry", "per": "half_month"},
        {"id": "haircut", "per": "month"},
        {"id": "safety"},
    ],
    "funds": ["A"],
}


def _care(example: Example, month: str, cleanings: int, **payees: str) -> Example:
    """The bundle's services of a month, with so many cleanings."""
    for item in CARE:
        for day in CARE_DAYS[item][: cleanings if item == "cleaning" else 9]:
            example.served(item, f"{month}-{day}", payee=payees.get(item, "north"))
    return example


def _part_month() -> Example:
    parts = {"2026-10": {"lines": [{"payee": "north", "rule": "home", "person": "w", "fen": 20323}]}}
    example = Example("1 a part month", ["2026-10"], parts, [HOME])
    return example.month("2026-10-11", "2026-10-31").served("call", "2026-10-20")


def _incomplete_bundle() -> Example:
    parts = {"2026-11": {"lines": [{"payee": "north", "rule": "bundle", "fen": 9429}]}}
    example = Example("2 an incomplete bundle", ["2026-11"], parts, [BUNDLE])
    return _care(example.month("2026-11-01", "2026-11-30"), "2026-11", 3)


def _new_rate() -> Example:
    parts = {"2026-07": {"lines": [{"rule": "home", "fen": 31548}]}}
    later = {"2026-07-16": [{**HOME, "rate_yuan": "330"}]}
    example = Example("3 a new rate within the month", ["2026-07"], parts, [HOME], later)
    return example.month("2026-07-01", "2026-07-31").served("call", "2026-07-03")


def _two_funds() -> Example:
    parts: dict[str, dict[str, list[Json]]] = {
        "2026-10": {
            "groups": [{"rule": "home", "township": "hill", "fen": 80323}],
            "deductions": [{"rule": "home", "grade": "average", "fen": -8032}],
            "payable": [{"rule": "home", "fen": 72291}],
            "draws": [{"fund": "A", "fen": 50000}, {"fund": "B", "fen": 22291}],
            "unfunded": [],
        }
    }
    funds = [{"id": "A", "owner": "county"}, {"id": "B", "owner": "county"}]
    example = Example("4 a deduction and two funds", ["2026-10"], parts, [HOME], funds=funds)
    for person, first in (("u", "2026-10-11"), ("v", "2026-10-01"), ("w", "2026-10-01")):
        example.month(first, "2026-10-31", person=person).served("call", "2026-10-15", person=person)
    example.add("grade", "settlement", month="2026-10", grade="average")
    for fund, amount in (("A", 50000), ("B", 100000)):
        example.add("allocation", "settlement", day="2026-01-05", fund=fund, year=2026, amount_fen=amount)
    return example


def _escort() -> Example:
    parts = {"2026-08": {"lines": [{"payee": "friend", "rule": "escort", "person": "w", "fen": 90000}]}}
    rule = {"id": "escort", "kind": "per_day", "rate_by_level": {"township": "100", "county": "150", "city": "200"}}
    example = Example("5 an escort in two hospitals", ["2026-08"], parts, [rule])
    days = [
        {"from": "2026-08-03", "to": "2026-08-06", "level": "township"},
        {"from": "2026-08-06", "to": "2026-08-10", "level": "county"},
    ]
    return example.add("escort_stay", payee="friend", day="2026-08-10", days=days)


def _two_programmes() -> Example:
    lines = [
        {"rule": "disabled", "fen": 11000, "superseded_by": None},
        {"rule": "orphan", "fen": 0, "superseded_by": "disabled"},
    ]
    rules = [
        {**HOME, "id": "orphan", "rate_yuan": "100", "when": {"categories_any": ["orphan"]}},
        {**HOME, "id": "disabled", "rate_yuan": "110", "when": {"categories_any": ["severe_disability"]}},
    ]
    example = Example("6 two programmes for one person", ["2026-11"], {"2026-11": {"lines": lines}}, rules)
    example.month("2026-11-01", "2026-11-30", categories=["orphan", "severe_disability"])
    return example.served("call", "2026-11-18")


def _found_false() -> Example:
    correction = {"month": "2026-11", "rule": "bundle", "fen": -1414, "cause": "violation", "causes": ["violation"]}
    parts: dict[str, dict[str, list[Json]]] = {
        "2026-11": {
            "lines": [{"rule": "bundle", "fen": 11000}],
            "deductions": [{"fen": -1100}],
            "payable": [{"rule": "bundle", "fen": 9900}],
            "corrections": [],
        },
        "2026-12": {"corrections": [correction], "carried_out": [{"rule": "bundle", "fen": -1414}], "payable": []},
    }
    example = Example("7 a service found false after the close", ["2026-11", "2026-12"], parts, [BUNDLE])
    _care(example.month("2026-11-01", "2026-11-30"), "2026-11", 4)
    false = next(fact["id"] for fact in example.facts if fact.get("item") == "cleaning")
    example.add("grade", "settlement", month="2026-11", grade="average")
    for source in ("orders", "settlement"):
        example.add("seal", source, month="2026-11")
    example.add("ruling", "settlement", month="2026-11", fact=false, cause="violation")
    for source in ("orders", "settlement"):
        example.add("seal", source, month="2026-12")
    return example


def _guardian() -> Example:
    parts = {"2026-11": {"lines": [{"payee": "aunt", "rule": "guardian", "fen": 25100}]}}
    rule = {"id": "guardian", "kind": "allowance", "rate_by_tier": {"able": "40", "half": "151", "full": "301"}}
    example = Example("8 a guardian's tier changes", ["2026-11"], parts, [rule])
    days = [
        {"from": "2026-11-01", "to": "2026-11-10", "tier": "half", "categories": []},
        {"from": "2026-11-11", "to": "2026-11-30", "tier": "full", "categories": []},
    ]
    return example.add("allowance_month", payee="aunt", month="2026-11", days=days)


def _shared_bundle() -> Example:
    lines = [{"payee": payee, "rule": "bundle", "fen": 4714} for payee in ("north", "south")]
    example = Example("9 two providers share a bundle", ["2026-11"], {"2026-11": {"lines": lines}}, [BUNDLE])
    example.month("2026-11-01", "2026-11-30").month("2026-11-01", "2026-11-30", payee="south", assigned=False)
    return _care(example, "2026-11", 3, laundry="south", haircut="south")


def _half_fen() -> Example:
    parts: dict[str, dict[str, list[Json]]] = {
        "2026-11": {
            "groups": [{"rule": "bath", "fen": 1045}],
            "deductions": [{"rule": "bath", "fen": -105}],
            "payable": [{"rule": "bath", "fen": 940}],
        }
    }
    rule = {"id": "bath", "kind": "per_unit", "price_yuan": "10.45", "items": [{"id": "bath"}]}
    example = Example("10 half a fen is deducted whole", ["2026-11"], parts, [rule]).served("bath", "2026-11-06")
    return example.add("grade", "settlement", month="2026-11", grade="average")


EXAMPLES = [
    _part_month(),
    _incomplete_bundle(),
    _new_rate(),
    _two_funds(),
    _escort(),
    _two_programmes(),
    _found_false(),
    _guardian(),
    _shared_bundle(),
    _half_fen(),
]
