"""Donations, pledges, appeals, service done, certificates."""

from __future__ import annotations

from alembic import op

from chassis.tables import walls

revision = "charity_0005"
down_revision = "charity_0004"
branch_labels = None
depends_on = None

CHANGES = """
create table fundraisings (
  county text not null, id uuid not null, charity uuid not null, number text not null, valid_from date not null,
  valid_to date not null, primary key (county, id)
);
create index fundraisings_charity on fundraisings (county, charity, id);
create table pots (
  county text not null, id uuid not null, kind text not null, charity uuid not null, title text not null,
  village text not null, items jsonb not null, townships jsonb not null, target_fen bigint not null, first date,
  last date, order_id uuid, standing text not null, opened_at timestamptz not null, received_fen bigint not null,
  moved_in_fen bigint not null, moved_out_fen bigint not null, allotted_fen bigint not null,
  returned_fen bigint not null, spent_fen bigint not null, left_fen bigint not null, goods jsonb not null,
  primary key (county, id)
);
create index pots_opened on pots (county, opened_at, id);
create index pots_charity on pots (county, charity, kind, id);
create table supports (
  county text not null, id uuid not null, order_id uuid not null, item text not null, price_fen bigint not null,
  places integer not null, promised_fen bigint not null, funded_fen bigint not null, used_fen bigint not null,
  ended boolean not null, promises jsonb not null, primary key (county, id)
);
create index supports_order on supports (county, order_id);
create table pledges (
  county text not null, id uuid not null, charity uuid not null, pot uuid not null, order_id uuid, donor uuid,
  name_box text not null, masked text not null, shown text not null, what text not null, amount bigint not null,
  paid bigint not null, standing text not null, until timestamptz not null, made_at timestamptz not null,
  primary key (county, id)
);
create index pledges_made on pledges (county, made_at, id);
create index pledges_charity on pledges (county, charity, made_at);
create index pledges_donor on pledges (county, donor, made_at);
create table donations (
  county text not null, id uuid not null, charity uuid not null, year integer not null, number integer not null,
  pot uuid, order_id uuid, pledge uuid, donor uuid, name_box text not null, masked text not null, shown text not null,
  what text not null, amount bigint not null, for_order bigint not null, excess_to uuid, day date not null,
  standing text not null, recorded_at timestamptz not null, primary key (county, id),
  unique (county, charity, year, number)
);
create index donations_recorded on donations (county, recorded_at, id);
create index donations_donor on donations (county, donor, recorded_at);
create index donations_pot on donations (county, pot, recorded_at, id);
create table service_entries (
  county text not null, id uuid not null, claim_id uuid not null, claimant uuid not null, order_id uuid not null,
  charity uuid not null, item text not null, pieces integer not null, minutes integer not null, day date not null,
  time text not null, standing text not null, counted_at timestamptz, primary key (county, id)
);
create index service_entries_claimant on service_entries (county, claimant, day, id);
create index service_entries_order on service_entries (county, order_id);
create table certificates (
  county text not null, id uuid not null, year integer not null, number integer not null, claimant uuid not null,
  charity uuid not null, charity_name text not null, credit_code text not null, first date not null,
  last date not null, issued_on date not null, deeds jsonb not null, pieces integer not null, minutes integer not null,
  name_box text not null, salt_box text not null, masked text not null, digest text not null, key_id text not null,
  public_key text not null, standing text not null, revoked_at timestamptz, primary key (county, id),
  unique (county, year, number)
);
create index certificates_claimant on certificates (county, claimant, id);
create index certificates_keys on certificates (county, key_id);
create table honours (
  county text not null, id uuid not null, claimant uuid not null, shown text not null, masked text not null,
  primary key (county, id)
);
"""
TABLES = (
    "fundraisings", "pots", "supports", "pledges", "donations", "service_entries", "certificates", "honours",
)  # fmt: skip


def upgrade() -> None:
    """Change the tables, statement by statement."""
    for statement in (CHANGES + walls("charity", *TABLES)).split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
