"""A fund in a fiscal year: what is allocated to it, and who let its soft cap be exceeded (S14).

    Allocate ─▶ Allocated*        Exceed ─▶ Overridden*

A base account is allocated to in the same way. Draws are no events here: they follow from the facts (S13).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypeAlias

from chassis.kernel import Decider, Rejected, topics
from services.settlement.domain.engine.tariff import Fund as FundTerms

CATEGORY = "settlement.fund"


@dataclass(frozen=True, kw_only=True)
class Known:
    """The funds of the version in force, by id; ``accounts`` are the base accounts that they name."""

    funds: Mapping[str, FundTerms]
    accounts: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Allocate:
    """``document`` (a paper's number) gives ``amount_fen`` to the fund for ``year``; a cut is negative."""

    fund: str
    year: int
    amount_fen: int
    document: str
    day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Exceed:
    """``role`` lets the soft cap be exceeded by ``amount_fen``, without it without bound."""

    fund: str
    year: int
    role: str
    amount_fen: int | None
    document: str
    day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Allocated:
    """The fund has so much more."""

    fund: str
    year: int
    amount_fen: int
    document: str
    day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Overridden:
    """The soft cap may be exceeded."""

    fund: str
    year: int
    role: str
    amount_fen: int | None
    document: str
    day: date
    at: datetime


Command: TypeAlias = Allocate | Exceed
Event: TypeAlias = Allocated | Overridden


@dataclass(frozen=True, kw_only=True)
class Fund:
    """The state; ``documents`` are the papers by number, with what each said."""

    fund: str = ""
    year: int = 0
    allocated_fen: int = 0
    overrides: int = 0
    documents: Mapping[str, tuple[str, int | None]] = field(default_factory=dict)


def decide(command: Command, fund: Fund, known: Known) -> list[Event]:
    """A paper counts once; a fund never comes below zero; only the role that the policy names exceeds a soft cap."""
    said = _says(command)
    if command.document in fund.documents:
        if fund.documents[command.document] != said:
            raise Rejected("fund.document_taken")
        return []
    if command.fund not in known.funds and command.fund not in known.accounts:
        raise Rejected("fund.unknown")
    match command:
        case Allocate():
            return _allocate(command, fund)
        case Exceed():
            return _exceed(command, known.funds.get(command.fund))


def _allocate(command: Allocate, fund: Fund) -> list[Event]:
    if fund.allocated_fen + command.amount_fen < 0:
        raise Rejected("allocation.below_zero", allocated_fen=fund.allocated_fen)
    return [
        Allocated(
            fund=command.fund,
            year=command.year,
            amount_fen=command.amount_fen,
            document=command.document,
            day=command.day,
            at=command.at,
        )
    ]


def _exceed(command: Exceed, terms: FundTerms | None) -> list[Event]:
    if terms is None or terms.mode != "soft":
        raise Rejected("override.no_soft_cap")
    if terms.override_role != command.role:
        raise Rejected("override.not_your_role", role=terms.override_role)
    return [
        Overridden(
            fund=command.fund,
            year=command.year,
            role=command.role,
            amount_fen=command.amount_fen,
            document=command.document,
            day=command.day,
            at=command.at,
        )
    ]


def evolve(fund: Fund, event: Event) -> Fund:
    """What happened, one after another."""
    fund = replace(fund, fund=event.fund, year=event.year, documents={**fund.documents, event.document: _says(event)})
    match event:
        case Allocated():
            return replace(fund, allocated_fen=fund.allocated_fen + event.amount_fen)
        case Overridden():
            return replace(fund, overrides=fund.overrides + 1)


def _says(one: Command | Event) -> tuple[str, int | None]:
    return ("allocation" if isinstance(one, Allocate | Allocated) else "override", one.amount_fen)


decider: Decider[Command, Fund, Event, Known] = Decider(
    category=CATEGORY, initial=Fund(), decide=decide, evolve=evolve, events=topics(CATEGORY, Allocated, Overridden)
)
