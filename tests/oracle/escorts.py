"""Escort days: one escort holds a day, at the dearest level of all the person's segments that day (S8)."""

from collections.abc import Iterator

from .lines import Line
from .tables import Connection, World, rows

HELD = """
create or replace temp table duty as
  select distinct run, id, s.payee, person, discharge, d.day, d.level
  from stay s join stay_day d using (run, id)
    join (select run, s.person, s.discharge, min(d.day) as admission from stay s join stay_day d using (run, id)
          group by run, s.person, s.discharge) a using (run, person, discharge)
  where d.day < discharge or (d.day = discharge and a.admission = discharge);
create or replace temp table spell as
  with escort_day as (select distinct run, person, payee, day from duty),
    island as (
      select *, day - row_number() over (partition by run, person, payee order by day)::integer as mark
      from escort_day)
  select run, person, payee, day, min(day) over (partition by run, person, payee, mark) as since from island;
create or replace temp table held as
  select run, person, day, payee, d.id from duty d join spell s using (run, person, payee, day)
  qualify row_number() over (partition by run, person, day order by s.since, payee, d.discharge, d.id) = 1;
"""
EARNED = """
with rated as (
  select run, d.person, day, r.rule, t.fen
  from (select distinct run, person, day, level from duty) d
    join rule_day r using (run, day) join tariff t using (run, version, ord)
  where r.kind = 'per_day' and (t.key is null or t.key = d.level)
  qualify row_number() over (partition by run, d.person, day order by ord, t.fen desc) = 1)
select run, h.id, r.rule, sum(r.fen)::bigint from held h join rated r using (run, person, day)
group by run, h.id, r.rule
"""


def escort_lines(worlds: list[World], tables: Connection) -> Iterator[tuple[int, Line]]:
    """One line per stay of the month and rule; stays of other months only take part in who holds a day."""
    tables.execute(HELD)
    for run, name, rule, amount in rows(tables, EARNED):
        fact = worlds[run].by_id[name]
        if fact["day"][:7] == worlds[run].month:
            yield run, Line.of(fact, rule, amount)
