"""What the seal of a month may know: what is parked, and what is held."""

from __future__ import annotations

from collections.abc import Sequence

from chassis.service import Reading, Step
from services.charity.domain import month

PARKED = "select count(*) as parked from parked where county = $1"
WAITING = "select coalesce(sum(held), 0)::bigint as waiting from love_orders where county = $1 and held > 0"


async def month_end(read: Reading, steps: Sequence[Step]) -> Sequence[month.Known]:
    """How many messages are parked, and how many places are held and not fulfilled."""
    parked = (await read.fetch(PARKED, read.county))[0]["parked"]
    waiting = (await read.fetch(WAITING, read.county))[0]["waiting"]
    return [month.Known(parked=parked, waiting=waiting)] * len(steps)
