"""Walls between the counties, in whichever toy schema is made."""

from alembic import context, op

from chassis.tables import version_2

revision = "toy_0002"
down_revision = "toy_0001"


def upgrade() -> None:
    """Create everything."""
    for statement in version_2(context.config.attributes["schema"], "counters").split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log is never taken back."""
    raise RuntimeError("there is no way back from a log")
