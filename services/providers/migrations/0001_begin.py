"""The tables every service has, and the read models of providers."""

from __future__ import annotations

from alembic import op

from chassis.tables import VERSION_1

revision = "providers_0001"
down_revision = None
branch_labels = None
depends_on = None

VIEWS = """
create table providers (
  county text not null, id uuid not null, name text not null, credit_code text not null, kind text not null,
  township text not null, outlets jsonb not null, agreements jsonb not null, primary key (county, id)
);
create table workers (
  county text not null, id uuid not null, provider uuid not null, township text not null, qualifications jsonb not null,
  name_box text not null, phone_box text, left_on date, primary key (county, id)
);
create index workers_provider on workers (county, provider, township);
create table places (
  county text not null, code text not null, latitude_udeg integer not null, longitude_udeg integer not null,
  primary key (county, code)
);
create table searches (
  county text not null, id uuid not null, status text not null, kind text not null, person uuid not null,
  item text not null, units integer not null, township text not null, village text not null,
  window_from date not null, window_to date not null, month text not null, policy text not null, provider uuid,
  agreement text not null, until timestamptz, visit uuid, considered jsonb not null, primary key (county, id)
);
create index searches_load on searches (county, month, status, provider, agreement);
create index searches_provider on searches (county, provider, status);
create table visits (
  county text not null, id uuid not null, order_id uuid not null, provider uuid not null, worker uuid not null,
  item text not null, units integer not null, day date not null, month text not null, started_at timestamptz not null,
  ended_at timestamptz not null, minutes integer not null, photos jsonb not null, exceptions jsonb not null,
  primary key (county, id)
);
create index visits_order on visits (county, order_id);
create index visits_worker on visits (county, worker, started_at);
create index visits_month on visits (county, month);
create index visits_newest on visits (county, started_at, id);
create index visits_photos on visits using gin (photos);
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
