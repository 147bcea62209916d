"""Spot checks: batches, draws, inspections."""

from __future__ import annotations

from alembic import op

from chassis.tables import walls

revision = "orders_0011"
down_revision = "orders_0010"
branch_labels = None
depends_on = None

VIEWS = ("spot_batches", "inspections", "inspectors", "spot_years")

CHANGES = """
create table spot_batches (
  county text not null, id uuid not null, year integer not null, number integer not null, state text not null,
  digest text not null, policy text not null, visits integer not null, drawn integer not null, listed jsonb not null,
  strata jsonb not null, parties jsonb not null, withheld jsonb not null, listed_at timestamptz not null,
  commit_until timestamptz not null, reveal_until timestamptz, seed text not null, head_position bigint,
  head_hash text not null, primary key (county, id)
);
create unique index spot_batches_number on spot_batches (county, year, number);
create index spot_batches_state on spot_batches (county, state, year, number);
create table inspections (
  county text not null, id uuid not null, order_id uuid not null, year integer not null, batch uuid,
  township text not null, provider uuid not null, item text not null, day date not null, stratum text not null,
  why text not null, extra boolean not null, inspector uuid, state text not null, due_on date not null,
  drawn_at timestamptz not null, result text not null, reason_code text not null, finding_codes jsonb not null,
  methods jsonb not null, cause text not null, reported_at timestamptz, text_box text, primary key (county, id)
);
create index inspections_due on inspections (county, due_on, id);
create index inspections_open on inspections (county, state, due_on, id);
create index inspections_year on inspections (county, year, stratum);
create index inspections_batch on inspections (county, batch, id);
create index inspections_inspector on inspections (county, inspector, due_on, id);
create index inspections_provider on inspections (county, provider, due_on, id);
create index inspections_township on inspections (county, township, due_on, id);
create table inspectors (
  county text not null, id uuid not null, subject text not null, township text not null, barred jsonb not null,
  valid_from date not null, valid_to date, ended boolean not null, primary key (county, id)
);
create table spot_years (
  county text not null, id uuid not null, year integer not null, percent integer not null,
  population integer not null, picks integer not null, checked integer not null, rejected integer not null,
  extra integer not null, closed_at timestamptz not null, primary key (county, id)
);
create unique index spot_years_year on spot_years (county, year);
create index orders_checked on orders (county, day, id) where kind in ('purchase', 'goods') and day is not null;
"""


def upgrade() -> None:
    """Change the tables, statement by statement."""
    for statement in (CHANGES + walls("orders", *VIEWS)).split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
