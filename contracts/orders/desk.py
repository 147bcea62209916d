"""What is told of judgements that are taken back."""

from __future__ import annotations

from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from contracts.concerns import owners
from contracts.events import Event
from contracts.facts import Cause, VoidFact
from contracts.values import Code, is_absent


class VerificationUndone(Event):
    """A judgement on a completion is taken back, with its cause; what is judged anew is told anew.

    ``fact`` voids the fact that the acceptance told, where it told one.
    """

    TYPE: ClassVar[str] = "orders.verification_undone.v1"
    CONCERNS = (owners("provider"),)

    order_id: UUID
    visit_id: UUID
    provider: UUID
    was: Literal["accepted", "rejected"]
    cause: Cause
    reason_code: Code
    fact: VoidFact | None = Field(default=None, exclude_if=is_absent)
