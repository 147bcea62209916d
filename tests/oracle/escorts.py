"""Escort days: one escort holds a day, at the dearest level of all the person's segments that day (S8)."""

from collections.abc import Iterator

from .lines import Line
from .tables import Connection, World, rows

HELD = """
create or replace temp table presence as
  select distinct run, id, s.payee, person, discharge, d.day, d.level, discharge >= m.first_day as due
  from stay s join stay_day d using (run, id)
    join (select run, date_trunc('month', min(day))::date as first_day from slot group by run) m using (run);
create or replace temp table duty as
  select p.* from presence p
    join (select run, person, discharge, min(day) as admission from presence group by run, person, discharge) a
      using (run, person, discharge)
  where p.day < discharge or (p.day = discharge and a.admission = discharge);
create or replace temp table spell as
  with escort_day as (select distinct run, person, payee, day from presence where due),
    island as (
      select *, day - row_number() over (partition by run, person, payee order by day)::integer as mark
      from escort_day)
  select run, person, payee, day, min(day) over (partition by run, person, payee, mark) as since from island;
create or replace temp table held as
  select run, person, day, payee, d.id from duty d join spell s using (run, person, payee, day)
    anti join (select run, person, day from duty where not due) paid using (run, person, day)
  where d.due
  qualify row_number() over (partition by run, person, day order by s.since, payee, d.discharge, d.id) = 1;
"""
EARNED = """
with rated as (
  select run, d.person, day, r.rule, t.fen
  from (select distinct run, person, day, level from presence where due) d
    join rule_day r using (run, day) join tariff t using (run, version, ord)
  where r.kind = 'per_day' and (t.key is null or t.key = d.level)
  qualify row_number() over (partition by run, d.person, day order by ord, t.fen desc) = 1)
select run, h.id, r.rule, sum(r.fen)::bigint from held h join rated r using (run, person, day)
group by run, h.id, r.rule
"""


def escort_lines(worlds: list[World], tables: Connection) -> Iterator[tuple[int, Line]]:
    """One line per stay of the month and rule; a day that an earlier month's stay covers is not paid again."""
    tables.execute(HELD)
    for run, name, rule, amount in rows(tables, EARNED):
        yield run, Line.of(worlds[run].by_id[name], rule, amount)
