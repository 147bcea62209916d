"""What ledgers and queries need."""

from __future__ import annotations

from alembic import op

revision = "orders_0008"
down_revision = "orders_0007"
branch_labels = None
depends_on = None

CHANGES = """
alter table beneficiaries add column entered_on date, add column entered text not null default '';
alter table plans add column drawn_on date;
create index beneficiaries_entered on beneficiaries (county, entered, number);
create index beneficiaries_village on beneficiaries (county, village, number);
create index beneficiaries_township on beneficiaries (county, township, number);
create index beneficiaries_unseen on beneficiaries (county, entered_on, id)
  where plan_id is null and died_on is null and entered_on is not null;
create index needs_undecided on needs (county, ((registered_at at time zone 'Asia/Shanghai')::date), id)
  where state in ('registered', 'surveyed', 'confirmed');
create index needs_papers on needs (county, papers_due, id) where state = 'approved' and confirmed_by = '';
create index plans_unposted on plans (county, drawn_on, id) where notice_on is null and state <> 'ended';
create index plans_unstarted on plans (county, notice_on, id) where state = 'drawn';
create index orders_unserved on orders (county, window_to, id)
  where state in ('opened', 'nobody_found', 'matched', 'returned');
create index orders_unverified on orders (county, day, id) where state = 'completed';
create index errands_unsettled on errands (county, settle_by, id) where state = 'missing';
create index orders_person_window on orders (county, person, window_to);
"""
"""What waits is read oldest first, each kind by an index of its own: see ``services.orders.views.ledgers.waiting``."""


def upgrade() -> None:
    """Change the tables, statement by statement."""
    for statement in CHANGES.split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
