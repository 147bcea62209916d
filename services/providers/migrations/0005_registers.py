"""Qualifications, training, outlets."""

from __future__ import annotations

from alembic import op

revision = "providers_0005"
down_revision = "providers_0004"
branch_labels = None
depends_on = None

CHANGES = """
alter table workers add column outlet text not null default '', add column village text not null default '',
  add column trained_to date, add column low_income boolean not null default false,
  add column monthly_capacity integer not null default 0;
alter table providers add column certificates jsonb not null default '[]';
"""


def upgrade() -> None:
    """Change the tables, statement by statement."""
    for statement in CHANGES.split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
