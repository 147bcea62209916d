"""Lines that one fact makes by itself: priced services, goods, allowances, neighbours, agreed prices, rulings."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from .exact import exact, fen, month_days, rounded
from .lines import Line
from .tables import Connection, World, rows

PRICED = """
select run, s.id, r.rule, t.fen
from service s join rule_day r using (run, day) join item i using (run, version, ord, item)
  join tariff t using (run, version, ord)
where r.kind = 'per_unit' and t.key is null and not exists (
  select 1 from won w join bundle_item b using (run, person, rule)
  where w.run = s.run and w.person = s.person and w.day = s.day and b.item = s.item)
qualify row_number() over (partition by run, s.id order by ord) = 1
"""
GOODS = """
select run, g.id, r.rule, t.fen, r.units_per_month
from goods g join rule_day r using (run, day) join item i using (run, version, ord, item)
  join tariff t using (run, version, ord)
where r.kind = 'goods' and t.key is null
qualify row_number() over (partition by run, g.id order by ord) = 1
order by run, day, g.time, g.id
"""
ALLOWANCES = """
select run, id, rule, sum(fen)::bigint from (
  select run, a.id, day, r.rule, t.fen
  from allowance_day a join rule_day r using (run, day) join tariff t using (run, version, ord)
  where r.kind = 'allowance' and coalesce(a.rule, r.rule) = r.rule and (t.key is null or t.key = a.tier)
    and fits(r.any_of, r.all_of, r.tiers, r.min_age, r.max_age, a.tier, a.categories, a.age)
  qualify row_number() over (partition by run, a.id, day order by ord) = 1)
group by run, id, rule
"""
NEIGHBOURS = """
select run, n.id, r.rule, t.fen
from neighbour n join rule_day r using (run, day) join tariff t using (run, version, ord)
where r.kind = 'per_year_units' and t.key is null
qualify row_number() over (partition by run, n.id order by ord) = 1
"""
RULINGS = """
select run, u.id, rule, t.fen
from ruling u join calendar c using (run, day) join rule r using (run, version, rule)
  join tariff t using (run, version, ord)
where t.key is null
"""
RunLine = tuple[int, Line]


def single_lines(worlds: list[World], tables: Connection) -> Iterator[RunLine]:
    """Every line that is neither a bundle's nor an escort's, with the number of its world."""
    for run, name, rule, price in rows(tables, PRICED):
        fact = worlds[run].by_id[name]
        yield run, Line.of(fact, rule, rounded(exact(fact["units"]) * price))
    for run, name, rule, total in rows(tables, ALLOWANCES):
        days = len(month_days(worlds[run].month))
        yield run, Line.of(worlds[run].by_id[name], rule, rounded(Fraction(total, days)))
    yield from _goods(worlds, rows(tables, GOODS))
    yield from _neighbours(worlds, rows(tables, NEIGHBOURS))
    prices = {(run, name): price for run, name, _, price in rows(tables, RULINGS)}
    for run, world in enumerate(worlds):
        for fact in world.facts:
            if fact["kind"] not in {"agreed", "ruling"}:
                continue
            if "amount_fen" in fact:
                yield run, Line.of(fact, fact["rule"], fact["amount_fen"])
            else:
                units = exact(fact.get("units", 0))
                yield run, Line.of(fact, fact["rule"], rounded(units * prices.get((run, fact["id"]), 0)))


def _goods(worlds: list[World], issued: list[tuple[Any, ...]]) -> Iterator[RunLine]:
    """Whole units in order of issue until the person's month is full."""
    given: dict[tuple[int, str, str], int] = {}
    for run, name, rule, cost, limit in issued:
        fact = worlds[run].by_id[name]
        before = given.get((run, fact["person"], rule), 0)
        units = int(exact(fact["units"]))
        granted = units if limit is None else max(0, min(units, limit - before))
        given[(run, fact["person"], rule)] = before + granted
        yield run, Line.of(fact, rule, granted * cost)


def _neighbours(worlds: list[World], recorded: list[tuple[Any, ...]]) -> Iterator[RunLine]:
    """One line per payee, purchaser, rule and township, at most the yearly limit of December's last day."""
    totals: dict[tuple[int, str, str, str, str], Fraction] = {}
    for run, name, rule, rate in recorded:
        fact = worlds[run].by_id[name]
        key = run, fact["payee"], fact["purchaser"], fact["township"], rule
        totals[key] = totals.get(key, Fraction(0)) + exact(fact["units"]) * rate
    for (run, payee, purchaser, township, rule), total in totals.items():
        limit = (worlds[run].last.rule(rule) or {}).get("yearly_limit_yuan")
        amount = total if limit is None else min(total, Fraction(fen(limit)))
        yield run, Line(payee, purchaser, township, rule, None, None, rounded(amount))
