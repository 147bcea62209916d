"""What several routes share: exact forms of values, and whose township a thing lies in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from chassis.http import PLAIN, Body, Call, Thing, field_class
from chassis.kernel import Rejected
from chassis.service import Step
from services.orders.domain import beneficiary
from services.orders.domain.planned import Mode

Township = Annotated[str, Field(pattern=r"^[0-9]{9}$")]
Village = Annotated[str, Field(pattern=r"^[0-9]{12}$")]
Region = Annotated[str, Field(pattern=r"^([0-9]{6}|[0-9]{9}|[0-9]{12})$")]
"""A county, township or village by its GB/T 2260 code."""
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
ItemId = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_.-]{0,63}$")]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Units = Annotated[int, Field(ge=1, le=100_000)]
Times = Annotated[int, Field(ge=1, le=31)]
Subject = Annotated[str, Field(pattern=r"^[!-~]{1,64}$")]
Line = Annotated[str, Field(pattern=rf"^{PLAIN}{{1,200}}$")]
Writing = Annotated[str, Field(min_length=1, max_length=2000)]
VERSION = (
    "(select max(e.originator_version) from events e where e.county = shown.county and e.originator_id = shown.id)"
    " as version"
)
"""The version of the stream a row shows, for ``If-Match``; the row's table is named ``shown``."""
Tier = Literal["able", "half", "full"]
HEALTH, ASSESSMENT, MONEY, CONTACT = (field_class(name) for name in ("health", "assessment", "money", "contact"))
"""Fields that not every reader may see, see ``deploy/authz/fields.cedar``."""


PerPeriod = Literal["week", "half_month", "month", "half_year", "as_needed"]
WayOfHelp = Literal[
    "government_purchase", "institution", "department_linkage", "party_pairing", "social_work_volunteers",
    "neighbour_mutual_aid", "charity",
]  # fmt: skip
"""The seven modes (paper 001), as policy packs name them."""
WAYS: Mapping[WayOfHelp, Mode] = {
    "government_purchase": "purchase",
    "institution": "institution",
    "department_linkage": "department_linkage",
    "party_pairing": "party_pairing",
    "social_work_volunteers": "social_work_volunteers",
    "neighbour_mutual_aid": "neighbour_mutual_aid",
    "charity": "charity",
}


class PlannedItem(Body):
    """An item of a plan: ``times`` orders in each ``per``, of so many units each, while it holds.

    ``number`` counts the items of the plan; ``helper`` is who was arranged; ``waits``: nothing opens before help is
    arranged or the provider's plan of service agreed.
    """

    number: int = 0
    item: str
    kind: str
    times_per_month: int
    units: int
    per: str = "month"
    times: int = 0
    mode: str = "purchase"
    provider: UUID | None = None
    carer: UUID | None = None
    helper: UUID | None = None
    from_day: date | None = None
    to_day: date | None = None
    waits: bool = False


async def covered(call: Call[Any], table: str, id: UUID) -> None:
    """Refuse who may not act where a thing lies that the command only names; whether it exists the decision says."""
    if call.reach().everything:
        return
    row = await call.fetchrow(f"select township from {table} where county = $1 and id = $2", call.county, id)
    if row is not None:
        call.permit(township=row["township"])


def step_of(call: Call[Any], command: beneficiary.Command) -> Step:
    """A command for the person in the path, judged by where the person lives."""
    stream = call.path_id("beneficiary_id")
    return Step(decider=beneficiary.decider, stream=stream, command=command, permit=call.judged(_place))


def _place(state: beneficiary.Beneficiary | None) -> Thing | None:
    return Thing(township=state.home.township) if state else None


async def must_be_there(call: Call[Any], person: UUID) -> None:
    """Refuse before anything is sealed for somebody who is not registered, or whom the caller may not touch."""
    row = await call.fetchrow("select township from beneficiaries where county = $1 and id = $2", call.county, person)
    if row is None:
        raise Rejected("beneficiary.unknown")
    call.permit(township=row["township"])


async def one_row(call: Call[None], sql: str, id: UUID, *lists: str) -> dict[str, Any] | None:
    """The row of ``id``, its JSON columns read; None where there is none. Refuses who may not read it."""
    row = await call.fetchrow(sql, call.county, id)
    if row is None:
        return None
    call.permit(township=row["township"])
    return {**read_lists(row, *lists), "version": call.version}


def read_lists(row: Mapping[str, Any], *lists: str) -> dict[str, Any]:
    """``row`` with the columns named in ``lists`` read from JSON."""
    return {**row, **{name: json.loads(row[name]) for name in lists}}
