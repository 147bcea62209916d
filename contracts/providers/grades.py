"""What is told of monthly grades."""

from __future__ import annotations

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from contracts.concerns import COUNTY_ONLY, owners, township
from contracts.events import Event
from contracts.values import Code, Month, Township


class TownshipsDrawn(Event):
    """The townships whose providers are graded for the month; elsewhere no grade is due (S10)."""

    TYPE: ClassVar[str] = "providers.townships_drawn.v1"
    CONCERNS = COUNTY_ONLY

    month: Month
    townships: Annotated[tuple[Township, ...], Field(min_length=1)]


class MonthGraded(Event):
    """A provider's month in a township is graded by a score sheet; ``waived`` where nothing was served there."""

    TYPE: ClassVar[str] = "providers.month_graded.v1"
    CONCERNS = owners("provider"), township("township")

    month: Month
    provider: UUID
    township: Township
    grade: Code
    score: Annotated[int, Field(ge=0, le=100)]
    sheet: Code
