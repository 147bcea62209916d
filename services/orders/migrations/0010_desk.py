"""The verification desk: what was undone, appeals, causes."""

from __future__ import annotations

from alembic import op

revision = "orders_0010"
down_revision = "orders_0009"
branch_labels = None
depends_on = None

CHANGES = """
create index public_log_acceptances on public_log (county, subject, position)
  where type in ('orders.order_verified.v1', 'orders.aid_verified.v1')
"""


def upgrade() -> None:
    """Change the tables, statement by statement."""
    for statement in CHANGES.split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
