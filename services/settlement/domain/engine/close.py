"""``settle``: the statements and fund draws of one county and month, a pure function of facts and policies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from services.settlement.domain.engine.answer import (
    Account,
    Answer,
    Correction,
    Deduction,
    Draw,
    Group,
    Line,
    Statement,
    Unfunded,
)
from services.settlement.domain.engine.corrections import Closing, corrections
from services.settlement.domain.engine.draws import Claim, Drawing, Treasury
from services.settlement.domain.engine.facts import Fact
from services.settlement.domain.engine.log import NO_END, Bounds, Log, SettleError, sees
from services.settlement.domain.engine.month import Computed, compute
from services.settlement.domain.engine.tariff import SettlementPolicy
from services.settlement.domain.engine.terms import Terms
from services.settlement.domain.engine.versions import Known, Shelf


def settle(
    facts: Iterable[Fact],
    policies: Sequence[SettlementPolicy],
    month: str,
    closed: Iterable[Answer] | None = None,
    *,
    trusted: bool = False,
) -> Answer:
    """The statements, draws and carried state of ``month`` (YYYY-MM).

    ``closed`` are the answers of earlier closes; those of ``month`` and later are ignored. None: the months that the
    settlement log has sealed before ``month`` are settled first, in order. ``trusted`` tells that each fact is given
    once and that ``closed`` are the answers to these very facts: then nothing is looked for twice, and a closed month
    is computed again only where something new could move it.
    Raises ``SettleError`` where facts or policies contradict each other.
    """
    log = Log.of(facts, trusted)
    shelf = Shelf.of(policies, log.adoptions)
    if closed is not None:
        return close(log, shelf, month, _in_order(closed, month), trusted)
    earlier: list[Answer] = []
    for before in log.closed_before(month):
        earlier.append(close(log, shelf, before, earlier, trusted=True))
    return close(log, shelf, month, earlier, trusted=True)


def _in_order(closed: Iterable[Answer], month: str) -> list[Answer]:
    by_month: dict[str, Answer] = {}
    for answer in closed:
        if answer.month < month and by_month.setdefault(answer.month, answer) != answer:
            raise SettleError("closed.conflict", answer.month)
    return [by_month[name] for name in sorted(by_month)]


def close(log: Log, shelf: Shelf, month: str, earlier: Sequence[Answer], trusted: bool) -> Answer:
    """One close after ``earlier`` ones, oldest first."""
    bounds = log.bounds(month)
    known = shelf.known(bounds)
    computed = compute(log, month, bounds, known)
    closing = Closing(log=log, shelf=shelf, bounds=bounds, earlier=earlier, trusted=trusted)
    statements = _statements(computed, corrections(closing) if earlier else {}, _carried(earlier))
    draws, unfunded = _draw(closing, month, computed.terms, statements)
    return Answer(
        month=month,
        policies=known.names,
        through=log.through(month),
        statements=statements,
        draws=draws,
        unfunded=unfunded,
        missing_grades=computed.missing_grades(),
    )


def _carried(earlier: Sequence[Answer]) -> dict[Account, Mapping[str, int]]:
    last = earlier[-1].statements if earlier else ()
    return {(s.payee, s.purchaser): s.carried_out for s in last if any(s.carried_out.values())}


def _statements(
    computed: Computed,
    corrected: Mapping[Account, list[Correction]],
    carried: Mapping[Account, Mapping[str, int]],
) -> tuple[Statement, ...]:
    """Every account with lines, corrections or a debt has a statement (S12), in order of payee and purchaser."""
    accounts = sorted({*computed.lines, *corrected, *carried})
    return tuple(
        _statement(account, computed, corrected.get(account, []), carried.get(account, {})) for account in accounts
    )


def _statement(
    account: Account, computed: Computed, corrected: list[Correction], carried: Mapping[str, int]
) -> Statement:
    order = computed.terms.order
    groups = computed.groups.get(account, {})
    deductions = computed.deductions.get(account, {})
    due: dict[str, int] = {}
    for rule, fen in (
        *((rule, fen) for (rule, _), fen in groups.items()),
        *((rule, fen) for (rule, _), (_, fen) in deductions.items()),
        *((correction.rule, correction.fen) for correction in corrected),
        *carried.items(),
    ):
        due[rule] = due.get(rule, 0) + fen
    rules = sorted(due, key=order)
    return Statement(
        payee=account[0],
        purchaser=account[1],
        lines=_sorted_lines(computed.lines.get(account, []), computed.terms),
        groups=tuple(Group(r, t, groups[r, t]) for r, t in sorted(groups, key=lambda g: (order(g[0]), g[1]))),
        deductions=tuple(
            Deduction(r, t, *deductions[r, t]) for r, t in sorted(deductions, key=lambda g: (order(g[0]), g[1]))
        ),
        corrections=tuple(sorted(corrected, key=lambda c: (c.month, order(c.rule)))),
        carried_in={rule: fen for rule, fen in sorted(carried.items(), key=lambda pair: order(pair[0])) if fen},
        payable={rule: due[rule] for rule in rules if due[rule] > 0},
        carried_out={rule: due[rule] for rule in rules if due[rule] < 0},
    )


def _sorted_lines(lines: list[Line], terms: Terms) -> tuple[Line, ...]:
    rank = {rule: index for index, rule in enumerate(sorted({line.rule for line in lines}, key=terms.order))}
    return tuple(sorted(lines, key=lambda line: (rank[line.rule], line.person or "", line.fact or "", line.township)))


@dataclass
class _TermsOf:
    """The terms of the closed months, as known at a position of the settlement log."""

    closing: Closing
    month: str
    own: Terms
    made: dict[tuple[str, tuple[str, ...]], Terms] = field(default_factory=dict)

    def __call__(self, month: str, position: int) -> Terms:
        if month == self.month:
            return self.own
        bounds = self.closing.bounds
        bounds = {**bounds, "settlement": min(position, bounds["settlement"])}
        known = self._known(month, bounds)
        key = (month, known.names)
        if key not in self.made:
            self.made[key] = Terms(known, month)
        return self.made[key]

    def _known(self, month: str, bounds: Bounds) -> Known:
        for answer in self.closing.earlier:
            if answer.month == month:
                return self.closing.shelf.of_closed(answer.policies, bounds)
        return self.closing.shelf.known(bounds)


def _draw(
    closing: Closing, month: str, terms: Terms, statements: Sequence[Statement]
) -> tuple[tuple[Draw, ...], tuple[Unfunded, ...]]:
    """Take up the funds where the last close left them, and draw."""
    earlier = closing.earlier
    treasury = Treasury()
    before = closing.before() if earlier else dict.fromkeys(closing.bounds, 0)
    news = []
    for fact in closing.log.funding:
        if sees(before, fact):
            treasury.learn(fact)
        elif sees(closing.bounds, fact):
            news.append(fact)
    for answer in earlier:
        for draw in answer.draws:
            treasury.drawn[draw.fund, int(draw.month[:4])] += draw.fen
    outstanding: dict[Claim, int] = {}
    for rest in earlier[-1].unfunded if earlier else ():
        outstanding[rest.month, rest.payee, rest.purchaser, rest.rule] = rest.fen
    drawing = Drawing(treasury=treasury, outstanding=outstanding, terms_of=_TermsOf(closing, month, terms))
    payable = {(month, s.payee, s.purchaser, rule): fen for s in statements for rule, fen in s.payable.items()}
    drawing.run(news, month, payable, NO_END)
    return tuple(drawing.draws), drawing.unfunded(NO_END)
