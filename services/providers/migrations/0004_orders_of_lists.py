"""An index behind every order in which a list may be asked for."""

from __future__ import annotations

from alembic import op

revision = "providers_0004"
down_revision = "providers_0003"
branch_labels = None
depends_on = None

ORDERS = """
create index searches_offered on searches (county, until, id) where status = 'offered';
create index searches_taken on searches (county, window_from, id) where status = 'found';
"""


def upgrade() -> None:
    """Make the indexes."""
    for statement in ORDERS.split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
