"""Walls between the counties."""

from __future__ import annotations

from alembic import op

from chassis.tables import version_2

revision = "charity_0002"
down_revision = "charity_0001"
branch_labels = None
depends_on = None

VIEWS = ("charities", "claimants", "love_orders", "months")


def upgrade() -> None:
    """Change the tables, statement by statement."""
    for statement in (version_2("charity", *VIEWS)).split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
