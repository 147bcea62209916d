"""``[orders.complaints]``: how long each step of a complaint or hot-line ticket may take."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from contracts.policy_pack.entries import Cite
from contracts.values import Count, Many, Value


class ComplaintClock(Value):
    """``days`` for a step, ``fast_days`` for a call for help, and for the answer to a question; late ones go to the
    county after ``escalate_after_days`` more. A step that is not named has no clock."""

    step: Literal["complaint_register", "complaint_transfer", "complaint_answer", "complaint_close"]
    days: Count
    working: bool = True
    fast_days: Annotated[int, Field(ge=0, le=366)] | None = None
    escalate_after_days: Annotated[int, Field(ge=0, le=366)] = 2
    cite: Cite


class Complaints(Value):
    """Optional; working days are those of ``[orders.needs.calendar]``."""

    clock: Many[ComplaintClock] = ()
    cite: Cite
