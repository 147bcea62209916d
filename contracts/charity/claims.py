"""What is told of accepting and confirming."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from contracts.concerns import owners
from contracts.events import Event
from contracts.values import Code


class LoveOrderAccepted(Event):
    """The charity takes the love order and will publish it."""

    TYPE: ClassVar[str] = "charity.love_order_accepted.v1"
    CONCERNS = (owners("charity_id"),)

    order_id: UUID
    charity_id: UUID


class LoveOrderDeclined(Event):
    """The charity sends the love order back, or did not publish it in time; the bureau decides how it goes on."""

    TYPE: ClassVar[str] = "charity.love_order_declined.v1"
    CONCERNS = (owners("charity_id"),)

    order_id: UUID
    charity_id: UUID
    reason_code: Code


class ClaimConfirmed(Event):
    """The claimant is sure and may know who is helped, until ``until``; ``pieces`` of the places are the claim's."""

    TYPE: ClassVar[str] = "charity.claim_confirmed.v1"
    CONCERNS = (owners("claimant"),)

    order_id: UUID
    claim_id: UUID
    claimant: UUID
    pieces: Annotated[int, Field(ge=1, le=1000)]
    until: datetime
