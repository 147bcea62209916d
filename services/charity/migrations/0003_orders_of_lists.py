"""An index behind every order in which a list may be asked for."""

from __future__ import annotations

from alembic import op

revision = "charity_0003"
down_revision = "charity_0002"
branch_labels = None
depends_on = None

ORDERS = """
create index love_orders_expiry on love_orders (county, expires_at, id);
create index love_orders_publishing on love_orders (county, publish_by, id);
"""


def upgrade() -> None:
    """Make the indexes."""
    for statement in ORDERS.split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
