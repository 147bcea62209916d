"""Visits step by step, one-time codes."""

from __future__ import annotations

from alembic import op

from chassis.tables import walls

revision = "providers_0007"
down_revision = "providers_0006"
branch_labels = None
depends_on = None

CHANGES = """
alter table visits add column person uuid, add column region text not null default '',
  add column source text not null default '', add column code text not null default '',
  add column evidence jsonb not null default '[]', add column goods jsonb not null default '[]',
  add column facts jsonb not null default '[]', add column supplements jsonb not null default '[]',
  add column returned boolean not null default false, add column reported_after_minutes integer not null default 0,
  add column skew_seconds integer not null default 0, add column register_line text not null default '',
  add column confirmed_by text not null default '', add column reported_at timestamptz;
create table appointments (
  county text not null, id uuid not null, order_id uuid not null, provider uuid, worker uuid, item text not null,
  township text not null, village text not null, starts_at timestamptz, ends_at timestamptz, day date,
  status text not null, started_at timestamptz, reason_code text not null, visit uuid, attempt integer not null,
  wrong_tries integer not null, code_right boolean not null, stands boolean not null, primary key (county, id)
);
create unique index appointments_order on appointments (county, order_id);
create index appointments_listed on appointments (county, starts_at, id) where starts_at is not null;
create index appointments_worker on appointments (county, worker, day);
create table late_reports (
  county text not null, id uuid not null, order_id uuid not null, provider uuid not null, worker uuid not null,
  township text not null, item text not null, units integer not null, started_at timestamptz not null,
  ended_at timestamptz not null, filed_at timestamptz not null, status text not null, visit uuid,
  decided_by text not null, photos jsonb not null, primary key (county, id)
);
create index late_reports_listed on late_reports (county, filed_at, id);
"""


def upgrade() -> None:
    """Change the tables, statement by statement."""
    for statement in (CHANGES + walls("providers", "appointments", "late_reports")).split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
