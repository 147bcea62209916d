"""Day rows and rule rows in DuckDB: everything the lines of months are selected from.

Every table begins with `run`, the number of a world: one month as one view and one set of versions show it. Many
worlds are computed at once, because a query costs the same for one as for a thousand.

Money columns are BIGINT fen, weights BIGINT multiples of one common fraction; no column is a float.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import lcm
from typing import Any

import duckdb

from .exact import Json, days_between, exact, fen, month_days
from .versions import NOTHING, Version, at_month_end, in_force

Connection = duckdb.DuckDBPyConnection
Rows = dict[str, list[Sequence[Any]]]
DAY_COLUMN = {"service": 1, "goods": 1, "stay_day": 1, "neighbour": 1, "ruling": 2}
"""Where a table's rows hold a day outside the month's own, before the run is put in front."""
FLAT_RATES = ("rate_yuan", "price_yuan", "unit_cost_yuan")
TABLES = {
    "calendar": "run BIGINT, day DATE, version BIGINT",
    "rule": "run BIGINT, version BIGINT, ord BIGINT, rule VARCHAR, kind VARCHAR, any_of VARCHAR[], all_of VARCHAR[], "
    "tiers VARCHAR[], min_age BIGINT, max_age BIGINT, part_month VARCHAR, hospital_days BOOLEAN, "
    "units_per_month BIGINT, starts DATE, ends DATE",
    "tariff": "run BIGINT, version BIGINT, ord BIGINT, key VARCHAR, fen BIGINT",
    "item": "run BIGINT, version BIGINT, ord BIGINT, item VARCHAR, per VARCHAR, weight BIGINT",
    "slot": "run BIGINT, per VARCHAR, day DATE",
    "bundle": "run BIGINT, id VARCHAR, payee VARCHAR, purchaser VARCHAR, township VARCHAR, person VARCHAR",
    "bundle_day": "run BIGINT, payee VARCHAR, person VARCHAR, day DATE, tier VARCHAR, categories VARCHAR[], "
    "age BIGINT, hospital BOOLEAN, assigned BOOLEAN",
    "plan": "run BIGINT, person VARCHAR, item VARCHAR, number BIGINT",
    "service": "run BIGINT, id VARCHAR, day DATE, time VARCHAR, payee VARCHAR, purchaser VARCHAR, township VARCHAR, "
    "person VARCHAR, item VARCHAR, done BOOLEAN",
    "goods": "run BIGINT, id VARCHAR, day DATE, time VARCHAR, item VARCHAR",
    "stay": "run BIGINT, id VARCHAR, payee VARCHAR, person VARCHAR, discharge DATE",
    "stay_day": "run BIGINT, id VARCHAR, day DATE, level VARCHAR",
    "allowance_day": "run BIGINT, id VARCHAR, rule VARCHAR, day DATE, tier VARCHAR, categories VARCHAR[], age BIGINT",
    "neighbour": "run BIGINT, id VARCHAR, day DATE",
    "ruling": "run BIGINT, id VARCHAR, rule VARCHAR, day DATE",
}
VIEWS = """
create or replace temp view rule_day as
  select c.day, r.* from calendar c join rule r using (run, version)
  where c.day >= coalesce(r.starts, c.day) and c.day <= coalesce(r.ends, c.day);
create or replace temp view person_day as
  select run, person, day, tier, categories, age, hospital from bundle_day
  qualify row_number() over (partition by run, person, day order by assigned desc, payee) = 1;
create or replace temp macro fits(any_of, all_of, tiers, min_age, max_age, tier_now, categories_now, age_now) as
  (len(any_of) = 0 or list_has_any(categories_now, any_of)) and list_has_all(categories_now, all_of)
  and (len(tiers) = 0 or coalesce(list_contains(tiers, tier_now), false))
  and (min_age is null or coalesce(age_now >= min_age, false))
  and (max_age is null or coalesce(age_now <= max_age, false));
"""


@dataclass(frozen=True)
class World:
    """A month, the facts that enter its tables, and the versions it is computed with."""

    month: str
    facts: list[Json]
    versions: list[Version]

    @cached_property
    def by_id(self) -> dict[str, Json]:
        """The facts by id."""
        return {fact["id"]: fact for fact in self.facts}

    @property
    def last(self) -> Version:
        """The version in force on the month's last day."""
        return at_month_end(self.versions, self.month)


@cache
def database() -> Connection:
    """One database in memory for the whole process; each filling overwrites its tables."""
    return duckdb.connect(config={"threads": 1})


def fill(worlds: list[World]) -> Connection:
    """A database that holds the worlds by day: versions, bundles, services, stays and the rest."""
    filled: Rows = {table: [] for table in TABLES}
    for run, world in enumerate(worlds):
        for table, found in _rows_of(world).items():
            filled[table] += [(run, *row) for row in found]
    tables = database()
    for table, columns in TABLES.items():
        _load(tables, table, columns, filled[table])
    tables.execute(VIEWS)
    return tables


