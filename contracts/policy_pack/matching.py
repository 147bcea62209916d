"""``[providers.matching]``: what decides between providers, what an item asks for, whether orders wait for a batch."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from contracts.policy_pack.entries import Cite
from contracts.values import Count, Many, Name, Percent, Value

Weighs = Annotated[int, Field(ge=0, le=1_000_000)]


class Weight(Value):
    """What each part of a cost weighs: another worker than last time, another provider than so far, a minute of the
    way, a thousandth of the capacity in use, a thousandth above the agreed part, and a home that nobody serves."""

    continuity: Weighs
    same_provider: Weighs
    minute: Weighs
    load: Weighs
    fairness: Weighs
    uncovered: Annotated[int, Field(ge=1, le=10_000_000_000)]
    cite: Cite


class Asks(Value):
    """What is asked for an item beyond the agreement: any one of these certificates of the provider, any one of these
    qualifications of the worker, a training that is valid when the service begins."""

    item: Name
    certificates_any: Many[Name] = ()
    qualifications_any: Many[Name] = ()
    trained: bool = False
    cite: Cite


class Declines(Value):
    """From which share of declined offers a provider stands out."""

    often_percent: Percent
    cite: Cite


class Matching(Value):
    """Without ``batch`` every order is offered at once. With it, orders wait until the next run, every
    ``after_minutes`` from midnight, unless fewer than ``least_days_left`` days of their window would remain; a run
    takes ``most_orders``."""

    batch: bool = False
    after_minutes: Annotated[int, Field(ge=1, le=1440)] | None = None
    least_days_left: Count | None = None
    most_orders: Annotated[int, Field(ge=1, le=20_000)] | None = None
    weight: Weight | None = None
    asks: Many[Asks] = ()
    declines: Declines | None = None
    cite: Cite
