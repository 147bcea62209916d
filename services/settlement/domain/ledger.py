"""Double entry in fen: what an allocation, a final statement, an approval and a payment do to the accounts.

    allocation   fund +            allocated −
    final        expense by rule + payable −          (a debt of the payee: owed)
    approval     committed +       fund −
    payment      payable +         committed −

Every entry sums to zero. An account is a path of texts; a positive amount is a debit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from services.settlement.domain.engine import Draw, Statement

Account: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Posting:
    """``fen`` on an account: debit positive, credit negative."""

    account: Account
    fen: int


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What happened on a day; its postings sum to zero."""

    day: date
    narration: str
    postings: tuple[Posting, ...]


def fund(name: str, year: int) -> Account:
    """The money of a fund in a fiscal year that nothing is approved on."""
    return ("Assets", "Fund", name, str(year))


def committed(name: str, year: int) -> Account:
    """The money of a fund that is approved and not paid."""
    return ("Assets", "Committed", name, str(year))


def payable(payee: str, purchaser: str) -> Account:
    """What a purchaser owes a payee."""
    return ("Liabilities", "Payable", purchaser, payee)


def owed(payee: str, purchaser: str, rule: str) -> Account:
    """What a payee owes on a rule, carried from month to month (S12)."""
    return ("Assets", "Owed", purchaser, payee, rule)


def allocation(day: date, name: str, year: int, fen: int) -> Entry:
    """Money for a fund; a cut is negative."""
    postings = _postings((fund(name, year), fen), (("Equity", "Allocated", name, str(year)), -fen))
    return Entry(day=day, narration=f"allocation {name} {year}", postings=postings)


def final(day: date, month: str, statement: Statement) -> Entry:
    """A statement is final: by rule, what the month and its corrections cost, what is payable, what is carried."""
    cost = Counter(statement.net())
    for correction in statement.corrections:
        cost[correction.rule] += correction.fen
    rows: list[tuple[Account, int]] = []
    for rule in sorted({*cost, *statement.payable, *statement.carried_in, *statement.carried_out}):
        carried = statement.carried_in.get(rule, 0) - statement.carried_out.get(rule, 0)
        rows.append((("Expenses", rule), cost[rule]))
        rows.append((payable(statement.payee, statement.purchaser), -statement.payable.get(rule, 0)))
        rows.append((owed(statement.payee, statement.purchaser, rule), carried))
    return Entry(day=day, narration=f"final {month} {statement.payee}", postings=_postings(*rows))


def approval(day: date, month: str, draws: Iterable[Draw]) -> Entry:
    """A statement is approved: its draws are committed, each in the year of its month (S14)."""
    rows: list[tuple[Account, int]] = []
    for draw in draws:
        year = int(draw.month[:4])
        rows += [(committed(draw.fund, year), draw.fen), (fund(draw.fund, year), -draw.fen)]
    return Entry(day=day, narration=f"approval {month}", postings=_postings(*rows))


def payment(day: date, reference: str, draws: Sequence[Draw]) -> Entry:
    """A statement is paid from what was committed."""
    rows: list[tuple[Account, int]] = []
    for draw in draws:
        rows.append((payable(draw.payee, draw.purchaser), draw.fen))
        rows.append((committed(draw.fund, int(draw.month[:4])), -draw.fen))
    return Entry(day=day, narration=f"payment {reference}", postings=_postings(*rows))


def balances(entries: Iterable[Entry]) -> dict[Account, int]:
    """What stands on every account that is not at zero."""
    total: Counter[Account] = Counter()
    for entry in entries:
        for posting in entry.postings:
            total[posting.account] += posting.fen
    return {account: fen for account, fen in sorted(total.items()) if fen}


def _postings(*rows: tuple[Account, int]) -> tuple[Posting, ...]:
    total: Counter[Account] = Counter()
    for account, fen in rows:
        total[account] += fen
    return tuple(Posting(account=account, fen=fen) for account, fen in sorted(total.items()) if fen)
