"""``[orders.contacts]``: who is seen or called how often by a named person, pairs, carers, goods bought on behalf."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from contracts.policy_pack.entries import Body, Cite, Condition
from contracts.values import Count, Many, Value


class Duty(Value):
    """Everybody under ``when`` is seen or called so often a month by a named person, in one of ``ways``."""

    when: Condition
    times_per_month: Annotated[int, Field(ge=1, le=31)]
    ways: Annotated[Many[Literal["home", "phone"]], Field(min_length=1)]
    cite: Cite


class Pairs(Value):
    """A pair that had no contact for more than so many days has lapsed."""

    gap_days: Annotated[int, Field(ge=1, le=366)]
    cite: Cite


class Carers(Value):
    """Who orders a failing carer to mend, within how many days at most, and how long an agreement may run."""

    rectifies: Body
    rectify_within_days: Annotated[int, Field(ge=1, le=366)]
    longest_months: Annotated[int, Field(ge=1, le=120)]
    cite: Cite


class Errands(Value):
    """Days a township has for goods that could not be bought, before the county is asked."""

    settle_within_days: Count
    cite: Cite


class Contacts(Value):
    """A record that arrives later than so many hours after the contact is late; who came under a duty with fewer than
    ``entrant_days`` days of the month left is due from the next month on; a month not kept yet is reminded of so many
    days before its end."""

    record_within_hours: Annotated[int, Field(ge=1, le=744)]
    remind_days_before: Annotated[int, Field(ge=1, le=27)]
    entrant_days: Annotated[int, Field(ge=1, le=31)]
    cite: Cite
    duty: Many[Duty] = ()
    pairs: Pairs | None = None
    carers: Carers | None = None
    errands: Errands | None = None
