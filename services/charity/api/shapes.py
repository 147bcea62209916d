"""What several routes share: exact forms of values, and whose a love order and its claims are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.http import PLAIN, Body, Call, Day, Id, Thing
from chassis.kernel import Rejected
from chassis.service import Outcome
from services.charity.domain import love_order

Line = Annotated[str, Field(pattern=rf"^{PLAIN}{{1,100}}$")]
Reason = Annotated[str, Field(pattern=rf"^{PLAIN}{{1,500}}$")]
Wording = Annotated[str, Field(pattern=rf"^{PLAIN}{{0,500}}$")]
Time = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$")]
Photo = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Township = Annotated[str, Field(pattern=r"^[0-9]{9}$")]
Phone = Annotated[str, Field(pattern=r"^[0-9+-]{5,20}$")]
Pieces = Annotated[int, Field(ge=1, le=1000)]
Minutes = Annotated[int, Field(ge=1, le=1440)]


class Fulfilment(Body):
    """What was done, when: business day and time in Asia/Shanghai; ``photos`` are SHA-256 in hex. ``pieces``: fewer
    than were claimed; the rest is free again."""

    claim_id: Id | None = None
    day: Day
    time: Time
    photos: Annotated[tuple[Photo, ...], Field(max_length=20)] = ()
    pieces: Pieces | None = None
    minutes: Annotated[int, Field(ge=0, le=100_000)] | None = None


class ClaimAnswer(Body):
    """Where a claim of so many pieces stands; ``waits_as`` counts from 1 on the waiting list, ``until`` ends the hold,
    in ``seconds_left``."""

    order_id: UUID
    claim_id: UUID
    standing: str
    pieces: int
    until: datetime | None = None
    seconds_left: int | None = None
    waits_as: int | None = None


def claim_answer(outcome: Outcome, claim_id: UUID, at: datetime) -> ClaimAnswer:
    """The claim in the state after the decision."""
    claim = outcome.state.claim(claim_id)
    waiting = [one.claim_id for one in outcome.state.waiting]
    return ClaimAnswer(
        order_id=outcome.stream,
        claim_id=claim_id,
        standing=claim.standing,
        pieces=claim.pieces,
        until=claim.until,
        seconds_left=seconds_left(claim.until, at),
        waits_as=waiting.index(claim_id) + 1 if claim_id in waiting else None,
    )


def seconds_left(until: datetime | None, at: datetime) -> int | None:
    """The countdown: whole seconds, never below nothing."""
    return None if until is None else max(0, int((until - at).total_seconds()))


def acting_claimant(call: Call[Any]) -> UUID:
    """The claimant the caller is; ``forbidden.owner`` where the token names none."""
    try:
        return UUID(call.caller.owner)
    except ValueError:
        raise Rejected("forbidden.owner") from None


def acting_for(call: Call[Any]) -> UUID | None:
    """The charity that the caller acts for, if it is one."""
    return acting_claimant(call) if call.caller.role == "charity" else None


def acting(call: Call[Any]) -> love_order.Acting | None:
    """Who acts for which charity, if the caller does."""
    charity = acting_for(call)
    return love_order.Acting(charity=charity, subject=call.caller.subject) if charity else None


def referred(state: love_order.LoveOrder) -> Thing | None:
    """A love order as the policies look at it: it is its charity's."""
    return Thing(township=state.work.township, owners=(state.work.charity,)) if state.work else None


def claimed(claim_id: UUID | None) -> Callable[[love_order.LoveOrder], Thing | None]:
    """A claim as the policies look at it: its claimant's, and the charity's. Without an id: any claim of the order."""

    def facts(state: love_order.LoveOrder) -> Thing | None:
        claims = [claim for claim in state.claims if claim_id in (None, claim.claim_id)]
        if state.work is None or not claims:
            return None
        return Thing(township=state.work.township, owners=(state.work.charity, *(claim.claimant for claim in claims)))

    return facts
