"""What several decisions may know: homes of people, and the last number given."""

from __future__ import annotations

import json
from uuid import UUID

from chassis.service import Reading
from services.orders.domain.need import Home


async def last_number(read: Reading, table: str) -> int:
    """The highest number given in a table; 0 before the first."""
    rows = await read.fetch(f"select coalesce(max(number), 0) from {table} where county = $1", read.county)
    number: int = rows[0][0]
    return number


async def homes_of(read: Reading, people: set[UUID]) -> dict[UUID, Home]:
    """Where registered people live and of which categories they are; nobody for an unknown id."""
    if not people:
        return {}
    rows = await read.fetch(
        "select id, township, village, died_on, categories from beneficiaries"
        " where county = $1 and id = any($2::uuid[])",
        read.county,
        list(people),
    )
    return {
        row["id"]: Home(
            township=row["township"],
            village=row["village"],
            died=row["died_on"] is not None,
            categories=frozenset(json.loads(row["categories"])),
        )
        for row in rows
    }
