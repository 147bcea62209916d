"""Batches of matching, travel times, and what a search remembers for them."""

from __future__ import annotations

from alembic import op

from chassis.tables import walls

revision = "providers_0006"
down_revision = "providers_0005"
branch_labels = None
depends_on = None

CHANGES = """
alter table searches add column worker uuid, add column assigned uuid, add column batch uuid,
  add column run_at timestamptz, add column reason text not null default '',
  add column asked jsonb not null default '[]',
  add column answers jsonb not null default '[]';
create index searches_waiting on searches (county, run_at, window_to, id) where status = 'waiting';
create index searches_uncovered on searches (county, village, id) where status = 'not_found';
create index searches_served on searches (county, person) where visit is not null;
create table matching_batches (
  county text not null, id uuid not null, at timestamptz not null, orders integer not null, assigned integer not null,
  uncovered integer not null, cost bigint not null, inputs_sha256 text not null, remaining integer not null,
  policies jsonb not null, primary key (county, id)
);
create index matching_batches_newest on matching_batches (county, at, id);
create table travel_times (
  county text not null, place text not null, version integer not null, source text not null, times jsonb not null,
  primary key (county, place)
);
"""


def upgrade() -> None:
    """Change the tables, statement by statement."""
    for statement in (CHANGES + walls("providers", "matching_batches", "travel_times")).split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
