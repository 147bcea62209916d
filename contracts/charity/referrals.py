"""What is told of lists of people referred."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from contracts.concerns import owners
from contracts.events import Event
from contracts.facts import Units
from contracts.values import Code, Name


class ContentDecided(Event):
    """A charity decided what a person of a list referred to it is given, and by when; orders forms the love order.

    ``places`` claimants do it; it is a gift, or paid by the charity.
    """

    TYPE: ClassVar[str] = "charity.content_decided.v1"
    CONCERNS = (owners("charity_id"),)

    referral_id: UUID
    charity_id: UUID
    need_id: UUID
    item: Name
    units: Units
    places: Annotated[int, Field(ge=1, le=1000)]
    expires_at: datetime


class PersonSentBack(Event):
    """A charity gives nothing to a person of a list referred to it; the bureau decides how it goes on."""

    TYPE: ClassVar[str] = "charity.person_sent_back.v1"
    CONCERNS = (owners("charity_id"),)

    referral_id: UUID
    charity_id: UUID
    need_id: UUID
    reason_code: Code
