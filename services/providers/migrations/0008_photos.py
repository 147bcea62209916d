"""Photos and packets of devices."""

from __future__ import annotations

from alembic import op

from chassis import photos
from chassis.tables import walls

revision = "providers_0008"
down_revision = "providers_0007"
branch_labels = None
depends_on = None

CHANGES = """
alter table visits add column device uuid, add column sequence bigint, add column mode text not null default 'home',
  add column signed_by text not null default '';
create table devices (
  county text not null, id uuid not null, provider uuid not null, worker uuid not null, public_key text not null,
  status text not null, registered_at timestamptz not null, revoked_at timestamptz, last_sequence bigint not null,
  missing jsonb not null, primary key (county, id)
);
create unique index devices_key on devices (county, public_key);
create index devices_worker on devices (county, worker, id);
"""


def upgrade() -> None:
    """Change the tables, statement by statement."""
    for statement in (CHANGES + walls("providers", "devices") + photos.table("providers")).split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
