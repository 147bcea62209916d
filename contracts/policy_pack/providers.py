"""``[providers]``: offers, the reach circle, agreements, visits and the monthly assessment."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from contracts.policy_pack.entries import Cite, Condition
from contracts.policy_pack.exceptions import Exceptions
from contracts.policy_pack.grading import Grading
from contracts.policy_pack.matching import Matching
from contracts.policy_pack.proofs import Proofs
from contracts.policy_pack.registers import Registers
from contracts.policy_pack.visits import Visits
from contracts.values import Count, Many, Name, Percent, Value


class Offer(Value):
    """How long a provider may think about an offer, and to how many one after another an order is offered."""

    answer_within_minutes: Count
    most_offers: Count
    cite: Cite


class Circle(Value):
    """A worker reaches the home within so many minutes, at such a speed, on roads so much longer than straight."""

    reach_within_minutes: Count
    speed_km_per_hour: Count | None = None
    detour_percent: Annotated[int, Field(ge=100, le=1000)] | None = None
    cite: Cite


class Agreement(Value):
    """What an agreement must carry before orders may be offered under it."""

    tender: bool
    requires: Annotated[
        Many[Literal["qualification", "tariff", "period", "items", "capacity", "insurance", "confidentiality"]],
        Field(min_length=1),
    ]
    longest_months: Count
    cite: Cite


class Visit(Value):
    """The least time of a visit, and how soon its record must arrive."""

    minimum_minutes: Count
    minimum_minutes_by_item: dict[Name, Count] = Field(default_factory=dict)
    report_within_hours: Count
    one_time_code: bool
    cite: Cite


class VisitDuty(Value):
    """Everybody under ``when`` is seen or called so often a month by a named person."""

    when: Condition
    times_per_month: Count
    ways: Annotated[Many[Literal["home", "phone"]], Field(min_length=1)]
    cite: Cite


class Assessment(Value):
    """The grading of last month's service: by which day, in which share of the townships, by which measures."""

    by_day_of_month: Annotated[int, Field(ge=1, le=28)]
    townships_percent: Annotated[Percent, Field(ge=1)]
    measures: Annotated[
        Many[Literal["satisfaction", "completeness", "punctuality", "records", "complaints"]], Field(min_length=1)
    ]
    cite: Cite


class Providers(Value):
    """The section read by the providers service alone."""

    offer: Offer
    circle: Circle
    agreement: Agreement
    visit: Visit
    visits: Visits | None = None
    visit_duty: Many[VisitDuty] = ()
    assessment: Assessment
    registers: Registers | None = None
    matching: Matching | None = None
    proofs: Proofs | None = None
    exceptions: Exceptions | None = None
    grading: Grading | None = None
