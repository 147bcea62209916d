"""What several routes share: exact forms of values, who may read, and whose a love order is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.auth import ROLES
from chassis.http import Body, Call
from chassis.kernel import Rejected
from chassis.service import Outcome

EVERYBODY = tuple(sorted(ROLES))
"""The hall is open to everyone who has a token."""

READERS = ("bureau", "township", "finance", "inspector", "evaluator", "auditor", "charity", "claimant", "service")
"""Who may read the register of charities."""

Line = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]{1,100}$")]
Wording = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]{0,500}$")]
Time = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$")]
Photo = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Fulfilment(Body):
    """What was done, when: business day and time in Asia/Shanghai; ``photos`` are SHA-256 in hex."""

    claim_id: UUID | None = None
    day: date
    time: Time
    photos: Annotated[tuple[Photo, ...], Field(max_length=20)] = ()


class ClaimAnswer(Body):
    """Where a claim stands; ``waits_as`` counts from 1 on the waiting list, ``until`` ends the hold."""

    order_id: UUID
    claim_id: UUID
    standing: str
    until: datetime | None = None
    waits_as: int | None = None


def claim_answer(outcome: Outcome, claim_id: UUID) -> ClaimAnswer:
    """The claim in the state after the decision."""
    claim = outcome.state.claim(claim_id)
    waiting = [one.claim_id for one in outcome.state.waiting]
    return ClaimAnswer(
        order_id=outcome.stream,
        claim_id=claim_id,
        standing=claim.standing,
        until=claim.until,
        waits_as=waiting.index(claim_id) + 1 if claim_id in waiting else None,
    )


def acting_claimant(call: Call[Any]) -> UUID:
    """The claimant the caller is; ``forbidden.owner`` where the token names none."""
    try:
        return UUID(call.caller.owner)
    except ValueError:
        raise Rejected("forbidden.owner") from None


async def must_own_love_order(call: Call[Any], order_id: UUID) -> None:
    """Refuse with ``forbidden.owner`` unless the love order was referred to the caller's charity."""
    row = await call.fetchrow("select charity from love_orders where county = $1 and id = $2", call.county, order_id)
    if row is None:
        raise Rejected("love_order.unknown")
    call.must_own(row["charity"])
