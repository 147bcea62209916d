"""Walls between the counties; who reported does not verify, who surveyed or assessed does not confirm."""

from __future__ import annotations

from alembic import op

from chassis.tables import version_2

revision = "orders_0002"
down_revision = "orders_0001"
branch_labels = None
depends_on = None

VIEWS = ("beneficiaries", "needs", "plans", "orders", "months")

CONFLICTS = """
alter table orders add column judgements jsonb not null default '[]';
alter table orders add constraint conflict_verifier_reported check (
  not jsonb_path_exists(judgements, '$[*] ? (@.by == @.reported_by && @.by != "")')
);
alter table needs add column surveyed_by jsonb not null default '[]', add column confirmed_by text not null default '',
  add column assessed_by text not null default '';
alter table needs add constraint conflict_surveyed_alone check (
  surveyed_by = '[]' or (jsonb_array_length(surveyed_by) = 2 and surveyed_by -> 0 <> surveyed_by -> 1)
);
alter table needs add constraint conflict_confirmer_surveyed check (not surveyed_by ? confirmed_by);
alter table needs add constraint conflict_confirmer_assessed check (
  confirmed_by = '' or confirmed_by <> assessed_by
);
"""
"""The deciders refuse the same; these hold whatever code writes. The lane answers the violation of a constraint whose
name begins with ``conflict_`` with ``forbidden.conflict``. Rows of before are filled when their stream changes, or when
views are rebuilt."""


def upgrade() -> None:
    """Change the tables, statement by statement."""
    for statement in (version_2("orders", *VIEWS) + CONFLICTS).split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
