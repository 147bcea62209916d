"""The answer of ``settle``: statements, draws and what could not be funded. All amounts are integer fen."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

Account: TypeAlias = tuple[str, str]
"""Payee and purchaser: whose statement it is."""


class Line(NamedTuple):
    """One line. ``fact`` is set where one fact makes the line; ``superseded_by`` names the rule that won instead."""

    rule: str
    person: str | None
    fact: str | None
    fen: int
    superseded_by: str | None = None
    township: str = ""
    """Which group it belongs to; the exchange form leaves it out."""


class Group(NamedTuple):
    rule: str
    township: str
    fen: int


class Deduction(NamedTuple):
    rule: str
    township: str
    grade: str
    fen: int


class Correction(NamedTuple):
    """What a closed month's rule owes (or is owed) since; ``causes`` from the gravest down, ``cause`` the first."""

    month: str
    rule: str
    fen: int
    cause: str
    causes: tuple[str, ...]


class Draw(NamedTuple):
    """Money taken from a fund for a month's payable; ``over_cap`` where it goes beyond a soft cap."""

    month: str
    payee: str
    purchaser: str
    rule: str
    fund: str
    fen: int
    over_cap: bool = False
    override: str | None = None


class Unfunded(NamedTuple):
    """What is still to be drawn of a month's payable."""

    month: str
    payee: str
    purchaser: str
    rule: str
    fen: int


class MissingGrade(NamedTuple):
    """A group that a grade would reduce, without grade or waiver."""

    payee: str
    township: str


@dataclass(frozen=True, kw_only=True)
class Statement:
    """Of one payee, purchaser and month. Rules whose amount is zero are left out of the three maps."""

    payee: str
    purchaser: str
    lines: tuple[Line, ...] = ()
    groups: tuple[Group, ...] = ()
    deductions: tuple[Deduction, ...] = ()
    corrections: tuple[Correction, ...] = ()
    carried_in: Mapping[str, int] = field(default_factory=dict)
    payable: Mapping[str, int] = field(default_factory=dict)
    carried_out: Mapping[str, int] = field(default_factory=dict)

    def net(self) -> dict[str, int]:
        """By rule, groups and deductions."""
        total: dict[str, int] = {}
        for group in self.groups:
            total[group.rule] = total.get(group.rule, 0) + group.fen
        for deduction in self.deductions:
            total[deduction.rule] = total.get(deduction.rule, 0) + deduction.fen
        return total


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What one month comes to, and the state that the next one carries on from."""

    month: str
    policies: tuple[str, ...] = ()
    """The versions known."""
    through: Mapping[str, int] = field(default_factory=dict)
    """By source, the position that was taken into account last."""
    statements: tuple[Statement, ...] = ()
    draws: tuple[Draw, ...] = ()
    """Those since the close before, for this month and for older ones."""
    unfunded: tuple[Unfunded, ...] = ()
    """All that is still outstanding, oldest month first."""
    missing_grades: tuple[MissingGrade, ...] = ()

    def grades_due(self, drawn: Container[str]) -> tuple[MissingGrade, ...]:
        """The missing grades of the townships that were drawn: while there is one, the month cannot close (S10)."""
        return tuple(missing for missing in self.missing_grades if missing.township in drawn)
