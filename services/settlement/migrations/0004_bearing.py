"""What a fund can bear."""

from __future__ import annotations

from alembic import op

from chassis.tables import walls

revision = "settlement_0004"
down_revision = "settlement_0003"
branch_labels = None
depends_on = None

CHANGES = """
create table reservations (
  county text not null, id uuid not null, standing text not null, fund text not null, rule text not null,
  year integer not null, amount_fen bigint not null, month text not null, primary key (county, id)
);
create index reservations_kept on reservations (county, fund, year) where standing in ('reserved', 'used');
""" + walls("settlement", "reservations")


def upgrade() -> None:
    """Change the tables, statement by statement."""
    for statement in CHANGES.split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
