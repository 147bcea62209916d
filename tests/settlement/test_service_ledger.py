"""The ledger balances whatever happens, and comes back to zero when everything is paid."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from services.settlement.domain import ledger
from services.settlement.domain.engine import Correction, Deduction, Draw, Group, Statement

DAY = date(2024, 12, 1)
RULES = ("r1", "r2", "r3")
amounts = st.integers(-(10**9), 10**9)
debts = st.dictionaries(st.sampled_from(RULES), st.integers(-(10**9), -1))


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    """Any statement that holds the identities of S15."""
    groups = draw(st.dictionaries(st.sampled_from(RULES), st.integers(0, 10**9)))
    corrections = draw(st.dictionaries(st.sampled_from(RULES), amounts))
    carried_in = draw(debts)
    due = {
        rule: groups.get(rule, 0) - groups.get(rule, 0) // 10 + corrections.get(rule, 0) + carried_in.get(rule, 0)
        for rule in RULES
    }
    return Statement(
        payee="p",
        purchaser="c",
        groups=tuple(Group(rule, "t", fen) for rule, fen in groups.items()),
        deductions=tuple(Deduction(rule, "t", "average", -(fen // 10)) for rule, fen in groups.items()),
        corrections=tuple(Correction("2024-10", rule, fen, "late", ("late",)) for rule, fen in corrections.items()),
        carried_in=carried_in,
        payable={rule: fen for rule, fen in due.items() if fen > 0},
        carried_out={rule: fen for rule, fen in due.items() if fen < 0},
    )


def draws_of(statement: Statement) -> list[Draw]:
    """The statement's payable, each rule from two funds."""
    found = []
    for rule, fen in statement.payable.items():
        found += [Draw("2024-11", "p", "c", rule, "a", fen // 3), Draw("2024-11", "p", "c", rule, "b", fen - fen // 3)]
    return found


def story(statement: Statement) -> list[ledger.Entry]:
    """Allocated, final, approved, paid."""
    draws = draws_of(statement)
    return [
        ledger.allocation(DAY, "a", 2024, sum(draw.fen for draw in draws if draw.fund == "a")),
        ledger.allocation(DAY, "b", 2024, sum(draw.fen for draw in draws if draw.fund == "b")),
        ledger.final(DAY, "2024-11", statement),
        ledger.approval(DAY, "2024-11", draws),
        ledger.payment(DAY, "P-1", draws),
    ]


@given(statements())
def test_every_entry_sums_to_zero(statement: Statement) -> None:
    for entry in story(statement):
        assert sum(posting.fen for posting in entry.postings) == 0


@given(statements())
def test_a_paid_statement_leaves_only_its_cost_and_its_debt(statement: Statement) -> None:
    left = ledger.balances(story(statement))
    kinds = {account[:2] for account in left}
    assert kinds <= {("Expenses", rule) for rule in RULES} | {("Equity", "Allocated"), ("Assets", "Owed")}
    owed = {rule: left.get(ledger.owed("p", "c", rule), 0) for rule in RULES}
    assert owed == {rule: statement.carried_in.get(rule, 0) - statement.carried_out.get(rule, 0) for rule in RULES}


@given(statements())
def test_before_payment_the_payable_is_what_the_statement_says(statement: Statement) -> None:
    left = ledger.balances(story(statement)[:3])
    assert left.get(ledger.payable("p", "c"), 0) == -sum(statement.payable.values())
