"""The settlement engine: ``settle(facts, policies, month, closed) -> Answer``, pure, exact, of one county and month.

Read in this order: ``facts`` (what happened), ``tariff`` (what the policy says), ``answer`` (what comes out), ``close``
(how); then ``month`` with one module for each kind of line, ``corrections`` and ``causes`` for closed months, ``draws``
for the funds. ``docs/spec/settlement.md`` states the rules S1 to S15 and the choices made where they are silent.
"""

from services.settlement.domain.engine.answer import (
    Answer,
    Correction,
    Deduction,
    Draw,
    Group,
    Line,
    MissingGrade,
    Statement,
    Unfunded,
)
from services.settlement.domain.engine.close import settle
from services.settlement.domain.engine.facts import Fact
from services.settlement.domain.engine.log import SettleError
from services.settlement.domain.engine.tariff import SettlementPolicy

__all__ = [
    "Answer",
    "Correction",
    "Deduction",
    "Draw",
    "Fact",
    "Group",
    "Line",
    "MissingGrade",
    "SettleError",
    "SettlementPolicy",
    "Statement",
    "Unfunded",
    "settle",
]
