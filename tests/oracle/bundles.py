"""Bundles by person and day: who wins each day, what is required, what counts, whose share it is (S5, S6, S7)."""

from collections.abc import Iterator
from fractions import Fraction

from .exact import month_days, rounded
from .lines import Line
from .tables import Connection, rows

WON = """
create or replace temp table matched as
  select run, p.person, day, version, ord, r.rule, r.part_month, t.fen
  from person_day p join rule_day r using (run, day) join tariff t using (run, version, ord)
  where r.kind = 'per_person_month' and (t.key is null or t.key = p.tier) and (r.hospital_days or not p.hospital)
    and fits(r.any_of, r.all_of, r.tiers, r.min_age, r.max_age, p.tier, p.categories, p.age);
create or replace temp table won as
  select * from matched qualify row_number() over (partition by run, person, day order by fen desc, ord) = 1;
create or replace temp table award as
  select run, person, rule, max_by(version, day) as version, max_by(ord, day) as ord,
    max_by(part_month, day) as part_month, sum(fen)::bigint as total, count(*) as days, min(day) as first_day
  from won group by run, person, rule;
create or replace temp table bundle_item as
  select run, a.person, a.rule, i.item, i.per, i.weight from award a join item i using (run, version, ord);
create or replace temp table required as
  select run, person, rule, b.item, b.weight,
    case when per = 'half_year' then coalesce(n.number, 0) else least(count(s.day), coalesce(n.number, 99)) end
      as number
  from bundle_item b
    left join (select run, person, item, min(number) as number from plan group by run, person, item) n
      using (run, person, item)
    left join (select run, w.person, w.rule, s.per, day from won w join slot s using (run, day)) s
      using (run, person, rule, per)
  where per is not null group by run, person, rule, b.item, b.weight, per, n.number;
create or replace temp table counted as
  select run, s.id, s.payee, s.purchaser, s.township, person, rule, item, day, s.time, q.weight
  from service s join won w using (run, person, day) join required q using (run, person, rule, item)
  where s.done
  qualify row_number() over (partition by run, person, rule, item order by day, s.time, s.id) <= q.number;
"""
SHARES = """
with assigned as (
    select run, person, w.rule, d.payee, count(*) as days
    from won w join bundle_day d using (run, person, day) where d.assigned group by run, person, w.rule, d.payee),
  done as (
    select run, person, rule, payee, sum(weight)::bigint as weight, min_by(purchaser, (day, time, id)) as purchaser,
      min_by(township, (day, time, id)) as township from counted group by run, person, rule, payee),
  need as (
    select run, person, rule, sum(weight * number)::bigint as weight from required group by run, person, rule),
  served as (select distinct run, person, payee, true as any from service where done)
select run, payee, coalesce(b.purchaser, c.purchaser), coalesce(b.township, c.township), rule, person,
  a.total, a.days, a.first_day::varchar, a.part_month, coalesce(g.days, 0), coalesce(c.weight, 0),
  coalesce(n.weight, 0), coalesce(v.any, false)
from award a
  join (select run, person, rule, payee from assigned union select run, person, rule, payee from done) u
    using (run, person, rule)
  left join assigned g using (run, person, rule, payee) left join done c using (run, person, rule, payee)
  left join need n using (run, person, rule) left join served v using (run, person, payee)
  left join bundle b using (run, person, payee)
"""
SUPERSEDED = """
select run, payee, b.purchaser, b.township, m.rule, person, w.rule
from (select run, person, rule, min(day) as day from matched group by run, person, rule) m
  anti join award a using (run, person, rule)
  join won w using (run, person, day)
  join bundle_day d using (run, person, day)
  join bundle b using (run, person, payee)
where d.assigned
"""


def bundle_lines(months: list[str], tables: Connection) -> Iterator[tuple[int, Line]]:
    """The lines of all `per_person_month` rules with their run, superseded ones included, `months` by run.

    Leaves `won`, `bundle_item` and `counted` behind for the other lines.
    """
    tables.execute(WON)
    for run, *parties, person, total, days, first_day, part_month, assigned, counted, required, served in rows(
        tables, SHARES
    ):
        worth = _worth(months[run], part_month, total, days, first_day)
        share = _share(days, assigned, counted, required) if served else Fraction(0)
        yield run, _line(parties, person, rounded(worth * share))
    for run, *parties, person, winner in rows(tables, SUPERSEDED):
        yield run, _line(parties, person, 0, winner)


def _line(parties: list[str], person: str, fen: int, winner: str | None = None) -> Line:
    payee, purchaser, township, rule = parties
    return Line(payee, purchaser, township, rule, person, None, fen, winner)


def _worth(month: str, part_month: str, total: int, days: int, first_day: str) -> Fraction:
    """P in fen: by days, or the mean rate for `full`, or that only from the 1st on for `next_month` (S5, S7)."""
    all_days = month_days(month)
    if part_month == "days":
        return Fraction(total, len(all_days))
    if part_month == "next_month" and first_day != all_days[0]:
        return Fraction(0)
    return Fraction(total, days)


def _share(days: int, assigned: int, counted: int, required: int) -> Fraction:
    """The part of P of a payee who served: by counted weight, or by days assigned where nothing is required (S6)."""
    return Fraction(counted, required) if required else Fraction(assigned, days)
