"""Complaints and hot-line tickets."""

from __future__ import annotations

from alembic import op

from chassis.tables import walls

revision = "orders_0012"
down_revision = "orders_0011"
branch_labels = None
depends_on = None

CHANGES = """
create table complaints (
  county text not null, id uuid not null, kind text not null, channel text not null, reference text not null,
  state text not null, year integer, number integer, whom text not null, owner uuid, subject text not null,
  order_id uuid, visit_id uuid, township text not null, place text not null, office text not null,
  department text not null, outcome text not null, satisfied boolean, anonymous boolean not null,
  urged integer not null, reopened integer not null, heard boolean not null, stated boolean not null, need_id uuid,
  received_at timestamptz not null, answered_at timestamptz, closed_at timestamptz, month text not null,
  overdue boolean not null, overdue_step text not null, overdue_level text not null, due_on date,
  contact_boxes jsonb not null, summary_box text, answer_box text, primary key (county, id)
);
create index complaints_newest on complaints (county, received_at, id);
create unique index complaints_number on complaints (county, year, number);
create index complaints_owner on complaints (county, owner, received_at, id) where owner is not null;
create index complaints_month on complaints (county, month);
"""


def upgrade() -> None:
    """Change the tables, statement by statement."""
    for statement in (CHANGES + walls("orders", "complaints")).split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
