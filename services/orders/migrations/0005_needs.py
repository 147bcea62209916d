"""Needs in depth: assessments, reviews, notices, clocks, forwarding."""

from __future__ import annotations

from alembic import op

from chassis.tables import walls

revision = "orders_0005"
down_revision = "orders_0004"
branch_labels = None
depends_on = None

CHANGES = """
alter table needs
  add column register_number text not null default '', add column register_year integer not null default 0,
  add column year_number bigint not null default 0, add column urgency text not null default 'ordinary',
  add column rank smallint not null default 2, add column residence text not null default 'registered',
  add column owner text not null default '', add column ticket text not null default '',
  add column difficulty text not null default '', add column degree text not null default '',
  add column disputed boolean not null default false, add column reviewed boolean not null default false,
  add column missing jsonb not null default '[]', add column look_again_on date, add column plan_id uuid,
  add column notice_on date, add column notice_to date, add column found_at timestamptz,
  add column decided_at timestamptz, add column overdue_step text not null default '',
  add column overdue_level text not null default '', add column overdue_on date, add column refused_on date,
  add column handed_on date, add column refusal_box text, add column survey_box text, add column survey_version text,
  add column final_box text, add column final_version text;
create unique index needs_register on needs (county, register_year, year_number) where year_number > 0;
create index needs_rank on needs (county, rank, number);
create index needs_overdue on needs (county, overdue_on, number) where overdue_step <> '';
create index needs_plan on needs (county, plan_id) where plan_id is not null;
create index needs_posted on needs (county, village, notice_on) where notice_on is not null;
alter table needs add constraint conflict_assessor_surveyed check (
  assessed_by = '' or not surveyed_by ? assessed_by
) not valid;
create table forwardings (
  county text not null, id uuid not null, person uuid not null, need_id uuid, department text not null,
  matter_code text not null, township text not null, village text not null, state text not null,
  reference text not null, result text not null, outcome_code text not null, sent_at timestamptz not null,
  overdue_step text not null, overdue_level text not null, overdue boolean not null, note_box text, answer_box text,
  primary key (county, id)
);
create index forwardings_sent on forwardings (county, sent_at, id);
""" + walls("orders", "forwardings")
"""``rank`` orders by urgency: 0 urgent, 1 fast lane, 2 ordinary. Rows of before are filled when their stream changes,
or when views are rebuilt; so the constraint looks at new rows only."""


def upgrade() -> None:
    """Change the tables, statement by statement."""
    for statement in CHANGES.split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
