"""Exceptions and what became of them."""

from __future__ import annotations

from alembic import op

from chassis.tables import walls

revision = "providers_0009"
down_revision = "providers_0008"
branch_labels = None
depends_on = None

CHANGES = """
alter table visits add column reported_by text not null default '', add column inspected jsonb not null default '{}';
create index visits_odd on visits (county, id) where exceptions <> '[]';
create table exceptions (
  county text not null, id uuid not null, visit_id uuid not null, order_id uuid not null, provider uuid not null,
  worker uuid not null, person uuid, township text not null, item text not null, day date not null, code text not null,
  colour text not null, state text not null, raised_at timestamptz not null, due_on date not null,
  times integer not null, explained_at timestamptz, reason_code text not null, resolved_by text not null,
  resolved_at timestamptz, primary key (county, id)
);
create index exceptions_listed on exceptions (county, raised_at, id);
create index exceptions_due on exceptions (county, due_on, id);
create index exceptions_visit on exceptions (county, visit_id);
create index exceptions_open on exceptions (county, raised_at, id) where state = 'open';
create table outages (
  county text not null, id uuid not null, down text not null, from_at timestamptz not null,
  to_at timestamptz not null, reason_code text not null, recorded_by text not null, recorded_at timestamptz not null,
  through uuid, done boolean not null, primary key (county, id)
);
create index outages_listed on outages (county, from_at, id);
"""


def upgrade() -> None:
    """Change the tables, statement by statement."""
    for statement in (CHANGES + walls("providers", "exceptions", "outages")).split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
