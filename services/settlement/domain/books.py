"""The books of a month: the facts, policies and earlier closes from which it is settled, and the answer.

The same books serve the draft, the close, its statements and a replay: ``answer`` is the engine's, computed once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chassis.kernel import Rejected
from services.settlement.domain.engine import Answer, Fact, SettleError, Statement, settle
from services.settlement.domain.locality import LocalPolicy


@dataclass(frozen=True, kw_only=True)
class OwnSeal:
    """Where settlement's own log stands when a month is closed: the position its seal will have, the hash before it."""

    position: int
    public_hash: str


class Books:
    """Facts are let go once the answer is known: a county's month has many."""

    def __init__(
        self,
        month: str,
        facts: Sequence[Fact],
        policies: Sequence[LocalPolicy],
        closes: Sequence[Answer],
        hashes: Mapping[str, str],
        seal: OwnSeal | None = None,
    ) -> None:
        self.month = month
        self.policies = tuple(policies)
        self.closes = tuple(closes)
        self.hashes = dict(hashes)
        self.seal = seal
        self._facts: Sequence[Fact] = facts
        self._answer: Answer | None = None

    def answer(self) -> Answer:
        """What the month comes to. Refuses with ``settlement.contradiction`` where facts contradict each other."""
        if self._answer is None:
            try:
                tariffs = [policy.tariff for policy in self.policies]
                self._answer = settle(self._facts, tariffs, self.month, self.closes, trusted=True)
            except SettleError as error:
                raise Rejected("settlement.contradiction", reason=error.code) from error
            self._facts = ()
        return self._answer

    def statement(self, payee: str, purchaser: str) -> Statement | None:
        """The statement of one payee and purchaser; None where there is none."""
        for statement in self.answer().statements:
            if (statement.payee, statement.purchaser) == (payee, purchaser):
                return statement
        return None
