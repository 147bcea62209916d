"""What is told of spot checks: a list is closed, a number is asked for, the draw is made, a visit was inspected."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from contracts.concerns import COUNTY_ONLY, office, owners, township
from contracts.events import Event
from contracts.values import Code, Digest, Many, Township, is_absent


class SpotCheckListed(Event):
    """The list of a batch is closed: its digest stands before any number is known. The list itself is read by REST."""

    TYPE: ClassVar[str] = "orders.spot_check_listed.v1"
    CONCERNS = (office("finance"),)

    batch_id: UUID
    year: int
    number: int
    digest: Digest
    visits: int
    strata: int
    commit_until: datetime


class SpotCheckNumberAsked(Event):
    """A provider of the list is asked to commit to a number until then; who gives none is left out."""

    TYPE: ClassVar[str] = "orders.spot_check_number_asked.v1"
    CONCERNS = (owners("provider"),)

    batch_id: UUID
    provider: UUID
    commit_until: datetime


class SpotCheckDrawn(Event):
    """The draw is made: everything it rests on. ``withheld`` gave no number: ``bureau``, or a provider's id."""

    TYPE: ClassVar[str] = "orders.spot_check_drawn.v1"
    CONCERNS = (office("finance"),)

    batch_id: UUID
    year: int
    number: int
    digest: Digest
    head_position: int
    head_hash: Digest
    seed: Digest
    drawn: int
    withheld: Many[str]


class VisitInspected(Event):
    """What an inspector found; ``draw_id`` is the batch, absent where it was inspected beside the draw."""

    TYPE: ClassVar[str] = "orders.visit_inspected.v1"
    CONCERNS = (owners("provider"), township("township"))

    order_id: UUID
    visit_id: UUID
    provider: UUID
    township: Township
    result: Literal["accepted", "rejected"]
    finding_codes: Many[Code]
    draw_id: UUID | None = Field(default=None, exclude_if=is_absent)


class SpotCheckYearClosed(Event):
    """The year has what the rule asks, in every stratum."""

    TYPE: ClassVar[str] = "orders.spot_check_year_closed.v1"
    CONCERNS = COUNTY_ONLY

    year: int
    percent: int
    visits: int
    drawn: int
    checked: int
    rejected: int
    extra: int
