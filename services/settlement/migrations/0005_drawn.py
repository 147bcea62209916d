"""The townships whose grades are due for a month."""

from __future__ import annotations

from alembic import op

revision = "settlement_0005"
down_revision = "settlement_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Null: none were drawn, every grade is due."""
    op.execute("alter table months add column drawn jsonb")


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
