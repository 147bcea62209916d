"""Monthly grades, findings, satisfaction."""

from __future__ import annotations

from alembic import op

from chassis.tables import walls

revision = "providers_0010"
down_revision = "providers_0009"
branch_labels = None
depends_on = None

CHANGES = """
create table grade_rounds (
  county text not null, id uuid not null, month text not null, sheet text not null, percent integer not null,
  candidates jsonb not null, drawn jsonb not null, head_hash text not null, seed text not null, due_on date not null,
  begun_at timestamptz not null, primary key (county, id)
);
create index grade_rounds_month on grade_rounds (county, month, id);
create table month_grades (
  county text not null, id uuid not null, month text not null, provider uuid not null, township text not null,
  status text not null, overdue_at timestamptz not null, overdue boolean not null, sheet text not null,
  grade text not null, score integer, figures jsonb not null, entries jsonb not null, false_service boolean not null,
  honoured boolean not null, poor_in_a_row integer not null, issued_by text not null, issued_at timestamptz,
  object_until timestamptz, objected_at timestamptz, rejudged_at timestamptz, primary key (county, id)
);
create index month_grades_listed on month_grades (county, month, id);
create index month_grades_provider on month_grades (county, provider, township, month);
create table duties (
  county text not null, id uuid not null, month text not null, township text not null, duty text not null,
  samples integer not null, met integer not null, assessed_by text not null, assessed_at timestamptz not null,
  primary key (county, id)
);
create index duties_listed on duties (county, month, id);
create table findings (
  county text not null, id uuid not null, code text not null, source text not null, provider uuid,
  township text not null, worker uuid, reference text not null, month text not null, status text not null,
  due_on date not null, attempt integer not null, overdue boolean not null, consequence text not null,
  ended_by_reference text not null, opened_by text not null, opened_at timestamptz not null,
  inspected_by text not null, ended_at timestamptz, primary key (county, id)
);
create index findings_listed on findings (county, opened_at, id);
create index findings_due on findings (county, due_on, id);
create index findings_provider on findings (county, provider, township, month);
create table ratings (
  county text not null, id uuid not null, visit uuid not null, provider uuid not null, township text not null,
  month text not null, way text not null, stars integer not null, rated_by text not null, primary key (county, id)
);
create index ratings_month on ratings (county, month, provider, township);
create table upheld_complaints (
  county text not null, id uuid not null, provider uuid not null, month text not null, outcome text not null,
  primary key (county, id)
);
create index upheld_complaints_provider on upheld_complaints (county, provider, month);
"""
TABLES = ("grade_rounds", "month_grades", "duties", "findings", "ratings", "upheld_complaints")


def upgrade() -> None:
    """Change the tables, statement by statement."""
    for statement in (CHANGES + walls("providers", *TABLES)).split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
