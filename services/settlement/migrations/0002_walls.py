"""Walls between the counties; two persons of two bodies sign a statement before it is paid."""

from __future__ import annotations

from alembic import op

from chassis.tables import version_2

revision = "settlement_0002"
down_revision = "settlement_0001"
branch_labels = None
depends_on = None

VIEWS = ("facts", "months", "statements", "funds", "grades", "rulings", "people")

CONFLICTS = """
alter table statements add column signed_by text not null default '', add column signed_for text not null default '',
  add column countersigned_by text not null default '', add column countersigned_for text not null default '';
update statements set
  signed_by = coalesce(progress -> 'approvals' -> 0 ->> 'by', ''),
  signed_for = coalesce(progress -> 'approvals' -> 0 ->> 'body', ''),
  countersigned_by = coalesce(progress -> 'approvals' -> 1 ->> 'by', ''),
  countersigned_for = coalesce(progress -> 'approvals' -> 1 ->> 'body', '');
alter table statements add constraint conflict_same_signer check (
  countersigned_by = '' or countersigned_by <> signed_by
);
alter table statements add constraint conflict_same_body check (
  countersigned_for = '' or countersigned_for <> signed_for
);
alter table statements add constraint conflict_signed_once check (
  status not in ('approved', 'paid') or countersigned_by <> ''
);
"""
"""The decider refuses the same; these hold whatever code writes. The lane answers the violation of a constraint whose
name begins with ``conflict_`` with ``forbidden.conflict``. Who signed before stands in ``progress``."""


def upgrade() -> None:
    """Change the tables, statement by statement."""
    for statement in (version_2("settlement", *VIEWS) + CONFLICTS).split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
