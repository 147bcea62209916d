"""What an order knows of its way through charity, whatever it is now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from services.orders.domain.order.loving_words import Overlap

Desk = Literal["", "declined", "unclaimed", "considered"]
"""Why a love order waits for the bureau (``considered``: for settlement's answer); empty where it does not."""


@dataclass(frozen=True, kw_only=True)
class LoveSide:
    """``charity`` has it, or had it last; ``confirmed`` until when which claimant may know the person; ``bought_by``
    the rule that settlement was asked to pay by. ``form``, ``claimants``, ``min_age`` and ``skills`` say who may claim.
    """

    approved_fen: int = 0
    bought_by: str = ""
    charity: UUID | None = None
    accepted_by: UUID | None = None
    published_on: date | None = None
    confirmed: tuple[tuple[UUID, datetime], ...] = ()
    desk: Desk = ""
    desk_since: date | None = None
    form: str = ""
    claimants: str = ""
    min_age: int | None = None
    skills: tuple[str, ...] = ()
    referral_id: UUID | None = None
    overlaps: tuple[Overlap, ...] = ()
