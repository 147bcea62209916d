"""Fair claiming: pieces, conditions, reliability."""

from __future__ import annotations

from alembic import op

from chassis.tables import walls

revision = "charity_0004"
down_revision = "charity_0003"
branch_labels = None
depends_on = None

CHANGES = """
alter table charities add column status text not null default 'active';
alter table charities add column regions jsonb not null default '[]';
alter table charities add column people jsonb not null default '[]';
alter table charities add column until date;
alter table claimants add column shown text not null default '';
alter table claimants add column credit_code text not null default '';
alter table claimants add column ended integer not null default 0;
alter table claimants add column no_shows integer not null default 0;
alter table claimants add column withdrawals integer not null default 0;
alter table claimants add column lapsed integer not null default 0;
alter table claimants add column turned_down integer not null default 0;
alter table love_orders add column form text not null default 'service';
alter table love_orders add column claimants text not null default 'anybody';
alter table love_orders add column min_age integer not null default 0;
alter table love_orders add column skills jsonb not null default '[]';
alter table love_orders add column hall_village text;
alter table love_orders add column accepted_at timestamptz;
alter table love_orders add column past jsonb not null default '[]';
create index love_orders_past on love_orders using gin (past jsonb_path_ops);
create table offers (
  county text not null, id uuid not null, claimant uuid not null, item text not null, price_fen bigint not null,
  townships jsonb not null, from_day date not null, to_day date not null, rule text not null, status text not null,
  primary key (county, id)
);
create index offers_price on offers (county, price_fen, id);
create index offers_item on offers (county, item, status, price_fen);
"""


def upgrade() -> None:
    """Change the tables, statement by statement."""
    for statement in (CHANGES + walls("charity", "offers")).split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
