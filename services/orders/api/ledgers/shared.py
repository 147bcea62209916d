"""What routes of ledgers share: months, and the township that an answer is limited to."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from chassis.http import Call
from chassis.kernel import Rejected
from services.orders.domain.days import business_day
from services.orders.domain.policy import Policy, in_force

Month = Annotated[str, Field(pattern=r"^2[0-9]{3}-(0[1-9]|1[0-2])$", max_length=7)]


def township_of(call: Call[None]) -> str:
    """The township whose things are told: the caller's own, or the one asked for; empty for the whole county.

    Raises ``forbidden.township`` for whoever asks for another than the own.
    """
    reach, asked = call.reach(), str(call.query.get("township", ""))
    if reach.township is None or reach.owner is not None or (reach.township and asked not in ("", reach.township)):
        raise Rejected("forbidden.township")
    return reach.township or asked


def today(call: Call[Any]) -> date:
    """The business day of the question."""
    return business_day(call.at)


async def policy_of(call: Call[Any], day: date) -> Policy:
    """The county's policy in force on ``day``; ``policy.none`` where there is none yet."""
    policy: Policy = in_force(await call.policies(), day)
    return policy
