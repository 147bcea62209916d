"""What several routes share: exact forms of values, who may read, and whose township a thing lies in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call

OFFICERS = ("village", "township", "bureau")
READERS = (*OFFICERS, "finance", "inspector", "evaluator", "hotline", "city", "province", "auditor", "service")

Township = Annotated[str, Field(pattern=r"^[0-9]{9}$")]
Village = Annotated[str, Field(pattern=r"^[0-9]{12}$")]
ItemId = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_.-]{0,63}$")]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Units = Annotated[int, Field(ge=1, le=100_000)]
Times = Annotated[int, Field(ge=1, le=31)]
Subject = Annotated[str, Field(pattern=r"^[!-~]{1,64}$")]
Line = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]{1,200}$")]
Writing = Annotated[str, Field(min_length=1, max_length=2000)]
Tier = Literal["able", "half", "full"]


class PlannedItem(Body):
    """An item of a plan: so many orders a month, of so many units each."""

    item: str
    kind: str
    times_per_month: int
    units: int


async def covered(call: Call[Any], table: str, id: UUID) -> None:
    """Refuse an officer of another township; whether the thing exists the decision says."""
    if not call.caller.township:
        return
    row = await call.fetchrow(f"select township from {table} where county = $1 and id = $2", call.county, id)
    if row is not None:
        call.must_cover(row["township"])


async def one_row(call: Call[None], sql: str, id: UUID, *lists: str) -> dict[str, Any] | None:
    """The row of ``id``, its JSON columns read; None where there is none. Refuses an officer of another township."""
    row = await call.fetchrow(sql, call.county, id)
    if row is None:
        return None
    call.must_cover(row["township"])
    return read_lists(row, *lists)


def read_lists(row: Mapping[str, Any], *lists: str) -> dict[str, Any]:
    """``row`` with the columns named in ``lists`` read from JSON."""
    return {**row, **{name: json.loads(row[name]) for name in lists}}
