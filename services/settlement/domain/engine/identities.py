"""The identities of S15 that an answer and the answers before it must fulfil; each breach is told in one sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from services.settlement.domain.engine.answer import Answer, Statement
from services.settlement.domain.engine.draws import Claim


def check_identities(answer: Answer, earlier: Sequence[Answer] = ()) -> list[str]:
    """The identities that ``answer`` breaks after ``earlier`` ones, oldest first; empty where all hold."""
    breaches: list[str] = []
    for statement in answer.statements:
        breaches += [f"{statement.payee}/{statement.purchaser}: {breach}" for breach in _of_statement(statement)]
    breaches += _of_carry(answer, earlier)
    breaches += _of_draws(answer, earlier)
    return breaches


def _of_statement(statement: Statement) -> list[str]:
    breaches: list[str] = []
    lines, groups = Counter[str](), Counter[str]()
    for line in statement.lines:
        lines[line.rule] += line.fen
    for group in statement.groups:
        groups[group.rule] += group.fen
    keys = [(group.rule, group.township) for group in statement.groups]
    if len(set(keys)) != len(keys):
        breaches.append("a group is there twice")
    net = statement.net()
    for rule in sorted({*lines, *groups, *net, *statement.carried_in, *statement.payable, *statement.carried_out}):
        corrected = sum(correction.fen for correction in statement.corrections if correction.rule == rule)
        due = net.get(rule, 0) + corrected + statement.carried_in.get(rule, 0)
        payable, carried_out = statement.payable.get(rule, 0), statement.carried_out.get(rule, 0)
        if lines[rule] != groups[rule]:
            breaches.append(f"{rule}: lines {lines[rule]} are not the groups {groups[rule]}")
        if due != payable + carried_out:
            breaches.append(f"{rule}: due {due} is not payable {payable} and carried out {carried_out}")
        if payable < 0 or carried_out > 0 or (payable and carried_out):
            breaches.append(f"{rule}: payable {payable} and carried out {carried_out} cannot stand together")
    if any(line.superseded_by is not None and line.fen for line in statement.lines):
        breaches.append("a superseded line is not 0")
    return breaches


def _of_carry(answer: Answer, earlier: Sequence[Answer]) -> list[str]:
    def debts(statements: Sequence[Statement], side: str) -> dict[tuple[str, str, str], int]:
        maps = ((s.payee, s.purchaser, s.carried_in if side == "in" else s.carried_out) for s in statements)
        return {(payee, buyer, rule): fen for payee, buyer, debt in maps for rule, fen in debt.items() if fen}

    left = debts(earlier[-1].statements, "out") if earlier else {}
    taken = debts(answer.statements, "in")
    return [] if left == taken else [f"carried in {taken} is not what was carried out {left}"]


def _of_draws(answer: Answer, earlier: Sequence[Answer]) -> list[str]:
    payable, paid = Counter[Claim](), Counter[Claim]()
    for one in (*earlier, answer):
        for statement in one.statements:
            for rule, fen in statement.payable.items():
                payable[one.month, statement.payee, statement.purchaser, rule] += fen
        for draw in one.draws:
            paid[draw.month, draw.payee, draw.purchaser, draw.rule] += draw.fen
    for rest in answer.unfunded:
        paid[rest.month, rest.payee, rest.purchaser, rest.rule] += rest.fen
    breaches = [
        f"{' '.join(claim)}: drawn and unfunded {paid[claim]} are not payable {payable[claim]}"
        for claim in sorted({*payable, *paid})
        if payable[claim] != paid[claim]
    ]
    return breaches + [f"a draw of {draw.fen}" for draw in answer.draws if draw.fen <= 0]
