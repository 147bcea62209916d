"""``[providers.registers]``: what providers show, how agreements come about, how workers are trained and evaluated.

Optional, and so is each part: a county that does not name one asks nothing.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from contracts.policy_pack.entries import Cite
from contracts.values import Count, Many, Name, Percent, Value


class Qualification(Value):
    """Kinds of certificates that a provider must have on every day of an order."""

    certificates: Annotated[Many[Name], Field(min_length=1)]
    cite: Cite


class Conclusion(Value):
    """How agreements come about: only from a registered tender, and whether two of a provider may overlap."""

    tender_registered: bool = False
    overlap: Literal["allowed", "refused"] = "allowed"
    cite: Cite


class Training(Value):
    """Nobody is sent before so many hours of training, each of which counts for so many months."""

    least_hours: Count
    valid_months: Count
    cite: Cite


class Evaluation(Value):
    """How often the competence of a worker is evaluated, and whether one found not competent may be sent."""

    every_months: Count
    not_competent_is_sent: bool = True
    cite: Cite


class Aims(Value):
    """How many organisations there should be, and which share of workers from households of low income."""

    organisations: Count | None = None
    low_income_percent: Annotated[Percent, Field(ge=0)] | None = None
    cite: Cite


class Registers(Value):
    """The section read by the providers service for its registers."""

    qualification: Qualification | None = None
    agreement: Conclusion | None = None
    training: Training | None = None
    evaluation: Evaluation | None = None
    aims: Aims | None = None
