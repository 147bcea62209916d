"""The API keys of providers' systems; of their secrets only hashes."""

from __future__ import annotations

from alembic import op

from chassis.tables import walls

revision = "providers_0003"
down_revision = "providers_0002"
branch_labels = None
depends_on = None

VIEWS = """
create table system_keys (
  county text not null, id uuid not null, provider uuid not null, label text not null, scopes jsonb not null,
  created_at timestamptz not null, expires_on date not null, status text not null, rotated_at timestamptz,
  used_at timestamptz, secret_hash text not null, former_hash text not null, former_until timestamptz,
  primary key (county, id)
);
create index system_keys_provider on system_keys (county, provider, id);
"""


def upgrade() -> None:
    """Make the table, statement by statement, and its walls."""
    for statement in (VIEWS + walls("providers", "system_keys")).split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
