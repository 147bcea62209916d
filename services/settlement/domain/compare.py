"""Kept statements against the answer that the same facts give today: what differs, named by statement, rule, person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from services.settlement.domain.engine import Answer, Statement


class Place(NamedTuple):
    """A place in a statement. ``detail`` tells apart what stands for one rule and person: fact, grade, month, cause."""

    part: str
    rule: str
    person: str
    township: str
    detail: str


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What was kept and what comes out now, in fen; None where it is not there at all."""

    month: str
    payee: str
    purchaser: str
    place: Place
    kept_fen: int | None
    now_fen: int | None

    def __str__(self) -> str:
        """One line for a person who looks for the cause."""
        part, *names = self.place
        named = " ".join(name for name in names if name)
        return f"{self.month} {self.payee} {self.purchaser}: {part} {named}: {self.kept_fen} -> {self.now_fen}"


Row: TypeAlias = tuple[Place, int]


def compare(kept: Iterable[Statement], answer: Answer) -> tuple[Difference, ...]:
    """Every difference, in order of payee, purchaser and place; none when the replay gives the same to the fen."""
    before = {(one.payee, one.purchaser): Counter(_rows(one)) for one in kept}
    now = {(one.payee, one.purchaser): Counter(_rows(one)) for one in answer.statements}
    found: list[Difference] = []
    for payee, purchaser in sorted(before.keys() | now.keys()):
        was, is_now = before.get((payee, purchaser), Counter()), now.get((payee, purchaser), Counter())
        if (payee, purchaser) not in now or (payee, purchaser) not in before:
            gone = (payee, purchaser) not in now
            place = Place("statement", "", "", "", "missing now" if gone else "not kept")
            found.append(_difference(answer, payee, purchaser, place, 0 if gone else None, None if gone else 0))
        lost, gained = _by_place(was - is_now), _by_place(is_now - was)
        for place in sorted(lost.keys() | gained.keys()):
            for kept_fen, now_fen in _pairs(lost.get(place, []), gained.get(place, [])):
                found.append(_difference(answer, payee, purchaser, place, kept_fen, now_fen))
    return tuple(found)


def _difference(
    answer: Answer, payee: str, purchaser: str, place: Place, kept: int | None, now: int | None
) -> Difference:
    return Difference(month=answer.month, payee=payee, purchaser=purchaser, place=place, kept_fen=kept, now_fen=now)


def _pairs(kept: list[int], now: list[int]) -> Iterator[tuple[int | None, int | None]]:
    for index in range(max(len(kept), len(now))):
        yield (kept[index] if index < len(kept) else None), (now[index] if index < len(now) else None)


def _by_place(rows: Counter[Row]) -> dict[Place, list[int]]:
    places: dict[Place, list[int]] = {}
    for place, fen in sorted(rows.elements()):
        places.setdefault(place, []).append(fen)
    return places


def _rows(statement: Statement) -> Iterator[Row]:
    for line in statement.lines:
        superseded = f"superseded by {line.superseded_by}" if line.superseded_by else ""
        yield Place("line", line.rule, line.person or "", line.township, line.fact or superseded), line.fen
    for group in statement.groups:
        yield Place("group", group.rule, "", group.township, ""), group.fen
    for deduction in statement.deductions:
        yield Place("deduction", deduction.rule, "", deduction.township, deduction.grade), deduction.fen
    for one in statement.corrections:
        yield Place("correction", one.rule, "", "", f"{one.month} {','.join(one.causes)}"), one.fen
    for part, amounts in (
        ("carried_in", statement.carried_in),
        ("payable", statement.payable),
        ("carried_out", statement.carried_out),
    ):
        for rule, fen in amounts.items():
            yield Place(part, rule, "", "", ""), fen
