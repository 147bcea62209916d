"""Qualifications, training, outlets, tenders."""

from __future__ import annotations

from alembic import op

from chassis.tables import walls

revision = "providers_0005"
down_revision = "providers_0004"
branch_labels = None
depends_on = None

CHANGES = """
alter table workers add column outlet text not null default '', add column village text not null default '',
  add column trained_to date, add column low_income boolean not null default false,
  add column monthly_capacity integer not null default 0;
alter table workers add column certificates jsonb not null default '[]',
  add column trainings jsonb not null default '[]', add column evaluations jsonb not null default '[]',
  add column evaluated text not null default '', add column evaluated_on date,
  add column leaves jsonb not null default '[]';
alter table providers add column certificates jsonb not null default '[]';
alter table providers add column institution text not null default '',
  add column stops jsonb not null default '[]', add column removed_from date;
create table tenders (
  county text not null, id uuid not null, number text not null, project text not null, purchaser text not null,
  method text not null, day date not null, items jsonb not null, amount_fen bigint not null, awards jsonb not null,
  primary key (county, id)
);
create unique index tenders_number on tenders (county, number);
create index tenders_newest on tenders (county, day, id);
"""


def upgrade() -> None:
    """Change the tables, statement by statement."""
    for statement in (CHANGES + walls("providers", "tenders")).split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
