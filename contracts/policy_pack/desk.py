"""``[orders.desk]``: the verification desk: its clocks, and the reasons a judgement may give."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from contracts.policy_pack.entries import Cite
from contracts.values import Code, Count, Many, Text, Value

Days = Annotated[int, Field(ge=1, le=90)]


class Reason(Value):
    """A reason for rejecting a completion or for taking a judgement back; ``cause`` is the class it usually has."""

    code: Code
    name: Text
    cause: Literal["violation", "mistake", "objective"] | None = None
    cite: Cite


class Desk(Value):
    """Optional, key by key; what a county does not name has the default that the service documents.

    Working days: to mend what was returned, to appeal against a rejection, to answer an appeal. With any ``reason``
    no other code is taken for a rejection. A completion that accepts itself within ``soon_hours`` is shown as soon.
    """

    mend_within_days: Days | None = None
    appeal_within_days: Days | None = None
    answer_within_days: Days | None = None
    soon_hours: Count | None = None
    reason: Many[Reason] = ()
    cite: Cite
