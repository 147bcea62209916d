"""What several sections of a policy pack share: citations, conditions on a person, tokens for tiers, modes, roles."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Tag

from contracts.values import Age, Many, Name, Paper, Text, Value

Tier = Literal["able", "half", "full"]
"""Care tier from the six self-care indicators: able, partly unable, fully unable."""

Mode = Literal[
    "government_purchase",
    "institution",
    "department_linkage",
    "party_pairing",
    "social_work_volunteers",
    "neighbour_mutual_aid",
    "charity",
]
"""The seven service modes (paper 001)."""

Body = Literal["village", "township", "county", "city", "province", "provider", "charity", "finance"]
"""Who acts, by level or kind; which officer of it may sign is settled by roles and regions at the door."""

Per = Literal["week", "half_month", "month", "half_year"]
"""The period that makes the slots of a quantified item (S6)."""


class Cite(Value):
    """Where a rule comes from: the paper, the place in it, and what it says there in our own words.

    ``parameter`` marks a figure or choice that the paper leaves open and the county sets by itself.
    """

    paper: Paper
    section: Text
    note: Text
    parameter: bool = False


def _form(value: Any) -> str:
    return "text" if isinstance(value, str) else "table"


AnyCite = Annotated[Annotated[Cite, Tag("table")] | Annotated[Text, Tag("text")], Discriminator(_form)]
"""A settlement rule may cite by a table or by one line of text."""


class Condition(Value):
    """Whom an entry is for. Absent keys ask nothing; ages are completed years, both ends inclusive."""

    categories_any: Many[Name] = ()
    categories_all: Many[Name] = ()
    tiers: Many[Tier] = ()
    min_age: Age | None = None
    max_age: Age | None = None
