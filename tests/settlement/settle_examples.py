"""A small county for the tests of ``settle``: facts told in one line each, policies as TOML.

``County`` numbers the facts of each source as they are told; what is not named is payee A, purchaser county,
township t1, person p1, November 2026.
"""

from __future__ import annotations

import json
from typing import Any

from careloop.exchange import answer_json, read_facts, read_policy
from services.settlement.domain.engine import Answer, Fact, SettlementPolicy, settle

BUNDLE = """
[[settlement.rule]]
id = "bundle"
kind = "per_person_month"
rate_yuan = "110"
items = [{id = "cleaning", per = "week"}, {id = "laundry", per = "half_month"}, {id = "haircut", per = "month"},
         {id = "safety"}]
funds = ["A"]
"""
HOME = """
[[settlement.rule]]
id = "home"
kind = "per_person_month"
rate_yuan = "300"
items = [{id = "visit"}]
funds = ["A"]
"""
BATH = """
[[settlement.rule]]
id = "bath"
kind = "per_unit"
price_yuan = "10.45"
items = [{id = "bath"}]
funds = ["A", "B"]
"""
ESCORT = """
[[settlement.rule]]
id = "escort"
kind = "per_day"
rate_by_level = {township = "100", county = "150", city = "200"}
funds = ["A"]
"""
AGREED = """
[[settlement.rule]]
id = "single"
kind = "agreed"
funds = ["A"]
"""
GRADES = """
[[settlement.grade]]
id = "good"
rate = "0"

[[settlement.grade]]
id = "average"
rate = "0.10"
"""


def policy(*parts: str, version: str = "v1", effective_from: str = "2026-01-01", retroactive: bool = False) -> str:
    """A policy document of these parts."""
    head = f'[settlement]\nversion = "{version}"\neffective_from = "{effective_from}"\n'
    return head + f"retroactive = {str(retroactive).lower()}\n" + "".join(parts)


class County:
    """Facts in the order in which they are told."""

    def __init__(self, *policies: str) -> None:
        self.lines: list[dict[str, Any]] = []
        self.positions: dict[str, int] = {}
        self.policies: list[SettlementPolicy] = [read_policy(document) for document in policies]

    def tell(self, kind: str, source: str = "orders", **keys: Any) -> str:
        """Append a fact to its source's log; gives its id."""
        position = self.positions[source] = self.positions.get(source, 0) + 1
        name = keys.pop("id", None) or f"{kind}-{source}-{position}"
        self.lines.append({"id": name, "source": source, "position": position, "kind": kind, **keys})
        return str(name)

    def owed(self, keys: dict[str, Any]) -> dict[str, Any]:
        return {"payee": "A", "purchaser": "county", "township": "t1", "person": "p1", **keys}

    def served(
        self, item: str, *numbers: int, month: str = "2026-11", source: str = "orders", **keys: Any
    ) -> list[str]:
        """Accepted services of ``item`` on these days of the month."""
        keys = {"time": "09:00", "units": 1, **self.owed(keys)}
        return [self.tell("service", source, item=item, day=f"{month}-{number:02d}", **keys) for number in numbers]

    def month(self, first: int = 1, last: int = 30, month: str = "2026-11", **keys: Any) -> str:
        """A person's month of one segment, to which tier, categories, age, assigned and hospital belong."""
        segment: dict[str, Any] = {"from": f"{month}-{first:02d}", "to": f"{month}-{last:02d}"}
        segment |= {"tier": "full", "categories": []}
        segment |= {"assigned": True, **{k: keys.pop(k) for k in list(keys) if k in SEGMENT_KEYS}}
        return self.tell("bundle_month", month=month, days=keys.pop("days", [segment]), **self.owed(keys))

    def served_all(self, **keys: Any) -> None:
        """Everything that the bundle requires in November."""
        self.served("cleaning", 3, 10, 17, 24, **keys)
        self.served("laundry", 5, 20, **keys)
        self.served("haircut", 12, **keys)

    def graded(self, grade: str, month: str = "2026-11", payee: str = "A", township: str = "t1", **keys: Any) -> str:
        return self.tell("grade", "settlement", month=month, payee=payee, township=township, grade=grade, **keys)

    def allocated(self, fund: str, amount_fen: int, year: int = 2026) -> str:
        return self.tell("allocation", "settlement", fund=fund, year=year, amount_fen=amount_fen, day=f"{year}-01-05")

    def ruled(self, month: str = "2026-11", **keys: Any) -> str:
        return self.tell("ruling", "settlement", month=month, **keys)

    def sealed(self, month: str = "2026-11", *sources: str) -> None:
        """Seal the month, by orders and settlement unless others are named."""
        for source in sources or ("orders", "settlement"):
            self.tell("seal", source, month=month)

    def stay(self, discharge: str, *segments: tuple[str, str, str], **keys: Any) -> str:
        """A hospital stay of an escort, of segments (from, to, level)."""
        days = [{"from": first, "to": last, "level": level} for first, last, level in segments]
        return self.tell("escort_stay", day=discharge, days=days, **self.owed({"payee": "e1", **keys}))

    def facts(self) -> list[Fact]:
        return read_facts([json.dumps(line) for line in self.lines])

    def settle(self, month: str = "2026-11", closed: list[Answer] | None = None) -> Answer:
        return settle(self.facts(), self.policies, month, closed)

    def closes(self, *months: str) -> list[Answer]:
        """The answers of these months, each carrying on from those before."""
        answers: list[Answer] = []
        for month in months:
            answers.append(self.settle(month, list(answers)))
        return answers


SEGMENT_KEYS = ("tier", "categories", "age", "assigned", "hospital")


def rows(answer: Answer, part: str) -> list[dict[str, Any]]:
    """One part of the answer over all statements, as rows with payee and purchaser; zeros left out."""
    value = answer_json(answer)
    if part in ("draws", "unfunded", "missing_grades"):
        return list(value[part])
    found: list[dict[str, Any]] = []
    for statement in value["statements"]:
        told = statement[part]
        listed = told if isinstance(told, list) else [{"rule": rule, "fen": fen} for rule, fen in told.items()]
        found += [{"payee": statement["payee"], "purchaser": statement["purchaser"], **row} for row in listed]
    return [row for row in found if row["fen"]]


def fens(answer: Answer, part: str = "lines", **where: Any) -> list[int]:
    """The amounts of a part's rows that agree with ``where``, sorted; zeros left out."""
    found = rows(answer, part)
    return sorted(row["fen"] for row in found if all(row.get(key) == value for key, value in where.items()))
