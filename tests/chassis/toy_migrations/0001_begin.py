"""The chassis' tables and one view."""

from alembic import op

from chassis.tables import VERSION_1

revision = "toy_0001"
down_revision = None


def upgrade() -> None:
    """Create everything."""
    for statement in VERSION_1.split(";"):
        if statement.strip():
            op.execute(statement)
    op.execute(
        "create table counters (county text not null, id uuid not null, total bigint not null, owner text not null,"
        " primary key (county, id))"
    )


def downgrade() -> None:
    """A log is never taken back."""
    raise RuntimeError("there is no way back from a log")
