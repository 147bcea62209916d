"""The tables every service has, and the read models of settlement."""

from __future__ import annotations

from alembic import op

from chassis.tables import VERSION_1

revision = "settlement_0001"
down_revision = None
branch_labels = None
depends_on = None

VIEWS = """
create table facts (
  county text not null, id uuid not null, source text not null, position bigint not null, kind text not null,
  month text not null, person text, payee text, body bytea not null, primary key (county, id)
);
create unique index facts_position on facts (county, source, position);
create index facts_month on facts (county, month, person);
create index facts_kind on facts (county, kind, month) where kind not in ('service', 'bundle_month');
create table months (
  county text not null, id uuid not null, month text not null, status text not null, requested_at timestamptz,
  seals jsonb not null, waiting jsonb not null, waits jsonb not null, closed_at timestamptz, payable_fen bigint,
  document jsonb, primary key (county, id), unique (county, month)
);
create table statements (
  county text not null, id uuid not null, month text not null, payee text not null, purchaser text not null,
  status text not null, payable_fen bigint not null, digest text not null, answer_until timestamptz not null,
  finalised_at timestamptz not null, progress jsonb not null, document jsonb not null, primary key (county, id)
);
create index statements_month on statements (county, month, payee, purchaser);
create index statements_payee on statements (county, payee, month);
create table funds (
  county text not null, id uuid not null, fund text not null, year integer not null, allocated_fen bigint not null,
  overrides integer not null, primary key (county, id)
);
create table grades (
  county text not null, id uuid not null, month text not null, payee text not null, township text not null,
  grade text not null, graded_at timestamptz not null, primary key (county, id)
);
create index grades_month on grades (county, month, payee, township);
create table rulings (
  county text not null, id uuid not null, month text not null, fact text, payee text, rule text, cause text,
  ruled_at timestamptz not null, document jsonb not null, primary key (county, id)
);
create index rulings_month on rulings (county, month, ruled_at);
create table people (
  county text not null, person uuid not null, plan_id uuid not null, posted_on date not null,
  primary key (county, person)
);
create index public_log_facts on public_log (county, position) where type in (
  'settlement.policy_known.v1', 'settlement.fund_allocated.v1', 'settlement.cap_overridden.v1',
  'settlement.provider_graded.v1', 'settlement.ruling_made.v1', 'settlement.month_closed.v1'
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
