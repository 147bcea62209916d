"""What the settlement service tells: its own facts, the close of a month, final statements by total and digest."""

from __future__ import annotations

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from contracts.concerns import office, owners, township
from contracts.events import Event
from contracts.facts import AllocationFact, Fen, GradeFact, Id, OverrideFact, PolicyFact, RulingFact, SealFact
from contracts.values import Code, Digest, Month, Name, Version, is_absent


class PolicyKnown(Event):
    """From here on settlement knows a policy version."""

    TYPE: ClassVar[str] = "settlement.policy_known.v1"
    CONCERNS = (office("finance"),)

    version: Version
    fact: PolicyFact


class FundAllocated(Event):
    """Money was allocated to a fund or a base account; ``document`` names the paper that says so."""

    TYPE: ClassVar[str] = "settlement.fund_allocated.v1"
    CONCERNS = (office("finance"),)

    document: Annotated[str, Field(min_length=1, max_length=200)]
    fact: AllocationFact


class CapOverridden(Event):
    """The role that may exceeded a soft cap."""

    TYPE: ClassVar[str] = "settlement.cap_overridden.v1"
    CONCERNS = (office("finance"),)

    document: Annotated[str, Field(min_length=1, max_length=200)]
    fact: OverrideFact


class ProviderGraded(Event):
    """A provider's month was graded in a township, or the grade was waived."""

    TYPE: ClassVar[str] = "settlement.provider_graded.v1"
    CONCERNS = owners("fact.payee"), township("fact.township"), office("finance")

    fact: GradeFact


class RulingMade(Event):
    """A decision about a month, with its cause."""

    TYPE: ClassVar[str] = "settlement.ruling_made.v1"
    # It may tell corrected tiers and days in hospital: not for the payee, nor for finance.
    CONCERNS = (township("fact.township"),)
    TELLS_OF_HEALTH = True

    fact: RulingFact


class PurchaseBorne(Event):
    """Whether a fund can bear buying what nobody claimed, and at which price by the tariff of that day; ``reason_code``
    says why not; ``rule`` prices it. Told once for each ``purchase_considered``."""

    TYPE: ClassVar[str] = "settlement.purchase_borne.v1"
    CONCERNS = (office("finance"),)

    order_id: UUID
    borne: bool
    fund: Name | None = Field(default=None, exclude_if=is_absent)
    amount_fen: Annotated[int, Field(ge=0)] | None = Field(default=None, exclude_if=is_absent)
    reason_code: Code | None = Field(default=None, exclude_if=is_absent)
    rule: Name | None = Field(default=None, exclude_if=is_absent)


class MonthCloseRequested(Event):
    """Settlement asks every source to tell its month-end facts and to seal the month."""

    TYPE: ClassVar[str] = "settlement.month_close_requested.v1"
    CONCERNS = (office("finance"),)

    month: Month


class MonthClosed(Event):
    """A month is closed: through which position of each source's log, by which policies, with which digest."""

    TYPE: ClassVar[str] = "settlement.month_closed.v1"
    CONCERNS = (office("finance"),)

    month: Month
    through: dict[str, int]
    policies: dict[Version, Digest]
    digest: Digest
    statements: Annotated[int, Field(ge=0)]
    payable_fen: Fen
    fact: SealFact


class StatementFinalised(Event):
    """A statement is final; ``address`` is where its lines and certificate are read."""

    TYPE: ClassVar[str] = "settlement.statement_finalised.v1"
    CONCERNS = owners("payee"), township("purchaser"), office("finance")

    statement_id: UUID
    payee: Id
    purchaser: Id
    month: Month
    payable_fen: Annotated[int, Field(ge=0)]
    digest: Digest
    address: Annotated[str, Field(min_length=1, max_length=300)]
