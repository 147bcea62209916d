"""The verification desk: what was undone, appeals, causes."""

from __future__ import annotations

from alembic import op

from chassis.tables import walls

revision = "orders_0010"
down_revision = "orders_0009"
branch_labels = None
depends_on = None

CHANGES = """
create index public_log_acceptances on public_log (county, subject, position)
  where type in ('orders.order_verified.v1', 'orders.aid_verified.v1');
create table verifications (
  county text not null, id uuid not null, open boolean not null, rank smallint not null, urgency text not null,
  act_by timestamptz not null, kind text not null, person uuid not null, item text not null, township text not null,
  village text not null, provider uuid not null, window_from date not null, window_to date not null,
  units integer not null, completions jsonb not null, judged jsonb not null, primary key (county, id)
);
create index verifications_queue on verifications (county, rank, act_by, id) where open;
create index verifications_of_township on verifications (county, township, rank, act_by, id) where open;
create index verifications_of_provider on verifications (county, provider, rank, act_by, id) where open;
create table appeals (
  county text not null, id uuid not null, order_id uuid not null, visit_id uuid not null, person uuid not null,
  provider uuid not null, township text not null, item text not null, state text not null, rejected_by text not null,
  rejected_at timestamptz not null, rejected_for text not null, evidence jsonb not null,
  lodged_at timestamptz not null, answer_by timestamptz not null, overdue boolean not null, answered_at timestamptz,
  reason_code text not null, cause text, grounds_box text, answer_box text, primary key (county, id)
);
create index appeals_due on appeals (county, answer_by, id);
create index appeals_of_provider on appeals (county, provider, answer_by, id);
create table corrections (
  county text not null, id uuid not null, kind text not null, order_id uuid, visit_id uuid, person uuid,
  township text not null, provider uuid, item text not null, month text not null, reason_code text not null,
  first_cause text not null, cause text not null, exempted boolean not null, corrected_at timestamptz not null,
  primary key (county, id)
);
create index corrections_at on corrections (county, corrected_at, id);
create index corrections_month on corrections (county, month, township);
""" + walls("orders", "verifications", "appeals", "corrections")
"""A row of ``verifications`` begins with the first completion; orders of before have one when they change, or when
views are rebuilt."""


def upgrade() -> None:
    """Change the tables, statement by statement."""
    for statement in CHANGES.split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
