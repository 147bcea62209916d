"""A line of a statement, with the township its group needs."""

from typing import NamedTuple

from .exact import Json


class Line(NamedTuple):
    """One amount in fen that a payee earns from a purchaser under a rule; `superseded_by` names the winning rule."""

    payee: str
    purchaser: str
    township: str
    rule: str
    person: str | None
    fact: str | None
    fen: int
    superseded_by: str | None = None

    @classmethod
    def of(cls, fact: Json, rule: str, fen: int) -> "Line":
        """The line of one fact between its own parties."""
        return cls(fact["payee"], fact["purchaser"], fact["township"], rule, fact.get("person"), fact["id"], fen)
