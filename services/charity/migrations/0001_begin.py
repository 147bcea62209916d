"""The tables every service has, and the read models of charity."""

from __future__ import annotations

from alembic import op

from chassis.tables import VERSION_1

revision = "charity_0001"
down_revision = None
branch_labels = None
depends_on = None

VIEWS = """
create table charities (
  county text not null, id uuid not null, name text not null, credit_code text not null, primary key (county, id)
);
create table claimants (
  county text not null, id uuid not null, kind text not null, name_box text not null, phone_box text not null,
  open_claims integer not null, fulfilled integer not null, primary key (county, id)
);
create table love_orders (
  county text not null, id uuid not null, charity uuid not null, item text not null, units integer not null,
  township text not null, village text not null, places integer not null, price_fen bigint not null,
  expires_at timestamptz not null, policy text not null, status text not null, publish_by timestamptz,
  published_at timestamptz, wording text not null, places_left integer not null, held integer not null,
  waiting integer not null, fulfilled integer not null, claims jsonb not null, primary key (county, id)
);
create index love_orders_hall on love_orders (county, status, expires_at, id);
create index love_orders_charity on love_orders (county, charity, status);
create index love_orders_claims on love_orders using gin (claims jsonb_path_ops);
create table months (
  county text not null, id uuid not null, month text not null, sealed boolean not null, again_at timestamptz,
  primary key (county, id)
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
