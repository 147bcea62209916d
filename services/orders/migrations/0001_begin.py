"""The tables every service has, and the read models of orders."""

from __future__ import annotations

from alembic import op

from chassis.tables import VERSION_1

revision = "orders_0001"
down_revision = None
branch_labels = None
depends_on = None

VIEWS = """
create table beneficiaries (
  county text not null, id uuid not null, number bigint not null, service_number text not null, id_index text not null,
  township text not null, village text not null, born date not null, tier text not null, categories jsonb not null,
  died_on date, plan_id uuid, generated boolean not null, name_box text not null, id_number_box text not null,
  phone_box text, address_box text, primary key (county, id)
);
create unique index beneficiaries_number on beneficiaries (county, number);
create unique index beneficiaries_id_index on beneficiaries (county, id_index);
create table needs (
  county text not null, id uuid not null, number bigint not null, person uuid not null, township text not null,
  village text not null, channel text not null, urgent boolean not null, state text not null, items jsonb not null,
  mode text, price_fen bigint not null, rule text not null, papers_due date, registered_at timestamptz not null,
  primary key (county, id)
);
create unique index needs_number on needs (county, number);
create index needs_person on needs (county, person);
create index needs_state on needs (county, state, number);
create table plans (
  county text not null, id uuid not null, person uuid not null, township text not null, village text not null,
  state text not null, items jsonb not null, from_day date, ends_on date, notice_on date, provider uuid,
  opened text not null, primary key (county, id)
);
create index plans_person on plans (county, person);
create index plans_behind on plans (county, opened) where state = 'started';
create table orders (
  county text not null, id uuid not null, kind text not null, person uuid not null, plan_id uuid, item text not null,
  units integer not null, township text not null, village text not null, state text not null, provider uuid,
  window_from date not null, window_to date not null, opened_at timestamptz not null, visit_id uuid, day date,
  red boolean not null, policy text not null, primary key (county, id)
);
create index orders_newest on orders (county, opened_at, id);
create index orders_person on orders (county, person);
create index orders_provider on orders (county, provider);
create index orders_waiting on orders (county, day) where state = 'completed';
create table months (
  county text not null, id uuid not null, month text not null, state text not null, parked integer not null,
  waiting integer not null, primary key (county, id)
);
"""


def upgrade() -> None:
    """Make the tables, statement by statement."""
    for statement in (VERSION_1 + VIEWS).split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
