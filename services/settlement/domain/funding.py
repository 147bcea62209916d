"""What is funded by now: older claims draw again at every allocation and override since the last close (S13).

A close keeps its draws and what stayed unfunded. Between closes the same engine draws again on the funding facts
alone, so that a statement becomes payable the moment its fund has the money.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services.settlement.domain.calendar import next_month
from services.settlement.domain.engine import Answer, Draw, Fact, Unfunded, settle
from services.settlement.domain.engine.facts import Allocation, Override, PolicyKnown, Seal
from services.settlement.domain.locality import LocalPolicy

FUNDING = (Allocation, Override, PolicyKnown, Seal)
"""The facts that bear on funds: money, overrides, versions, and the seals that say what a close has seen."""


def redrawn(
    facts: Sequence[Fact], policies: Sequence[LocalPolicy], closes: Sequence[Answer]
) -> tuple[tuple[Draw, ...], tuple[Unfunded, ...]]:
    """All draws so far, oldest first, and what is still unfunded; ``closes`` oldest first, ``facts`` of any kind."""
    if not closes:
        return (), ()
    kept = [replace(close, statements=()) for close in closes]
    funding = [fact for fact in facts if isinstance(fact, FUNDING)]
    now = settle(funding, [policy.tariff for policy in policies], next_month(closes[-1].month), kept, trusted=True)
    return (*(draw for close in closes for draw in close.draws), *now.draws), now.unfunded


def unfunded_fen(unfunded: Sequence[Unfunded], month: str, payee: str, purchaser: str) -> int:
    """What of one statement has no money yet."""
    claim = (month, payee, purchaser)
    return sum(rest.fen for rest in unfunded if (rest.month, rest.payee, rest.purchaser) == claim)
