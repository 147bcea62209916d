"""Walls between the counties, and a way through them to an index of photos."""

from __future__ import annotations

from alembic import op

from chassis.tables import version_2

revision = "providers_0002"
down_revision = "providers_0001"
branch_labels = None
depends_on = None

VIEWS = ("providers", "workers", "places", "searches", "visits", "months")

PHOTOS = """
create function visits_with_photos(hashes text[]) returns table (order_id uuid, photos jsonb)
  language sql stable security definer set search_path = providers, pg_temp
  as $$
    select order_id, photos from visits where county = current_setting('careloop.county', true) and photos ?| hashes
  $$;
revoke all on function visits_with_photos (text[]) from public;
grant execute on function visits_with_photos (text[]) to careloop_providers;
"""
"""Behind row-level security ``?|`` may not use the index, since the operator is not marked leakproof: every visit of
the county would be read for each visit reported. The function runs as the owner and keeps to the county by itself."""


def upgrade() -> None:
    """Change the tables, statement by statement."""
    for statement in (version_2("providers", *VIEWS) + PHOTOS).split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """A log only grows."""
    raise RuntimeError("the schema goes forward only: restore a backup instead")
