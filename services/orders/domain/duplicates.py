"""Duplicates 重复覆盖: the same item for the same person in overlapping days, whatever the source.

A source is how it is given: bought (``purchase``), handed over (``goods``), given freely (``love``), by neighbours and
others nobody pays by tariff (``aid``), or by a running plan that will open its orders month by month (``plan``). What
one plan orders several times a month is one source, not a duplicate of itself.

Paper 003, part 2 (5) item 11 (neither omitted nor covered twice 避免服务遗漏或重复覆盖).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

Source = Literal["purchase", "goods", "love", "aid", "plan"]


@dataclass(frozen=True, kw_only=True)
class Given:
    """An item that a person is to have between two days, both included: by an order, or by a plan (``id`` is then the
    plan's)."""

    id: UUID
    source: Source
    item: str
    first: date
    last: date
    plan: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two that cover the same item in the days ``first`` to ``last``."""

    one: Given
    other: Given
    first: date
    last: date


def clashes(one: Given, other: Given) -> bool:
    """Whether both give the same item on some day, and are not of one plan."""
    return (
        one.id != other.id
        and one.item == other.item
        and one.first <= other.last
        and other.first <= one.last
        and (one.plan is None or one.plan != other.plan)
    )


def duplicates_of(wanted: Given, standing: Iterable[Given]) -> tuple[Given, ...]:
    """What of ``standing``, all of one person, the wanted one would repeat; the earliest first."""
    return tuple(sorted((one for one in standing if clashes(wanted, one)), key=_order))


def pairs(standing: Sequence[Given]) -> tuple[Pair, ...]:
    """Every duplicate among what one person is to have, each once; by item, then by the day it begins.

    Sorted by first day, nothing behind the first that begins after the last day of one can clash with it.
    """
    found: list[Pair] = []
    ordered = sorted(standing, key=_order)
    for number, one in enumerate(ordered):
        for other in ordered[number + 1 :]:
            if other.item != one.item or other.first > one.last:
                break
            if clashes(one, other):
                found.append(Pair(one=one, other=other, first=other.first, last=min(one.last, other.last)))
    return tuple(found)


def _order(one: Given) -> tuple[str, date, date, UUID]:
    return one.item, one.first, one.last, one.id
