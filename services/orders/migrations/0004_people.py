"""Households, files, imports and what screening looks at."""

from __future__ import annotations

from alembic import op

from chassis.tables import walls

revision = "orders_0004"
down_revision = "orders_0003"
branch_labels = None
depends_on = None

CHANGES = """
alter table beneficiaries add column household uuid, add column guardian text not null default '';
create index beneficiaries_household on beneficiaries (county, household);
create index beneficiaries_guardian on beneficiaries (county, guardian, number) where guardian <> '';
create table person_files (
  county text not null, id uuid not null, number bigint not null, township text not null, village text not null,
  born date not null, died_on date, held jsonb not null, boxes jsonb not null, primary key (county, id)
);
create unique index person_files_number on person_files (county, number);
create table households (
  county text not null, id uuid not null, number bigint not null, household_number text not null,
  township text not null, village text not null, registered_region text not null, single boolean not null,
  members jsonb not null, classes jsonb not null, recheck_on date, recheck_due boolean not null, boxes jsonb not null,
  primary key (county, id)
);
create unique index households_number on households (county, number);
create table prospects (
  county text not null, id uuid not null, id_index text not null, township text not null, village text not null,
  born date, marks jsonb not null, risk text not null, state text not null, due_on date not null,
  late boolean not null, recheck_on date, reason_code text not null, person uuid, need uuid, boxes jsonb not null,
  primary key (county, id)
);
create index prospects_due on prospects (county, due_on, id);
create table imports (
  county text not null, id uuid not null, kind text not null, source text not null, sha256 text not null,
  township text not null, imported_by text not null, imported_at timestamptz not null, rows jsonb not null,
  primary key (county, id)
);
create index imports_newest on imports (county, imported_at, id);
"""


def upgrade() -> None:
    """Change the tables, statement by statement."""
    tables = walls("orders", "person_files", "households", "prospects", "imports")
    for statement in (CHANGES + tables).split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