def rows(tables: Connection, query: str) -> list[tuple[Any, ...]]:
    """The rows a query selects."""
    return tables.execute(query).fetchall()


def _rows_of(world: World) -> Rows:
    found: Rows = {table: [] for table in TABLES}
    _slots(world.month, found["slot"])
    for fact in world.facts:
        _place(fact, world.month, found)
    days = {row[column] for table, column in DAY_COLUMN.items() for row in found[table] if row[column]}
    _policy(world.versions, days | set(month_days(world.month)), found)
    return found


def _load(connection: Connection, table: str, columns: str, rows: list[Sequence[Any]]) -> None:
    parts = [part.strip().split(" ") for part in columns.split(",")]
    selected = ", ".join(f"unnest($c{index}::{kind}[]) as {name}" for index, (name, kind) in enumerate(parts))
    values = {f"c{index}": [row[index] for row in rows] for index in range(len(parts))}
    connection.execute(f"create or replace temp table {table} as select {selected}", values)


def _slots(month: str, rows: list[Sequence[Any]]) -> None:
    """The last day of every slot of the month (S6)."""
    last = month_days(month)[-1]
    rows += [("week", f"{month}-{day:02d}") for day in (7, 14, 21, 28)]
    rows += [("half_month", f"{month}-15"), ("half_month", last), ("month", last)]


def _place(fact: Json, month: str, rows: Rows) -> None:
    """One fact as its rows."""
    parties = [fact.get(key) for key in ("payee", "purchaser", "township", "person")]
    match fact["kind"]:
        case "service":
            times = (fact["day"], fact["time"])
            rows["service"].append((fact["id"], *times, *parties, fact["item"], exact(fact["units"]) > 0))
        case "bundle_month":
            rows["bundle"].append((fact["id"], *parties))
            rows["bundle_day"] += _bundle_days(fact, month)
            rows["plan"] += [(fact["person"], item, number) for item, number in fact.get("required", {}).items()]
        case "goods":
            rows["goods"].append((fact["id"], fact["day"], fact["time"], fact["item"]))
        case "escort_stay":
            rows["stay"].append((fact["id"], fact["payee"], fact["person"], fact["day"]))
            for part in fact["days"]:
                rows["stay_day"] += [(fact["id"], day, part["level"]) for day in days_between(part["from"], part["to"])]
        case "allowance_month":
            for part in fact["days"]:
                state = (part.get("tier"), part.get("categories", []), part.get("age"))
                days = days_between(part["from"], part["to"])
                rows["allowance_day"] += [
                    (fact["id"], fact.get("rule"), day, *state) for day in days if day[:7] == month
                ]
        case "neighbour_service":
            rows["neighbour"].append((fact["id"], fact["day"]))
        case "ruling":
            rows["ruling"].append((fact["id"], fact["rule"], fact.get("day")))


def _bundle_days(fact: Json, month: str) -> Iterable[Sequence[Any]]:
    for part in fact["days"]:
        state = (part.get("tier"), part.get("categories", []), part.get("age"), bool(part.get("hospital", False)))
        for day in days_between(part["from"], part["to"]):
            if day[:7] == month:
                yield fact["payee"], fact["person"], day, *state, bool(part.get("assigned", False))


def _policy(versions: list[Version], days: set[str], rows: Rows) -> None:
    number = {version.name: index for index, version in enumerate(versions)}
    for day in sorted(days):
        version = in_force(versions, day)
        if version is not NOTHING:
            rows["calendar"].append((day, number[version.name]))
    items = [item for version in versions for rule in version.rules for item in rule.get("items", [])]
    scale = lcm(*(exact(item.get("weight", 1)).denominator for item in items))
    for version in versions:
        for order, rule in enumerate(version.rules):
            _rule(number[version.name], order, rule, scale, rows)


def _rule(version: int, order: int, rule: Json, scale: int, rows: Rows) -> None:
    when = rule.get("when", {})
    conditions = [when.get(key, []) for key in ("categories_any", "categories_all", "tiers")]
    ages = (when.get("min_age"), when.get("max_age"))
    part_months = (rule.get("part_month", "days"), rule.get("hospital_days", True), rule.get("units_per_month"))
    span = [str(rule[key]) if key in rule else None for key in ("valid_from", "valid_to")]
    rows["rule"].append((version, order, rule["id"], rule["kind"], *conditions, *ages, *part_months, *span))
    flat = [(None, rule[key]) for key in FLAT_RATES if key in rule]
    keyed = [*rule.get("rate_by_tier", {}).items(), *rule.get("rate_by_level", {}).items()]
    rows["tariff"] += [(version, order, key, fen(amount)) for key, amount in [*flat, *keyed]]
    for item in rule.get("items", []):
        weight = exact(item.get("weight", 1)) * scale
        rows["item"].append((version, order, item["id"], item.get("per"), weight.numerator))
