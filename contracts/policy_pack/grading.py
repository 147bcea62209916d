"""``[providers.grading]``: score sheets of the monthly grade, findings, satisfaction."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from contracts.policy_pack.entries import Cite
from contracts.values import Code, Count, Many, Name, Text, Value

Points = Annotated[int, Field(ge=1, le=1000)]
Score = Annotated[int, Field(ge=0, le=100)]


class SheetMeasure(Value):
    """One measure and its weight. ``from`` names what of the log it is computed from; absent, an assessor enters it.

    An ``optional`` one is left out where there is no figure; satisfaction may be entered where there are too few
    ratings.
    """

    code: Code
    name: Text
    points: Points
    source: Annotated[
        Literal["records", "completeness", "punctuality", "satisfaction", "complaints"] | None, Field(alias="from")
    ] = None
    optional: bool = False
    cite: Cite


class Band(Value):
    """From so many points of a hundred the grade is this one of the settlement's."""

    grade: Name
    at_least: Score


class Grading(Value):
    """Optional, key by key; what a county does not name has the default that the service documents.

    With this section each month's townships are drawn on the first of the next, by ``[providers.assessment]``, and
    their grades come from the sheet. ``for_minors`` are the items that only a guardian rates.
    """

    sheet: Code | None = None
    measure: Many[SheetMeasure] = ()
    band: Many[Band] = ()
    false_grade: Name | None = None
    false_codes: Many[Code] = ("false_service",)
    poor: Many[Name] = ("poor", "false")
    poor_in_a_row: Count | None = None
    honour_from: Score | None = None
    complaint_percent: Score | None = None
    objection_days: Annotated[int, Field(ge=1, le=90)] | None = None
    rectify_days: Annotated[int, Field(ge=1, le=365)] | None = None
    rating_days: Annotated[int, Field(ge=1, le=365)] | None = None
    least_ratings: Annotated[int, Field(ge=2, le=1000)] | None = None
    for_minors: Many[Name] = ()
    cite: Cite
