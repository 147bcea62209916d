"""What completions carry of exceptions."""

from __future__ import annotations

from alembic import op

revision = "orders_0013"
down_revision = "orders_0012"
branch_labels = None
depends_on = None

CHANGES = """
alter table beneficiaries add column stays jsonb not null default '[]';
alter table orders add column exceptions jsonb not null default '[]', add column grey boolean not null default false;
"""


def upgrade() -> None:
    """Change the tables, statement by statement."""
    for statement in CHANGES.split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
