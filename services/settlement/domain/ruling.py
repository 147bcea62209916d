"""A ruling: a decision about a month, on a fact (it is replaced or void) or as a line of its own.

    Decide ─▶ Ruled

After the month's close it makes a correction with its cause (S11). Errors are corrected so, never by overwriting.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from chassis.kernel import Decider, Rejected, topics
from services.settlement.domain.engine import Fact
from services.settlement.domain.engine.facts import Allocation, Override, PolicyKnown, Seal, Segment
from services.settlement.domain.engine.facts import Ruling as RulingFact
from services.settlement.domain.engine.rulings import fits

CATEGORY = "settlement.ruling"


@dataclass(frozen=True, kw_only=True)
class Saying:
    """What is ruled. With ``fact``: what replaces its units, days, amount or grade; none of them voids it.

    Without ``fact``: a line of its own for a payee, person and rule, by units (priced on ``day``) or amount.
    """

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

    def as_fact(self, fact_id: str, position: int) -> RulingFact:
        """The ruling as the engine sees it."""
        return RulingFact(id=fact_id, source="settlement", position=position, **vars(self))


@dataclass(frozen=True, kw_only=True)
class Decide:
    """Rule so."""

    says: Saying
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Ruled:
    """It is ruled so."""

    says: Saying
    at: datetime


def decide(command: Decide, state: Ruled | None, known: Fact | None) -> list[Ruled]:
    """``known`` is the fact that the ruling names, None where it names none or one that is not known."""
    says = command.says
    if state is not None:
        if state.says != says:
            raise Rejected("ruling.decided_already")
        return []
    if says.fact is None:
        _check_own_line(says)
    else:
        _check_about_fact(says, known)
    return [Ruled(says=says, at=command.at)]


def _check_own_line(says: Saying) -> None:
    named = (says.payee, says.purchaser, says.township, says.person, says.rule)
    quantities = (says.units, says.amount_fen)
    if None in named or says.days is not None or says.grade is not None or quantities.count(None) != 1:
        raise Rejected("ruling.form")
    if says.units is not None and says.day is None:
        raise Rejected("ruling.form")


def _check_about_fact(says: Saying, known: Fact | None) -> None:
    line = (says.payee, says.purchaser, says.township, says.person, says.rule, says.day)
    replaced = [one for one in (says.units, says.days, says.amount_fen, says.grade) if one is not None]
    if any(one is not None for one in line) or len(replaced) > 1 or min(says.units or 0, says.amount_fen or 0) < 0:
        raise Rejected("ruling.form")
    if known is None:
        raise Rejected("ruling.fact_unknown")
    if isinstance(known, Allocation | Override | PolicyKnown | Seal) or not fits(known, says.as_fact("", 0)):
        raise Rejected("ruling.unfit", kind=known.kind)


def evolve(_state: Ruled | None, event: Ruled) -> Ruled:
    """A ruling stands; another ruling may name it."""
    return event


decider: Decider[Decide, Ruled | None, Ruled, Fact | None] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, Ruled)
)
