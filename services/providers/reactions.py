"""What the service does by itself when the time has come: an offer ends, a key expires, a month is sealed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.service import Due, Recorded, Step, WhenDue
from services.providers.domain import month, search, system_key

EXPIRE_OFFER = "expire_offer"
SEAL_MONTH = "seal_month"
EXPIRE_KEY = "expire_key"


def reactions(recorded: Recorded, _state: Any) -> Iterable[Due | Step]:
    """An offer is looked at again when its time is over, a key after its last day, a delayed seal after its wait."""
    match recorded.event:
        case search.Offered() as offered:
            yield Due(at=offered.until, reason=EXPIRE_OFFER, stream=recorded.originator_id, decider=search.CATEGORY)
        case system_key.Issued() as issued:
            ends_at = system_key.ends_at(issued.expires_on)
            yield Due(at=ends_at, reason=EXPIRE_KEY, stream=recorded.originator_id, decider=system_key.CATEGORY)
        case month.Delayed() as delayed:
            yield Due(at=delayed.again_at, reason=SEAL_MONTH, stream=recorded.originator_id, decider=month.CATEGORY)


def expire_offer(_stream: UUID, state: search.State, at: datetime) -> search.Expire | None:
    """The offer that still stands, if its time is over; one accepted in time is left alone."""
    return search.Expire(at=at) if state.status == "offered" else None


def expire_key(_stream: UUID, state: system_key.Key, at: datetime) -> system_key.Expire | None:
    """The end of a key that nobody has ended before."""
    return system_key.Expire(at=at) if state.status == "active" else None


def seal_month(_stream: UUID, state: month.Month, at: datetime) -> month.Seal | None:
    """Try the seal again, unless it is done."""
    return None if state.sealed else month.Seal(month=state.month, at=at)


WHEN_DUE: Mapping[str, WhenDue] = {EXPIRE_OFFER: expire_offer, EXPIRE_KEY: expire_key, SEAL_MONTH: seal_month}
