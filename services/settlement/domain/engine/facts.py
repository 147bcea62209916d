"""The facts: public events with a quantity, one frozen dataclass a kind.

A fact carries quantities, days, tiers and categories; a price only where one was fixed at approval (``agreed``).
Fields are plain texts and numbers, so that a codec can decode stored bytes straight into them: a ``day`` is
``YYYY-MM-DD``, a ``month`` ``YYYY-MM``, a ``time`` ``HH:MM`` or ``HH:MM:SS``, all Asia/Shanghai; amounts are fen.
``position`` is the place in the county log of ``source``; nothing else decides what is late (S2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Final, Literal, TypeAlias

SOURCES: Final = ("orders", "providers", "charity", "settlement")
CAUSES: Final = ("violation", "mistake", "objective")
"""Causes that a fact may carry; a correction may also be named ruling, late or policy (S11)."""


@dataclass(frozen=True, kw_only=True)
class Segment:
    """Days ``first`` to ``last``, both included, on which nothing changes.

    A bundle's segment says tier, categories, age (completed years), assigned and hospital; an allowance's tier,
    categories and age; an escort's only the level of the hospital.
    """

    first: str
    last: str
    tier: str | None = None
    categories: tuple[str, ...] = ()
    age: int | None = None
    assigned: bool = False
    hospital: bool = False
    level: str | None = None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What every fact has."""

    kind: ClassVar[str]
    id: str
    source: str
    position: int


@dataclass(frozen=True, kw_only=True)
class Service(Entry):
    """An accepted service."""

    kind: ClassVar[Literal["service"]] = "service"
    day: str
    time: str
    payee: str
    purchaser: str
    township: str
    person: str
    item: str
    units: int
    cause: str | None = None

    @property
    def month(self) -> str:
        return self.day[:7]


@dataclass(frozen=True, kw_only=True)
class BundleMonth(Entry):
    """A person's month with one payee: days that do not overlap, the same for each payee but for ``assigned``."""

    kind: ClassVar[Literal["bundle_month"]] = "bundle_month"
    month: str
    payee: str
    purchaser: str
    township: str
    person: str
    days: tuple[Segment, ...]
    required: Mapping[str, int] = field(default_factory=dict)
    cause: str | None = None


@dataclass(frozen=True, kw_only=True)
class Goods(Entry):
    """Goods issued."""

    kind: ClassVar[Literal["goods"]] = "goods"
    day: str
    time: str
    payee: str
    purchaser: str
    township: str
    person: str
    item: str
    units: int
    cause: str | None = None

    @property
    def month(self) -> str:
        return self.day[:7]


@dataclass(frozen=True, kw_only=True)
class EscortStay(Entry):
    """An escort's part in a hospital stay that ended; ``day`` is the person's discharge."""

    kind: ClassVar[Literal["escort_stay"]] = "escort_stay"
    day: str
    payee: str
    purchaser: str
    township: str
    person: str
    days: tuple[Segment, ...]
    cause: str | None = None

    @property
    def month(self) -> str:
        return self.day[:7]


@dataclass(frozen=True, kw_only=True)
class AllowanceMonth(Entry):
    """A guardian's month with one person under one rule; without ``rule``, under the first that holds each day."""

    kind: ClassVar[Literal["allowance_month"]] = "allowance_month"
    month: str
    payee: str
    purchaser: str
    township: str
    person: str
    days: tuple[Segment, ...]
    rule: str | None = None
    cause: str | None = None


@dataclass(frozen=True, kw_only=True)
class NeighbourService(Entry):
    """Recorded mutual aid; it belongs to December of its year (S1)."""

    kind: ClassVar[Literal["neighbour_service"]] = "neighbour_service"
    day: str
    payee: str
    purchaser: str
    township: str
    units: int
    cause: str | None = None

    @property
    def month(self) -> str:
        return self.day[:4] + "-12"


@dataclass(frozen=True, kw_only=True)
class Agreed(Entry):
    """A price fixed at approval."""

    kind: ClassVar[Literal["agreed"]] = "agreed"
    day: str
    payee: str
    purchaser: str
    township: str
    person: str
    rule: str
    amount_fen: int
    cause: str | None = None

    @property
    def month(self) -> str:
        return self.day[:7]


@dataclass(frozen=True, kw_only=True)
class Grade(Entry):
    """A monthly grade of a payee in a township; None: waived."""

    kind: ClassVar[Literal["grade"]] = "grade"
    month: str
    payee: str
    township: str
    grade: str | None
    cause: str | None = None


@dataclass(frozen=True, kw_only=True)
class Ruling(Entry):
    """A decision about a month.

    With ``fact``: what replaces that fact's units, days, amount or grade; with none of them the fact is void.
    Without ``fact``: a line of its own, by units (priced on ``day``) or by amount, either sign.
    """

    kind: ClassVar[Literal["ruling"]] = "ruling"
    month: str
    fact: str | None = None
    day: str | None = None
    payee: str | None = None
    purchaser: str | None = None
    township: str | None = None
    person: str | None = None
    rule: str | None = None
    units: int | None = None
    days: tuple[Segment, ...] | None = None
    amount_fen: int | None = None
    grade: str | None = None
    cause: str | None = None

    @property
    def voids(self) -> bool:
        """Whether it names a fact and puts nothing in its place."""
        replaced = (self.units, self.days, self.amount_fen, self.grade)
        return self.fact is not None and all(value is None for value in replaced)


@dataclass(frozen=True, kw_only=True)
class Allocation(Entry):
    """Money for a fund or a base account in a fiscal year; a cut is negative."""

    kind: ClassVar[Literal["allocation"]] = "allocation"
    fund: str
    year: int
    amount_fen: int
    day: str | None = None


@dataclass(frozen=True, kw_only=True)
class Override(Entry):
    """A soft cap exceeded by the named role: by ``amount_fen`` beyond the cap, else without bound."""

    kind: ClassVar[Literal["override"]] = "override"
    fund: str
    year: int
    role: str
    amount_fen: int | None = None
    day: str | None = None


@dataclass(frozen=True, kw_only=True)
class PolicyKnown(Entry):
    """From here on the policy version is known."""

    kind: ClassVar[Literal["policy"]] = "policy"
    version: str


@dataclass(frozen=True, kw_only=True)
class Seal(Entry):
    """The source's log is sealed for the month."""

    kind: ClassVar[Literal["seal"]] = "seal"
    month: str


MonthFact: TypeAlias = (
    Service | BundleMonth | Goods | EscortStay | AllowanceMonth | NeighbourService | Agreed | Grade | Ruling
)
"""A fact that belongs to a month."""
Fact: TypeAlias = MonthFact | Allocation | Override | PolicyKnown | Seal
KINDS: Final[Mapping[str, type[Fact]]] = {
    kind.kind: kind
    for kind in (
        Service,
        BundleMonth,
        Goods,
        EscortStay,
        AllowanceMonth,
        NeighbourService,
        Agreed,
        Grade,
        Allocation,
        Override,
        PolicyKnown,
        Ruling,
        Seal,
    )
}
