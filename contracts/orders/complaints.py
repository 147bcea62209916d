"""What is told of complaints: only that one was found true. Who complained, and of what, stays here."""

from __future__ import annotations

from typing import ClassVar, Literal
from uuid import UUID

from contracts.concerns import COUNTY_ONLY
from contracts.events import Event
from contracts.values import Month


class ComplaintUpheld(Event):
    """A complaint about a provider was found true, wholly or partly; ``month`` is that in which it was received."""

    TYPE: ClassVar[str] = "orders.complaint_upheld.v1"
    # Not for the provider: it hears of a complaint through the summary that is put to it.
    CONCERNS = COUNTY_ONLY

    ticket_id: UUID
    provider: UUID
    month: Month
    outcome: Literal["upheld", "partly_upheld"]
