"""What is told of donations and pledges."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from contracts.concerns import owners
from contracts.events import Event


class PledgeBound(Event):
    """Money is pledged for one love order alone, until ``until``: a fund of its own (S14). Who pledges is not told."""

    TYPE: ClassVar[str] = "charity.pledge_bound.v1"
    CONCERNS = (owners("charity_id"),)

    order_id: UUID
    pledge_id: UUID
    charity_id: UUID
    amount_fen: Annotated[int, Field(ge=1, le=10**15)]
    until: datetime
