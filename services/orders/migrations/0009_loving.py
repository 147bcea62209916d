"""Love orders in depth: lists referred, pieces, radars."""

from __future__ import annotations

from alembic import op

from chassis.tables import walls

revision = "orders_0009"
down_revision = "orders_0008"
branch_labels = None
depends_on = None

CHANGES = """
alter table orders
  add column charity uuid, add column places integer not null default 1, add column pieces_left integer not null
  default 0, add column pieces_accepted integer not null default 0, add column referral_id uuid,
  add column confirmed jsonb not null default '[]', add column desk_since date, add column published_on date;
create index orders_desk on orders (county, desk_since, id) where desk_since is not null;
create index orders_need on orders (county, need_id) where need_id is not null;
create table referrals (
  county text not null, id uuid not null, charity uuid not null, state text not null, referred_at timestamptz not null,
  decide_by date not null, people integer not null, undecided integer not null, entries jsonb not null,
  open_needs jsonb not null, primary key (county, id)
);
create index referrals_newest on referrals (county, referred_at, id);
create index referrals_charity on referrals (county, charity, referred_at, id);
create index referrals_open on referrals using gin (open_needs);
create index referrals_entries on referrals using gin (entries jsonb_path_ops);
""" + walls("orders", "referrals")
"""``open_needs`` are those that the charity may still decide about; empty once its days are over."""


def upgrade() -> None:
    """Change the tables, statement by statement."""
    for statement in CHANGES.split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
