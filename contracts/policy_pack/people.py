"""``[orders.people]``: certificates and categories by rule, self-care, files, re-checks, departments' lists, screening.

The whole section may be absent: then every category is recorded by hand, as before.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from contracts.policy_pack.entries import Cite, Condition
from contracts.values import Count, Many, Name, Text, Value

Indicators = Annotated[int, Field(ge=1, le=6)]
"""How many of the six self-care indicators."""
Grade = Literal["A", "B", "C"]


class Certificate(Value):
    """A fact that a department attests for a time; ``gives`` is the category that follows from it alone."""

    id: Name
    name: Text
    gives: Name | None = None
    cite: Cite


class CategoryRule(Value):
    """A category that follows on every day on which the condition holds and one of the certificates is valid.

    ``when`` looks at what is recorded, attested or the household's, never at what another rule gives.
    """

    id: Name
    gives: Name
    when: Condition
    certificates_any: Many[Name] = ()
    cite: Cite


class SelfCare(Value):
    """The instrument by which self-care is assessed: from how many unmet indicators on somebody is partly, fully
    unable."""

    instrument: Name
    half_from: Indicators
    full_from: Indicators
    cite: Cite


class Material(Value):
    """What a file holds, for whom; ``lookup``: other departments can be asked, so nobody need bring it.

    ``declaration``: a signed declaration may stand in for it. ``kept``: this system keeps it itself.
    """

    id: Name
    name: Text
    when: Condition | None = None
    certificates_any: Many[Name] = ()
    declaration: bool = False
    lookup: bool = False
    kept: Literal["need", "service"] | None = None
    cite: Cite


class Recheck(Value):
    """How often households of a category, of some grades where it has any, are checked again."""

    category: Name
    grades: Many[Grade] = ()
    every_months: Annotated[int, Field(ge=1, le=36)]
    cite: Cite


class Risk(Value):
    """Within how many days somebody on a list is checked."""

    level: Literal["high", "medium", "low"]
    check_within_days: Count
    cite: Cite


class Watch(Value):
    """After how many days who is not yet eligible is looked at again; whether that goes for refused needs too."""

    recheck_after_days: Count
    refused_needs: bool
    cite: Cite


class Screening(Value):
    """Who may be eligible and should be assessed."""

    id: Name
    name: Text
    when: Condition
    certificates_any: Many[Name] = ()
    cite: Cite


class People(Value):
    """People and their files."""

    certificate: Many[Certificate] = ()
    rule: Many[CategoryRule] = ()
    self_care: SelfCare | None = None
    material: Many[Material] = ()
    recheck: Many[Recheck] = ()
    risk: Many[Risk] = ()
    watch: Watch | None = None
    screening: Many[Screening] = ()
