"""An index behind every order in which a list may be asked for."""

from __future__ import annotations

from alembic import op

revision = "orders_0003"
down_revision = "orders_0002"
branch_labels = None
depends_on = None

ORDERS = """
create index orders_due on orders (county, window_to, id);
create index needs_place on needs (county, township, village, id);
create index plans_place on plans (county, township, village, id);
"""


def upgrade() -> None:
    """Make the indexes."""
    for statement in ORDERS.split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
