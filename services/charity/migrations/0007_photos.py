"""Photos that show that love orders were fulfilled."""

from __future__ import annotations

from alembic import op

from chassis import photos

revision = "charity_0007"
down_revision = "charity_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, statement by statement, and its walls."""
    for statement in photos.table("charity").split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
