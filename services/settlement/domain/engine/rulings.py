"""Rulings that name a fact: what stands in its place (the second form, a line of its own, is in ``fixed.py``).

Of several rulings about one fact the last by position stands, and before any of settlement's the one by which the
fact's own source takes it back: positions of two logs have no order, and what was taken back is not there to be ruled
on. A ruling can itself be named by a later one: it is then void, or its units, days, amount or grade are replaced. A
ruling that names a fact outside the month it names, or replaces what that fact does not have, changes nothing.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from typing import Final, TypeVar

from services.settlement.domain.engine.facts import (
    Agreed,
    AllowanceMonth,
    BundleMonth,
    EscortStay,
    Goods,
    Grade,
    MonthFact,
    NeighbourService,
    Ruling,
    Service,
)

WAIVED: Final = "waived"
F = TypeVar("F", bound=MonthFact)


def standing(rulings: Iterable[Ruling]) -> tuple[dict[str, Ruling], list[Ruling]]:
    """The rulings that stand: by the fact they name, and those that make a line of their own."""
    by_fact: dict[str, Ruling] = {}
    own: list[Ruling] = []
    told = list(rulings)
    ids = {ruling.id for ruling in told}
    for ruling in sorted(told, key=lambda ruling: _last_word(ruling, ids), reverse=True):
        later = by_fact.get(ruling.id)
        stands = ruling if later is None else _overruled(ruling, later)
        if stands is None:
            continue
        if stands.fact is None:
            own.append(stands)
        else:
            by_fact.setdefault(stands.fact, stands)
    return by_fact, own


def _last_word(ruling: Ruling, ids: Container[str]) -> tuple[bool, bool, int, str]:
    """Rulings on rulings have it first, then a source about its own facts, then settlement; of equals the last."""
    return ruling.fact in ids, ruling.source != "settlement", ruling.position, ruling.id


def _overruled(ruling: Ruling, later: Ruling) -> Ruling | None:
    if later.voids:
        return None
    if ruling.fact is None:
        units = ruling.units if later.units is None else later.units
        amount_fen = ruling.amount_fen if later.amount_fen is None else later.amount_fen
        return replace(ruling, units=units, amount_fen=amount_fen)
    return replace(ruling, units=later.units, days=later.days, amount_fen=later.amount_fen, grade=later.grade)


def applied(fact: F, by_fact: Mapping[str, Ruling]) -> F | None:
    """``fact`` as it stands after its ruling; None where it is void."""
    ruling = by_fact.get(fact.id)
    if ruling is None:
        return fact
    if ruling.voids:
        return None
    return _replaced(fact, ruling)


def fits(fact: MonthFact, ruling: Ruling) -> bool:
    """Whether the ruling is about the fact's month and replaces something that the fact has, or voids it."""
    if ruling.month != fact.month:
        return False
    match fact:
        case Service() | Goods() | NeighbourService():
            return ruling.voids or ruling.units is not None
        case BundleMonth() | AllowanceMonth() | EscortStay():
            return ruling.voids or ruling.days is not None
        case Agreed():
            return ruling.voids or ruling.amount_fen is not None
        case Grade():
            return ruling.voids or ruling.grade is not None
        case Ruling():
            return True


def _replaced(fact: F, ruling: Ruling) -> F:
    if isinstance(fact, Service | Goods | NeighbourService) and ruling.units is not None:
        return replace(fact, units=ruling.units)
    if isinstance(fact, BundleMonth | AllowanceMonth | EscortStay) and ruling.days is not None:
        return replace(fact, days=ruling.days)
    if isinstance(fact, Agreed) and ruling.amount_fen is not None:
        return replace(fact, amount_fen=ruling.amount_fen)
    if isinstance(fact, Grade) and ruling.grade is not None:
        return replace(fact, grade=None if ruling.grade == WAIVED else ruling.grade)
    return fact
