"""Visits of cadres, monthly contacts, carers."""

from __future__ import annotations

from alembic import op

from chassis.tables import walls

revision = "orders_0007"
down_revision = "orders_0006"
branch_labels = None
depends_on = None

VIEWS = ("duties", "duty_months", "duty_rounds", "contacts", "errands", "pairs", "carers")

CHANGES = """
create table duties (
  county text not null, id uuid not null, person uuid not null, township text not null, village text not null,
  responsible text not null, assigned boolean not null, assigned_on date, covered boolean not null, since date,
  primary key (county, id)
);
create unique index duties_person on duties (county, person);
create index duties_place on duties (county, township, village, id);
create index duties_responsible on duties (county, responsible, id);
create table duty_months (
  county text not null, id uuid not null, month text not null, person uuid not null, township text not null,
  village text not null, responsible text not null, needed integer not null, had integer not null,
  state text not null, late boolean not null, reminded boolean not null, last_on date, primary key (county, id)
);
create index duty_months_month on duty_months (county, month, township, village, id);
create index duty_months_state on duty_months (county, state, month);
create index duty_months_person on duty_months (county, person, month);
create index duty_months_responsible on duty_months (county, responsible, month);
create table duty_rounds (
  county text not null, id uuid not null, through bigint not null, primary key (county, id)
);
create table contacts (
  county text not null, id uuid not null, person uuid not null, township text not null, village text not null,
  way text not null, visitor text not null, reached boolean not null, day date not null,
  captured_at timestamptz not null, recorded_at timestamptz not null, late boolean not null,
  trouble boolean not null, checklist jsonb not null, goods integer not null, need uuid, notes_box text,
  primary key (county, id)
);
create index contacts_newest on contacts (county, captured_at, id);
create index contacts_person on contacts (county, person, captured_at);
create index contacts_visitor on contacts (county, visitor, captured_at);
create table errands (
  county text not null, id uuid not null, person uuid not null, contact uuid not null, township text not null,
  village text not null, goods text not null, quantity integer not null, amount_fen bigint not null,
  state text not null, level text not null, how text not null, day date not null, settle_by date,
  sha256 text not null, primary key (county, id)
);
create index errands_newest on errands (county, day, id);
create index errands_person on errands (county, person, day);
create index errands_missing on errands (county, level, day) where state = 'missing';
create table pairs (
  county text not null, id uuid not null, person uuid not null, helper text not null, township text not null,
  village text not null, state text not null, from_day date not null, last_on date not null,
  lapses_on date not null, lapses integer not null, ended_on date, primary key (county, id)
);
create index pairs_next on pairs (county, lapses_on, id);
create index pairs_person on pairs (county, person);
create table carers (
  county text not null, id uuid not null, person uuid not null, township text not null, village text not null,
  covered boolean not null, state text not null, relation text not null, from_day date, valid_to date,
  agreements integer not null, duties jsonb not null, findings jsonb not null, rectify_by date,
  running boolean not null, escorted boolean not null, boxes jsonb not null, primary key (county, id)
);
create unique index carers_person on carers (county, person);
create index carers_place on carers (county, township, village, id);
create index carers_lacking on carers (county, township, village, id) where covered and not (running and escorted);
"""


def upgrade() -> None:
    """Change the tables, statement by statement."""
    for statement in (CHANGES + walls("orders", *VIEWS)).split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
