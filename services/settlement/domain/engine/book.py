"""The lines of one month while they are made, by statement."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Protocol

from services.settlement.domain.engine.answer import Account, Line


class Owed(Protocol):
    """A fact that says whom a line is for."""

    @property
    def payee(self) -> str: ...
    @property
    def purchaser(self) -> str: ...
    @property
    def township(self) -> str: ...


@dataclass
class Book:
    """Lines by payee and purchaser."""

    lines: dict[Account, list[Line]] = field(default_factory=lambda: defaultdict(list))

    def add(
        self,
        owed: Owed,
        rule: str,
        person: str | None,
        fact: str | None,
        fen: int,
        superseded_by: str | None = None,
    ) -> None:
        """Write a line for the payee, purchaser and township of ``owed``."""
        line = Line(rule, person, fact, fen, superseded_by, owed.township)
        self.lines[(owed.payee, owed.purchaser)].append(line)
