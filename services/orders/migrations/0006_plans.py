"""Plans in depth: modes, agreements, changes, suspensions."""

from __future__ import annotations

from alembic import op

revision = "orders_0006"
down_revision = "orders_0005"
branch_labels = None
depends_on = None

CHANGES = """
alter table beneficiaries add column moved_on date;
alter table plans add column urgent boolean not null default false, add column agreed_on date,
  add column agreed_by text not null default '', add column refreshed_on date, add column refresh_due date,
  add column stale boolean not null default false, add column entitled boolean not null default true,
  add column suspended_from date, add column suspended_to date, add column service_plans jsonb not null default '{}';
create index plans_refresh on plans (county, refresh_due, id);
alter table orders add column mode text not null default 'government_purchase', add column need_id uuid,
  add column emergency boolean not null default false, add column helper uuid;
create index orders_plan on orders (county, plan_id);
"""


def upgrade() -> None:
    """Change the tables, statement by statement."""
    for statement in CHANGES.split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
