"""Lists of people referred to a charity."""

from __future__ import annotations

from alembic import op

from chassis.tables import walls

revision = "charity_0006"
down_revision = "charity_0005"
branch_labels = None
depends_on = None

CHANGES = """
create table referrals (
  county text not null, id uuid not null, charity uuid not null, state text not null, received_at timestamptz not null,
  decide_by date not null, people integer not null, undecided integer not null, entries jsonb not null,
  primary key (county, id)
);
create index referrals_newest on referrals (county, received_at, id);
create index referrals_charity on referrals (county, charity, received_at, id);
""" + walls("charity", "referrals")


def upgrade() -> None:
    """Change the tables, statement by statement."""
    for statement in CHANGES.split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
