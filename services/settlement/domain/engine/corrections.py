"""Corrections of closed months (S11): what they come to now, less what was settled of them so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from services.settlement.domain.engine.answer import Account, Answer, Correction
from services.settlement.domain.engine.causes import Key, News, causes
from services.settlement.domain.engine.facts import EscortStay, Ruling
from services.settlement.domain.engine.log import Bounds, Log, MonthFacts, sees
from services.settlement.domain.engine.month import Computed, compute
from services.settlement.domain.engine.versions import Shelf


@dataclass(frozen=True, kw_only=True)
class Closing:
    """What a close knows while it looks back: the log, the policies, how far it sees, the closes before it."""

    log: Log
    shelf: Shelf
    bounds: Bounds
    earlier: Sequence[Answer]
    trusted: bool
    """Whether the earlier answers are known to be the answers to these facts."""

    def before(self) -> Bounds:
        """How far the last close saw."""
        return self.log.bounds_of(self.earlier[-1].through)


def corrections(closing: Closing) -> dict[Account, list[Correction]]:
    """By payee and purchaser one correction a month and rule; months without a difference have none."""
    found: dict[Account, list[Correction]] = defaultdict(list)
    for answer in closing.earlier:
        if closing.trusted and not could_change(closing, answer):
            continue
        now = compute(
            closing.log, answer.month, closing.bounds, closing.shelf.of_closed(answer.policies, closing.bounds)
        )
        moved = differences(now, settled(answer.month, closing.earlier))
        if not moved:
            continue
        why = _reasons(closing, answer, now, list(moved))
        for key in sorted(moved, key=lambda key: (key[:2], now.terms.order(key[2]))):
            named = why[key]
            found[key[:2]].append(Correction(answer.month, key[2], moved[key], named[0], named))
    return found


def could_change(closing: Closing, answer: Answer) -> bool:
    """Whether anything since the last close can move the month: a new fact, a stay before it, a retroactive version."""
    before, bounds, shelf = closing.before(), closing.bounds, closing.shelf
    if shelf.of_closed(answer.policies, before).names != shelf.of_closed(answer.policies, bounds).names:
        return True
    for month, facts in closing.log.months.items():
        if not facts.has_beyond(before):
            continue
        if month == answer.month and any(sees(bounds, f) and not sees(before, f) for f in facts.all()):
            return True
        if month < answer.month and any(sees(bounds, f) and not sees(before, f) for f in _stays(facts)):
            return True
    return False


def _stays(facts: MonthFacts) -> list[EscortStay | Ruling]:
    return [*facts.escorts, *facts.rulings] if facts.escorts else []


def settled(month: str, earlier: Sequence[Answer]) -> dict[Key, int]:
    """By payee, purchaser and rule: the month's net at its close and the corrections made since."""
    total: dict[Key, int] = defaultdict(int)
    for answer in earlier:
        for statement in answer.statements:
            account = (statement.payee, statement.purchaser)
            if answer.month == month:
                for rule, fen in statement.net().items():
                    total[*account, rule] += fen
            for correction in statement.corrections:
                if correction.month == month:
                    total[*account, correction.rule] += correction.fen
    return total


def differences(now: Computed, before: dict[Key, int]) -> dict[Key, int]:
    """Where the month comes to something else than what was settled."""
    net = now.net()
    moved = {key: net.get(key, 0) - before.get(key, 0) for key in net.keys() | before.keys()}
    return {key: fen for key, fen in moved.items() if fen}


def _reasons(closing: Closing, answer: Answer, now: Computed, keys: list[Key]) -> dict[Key, tuple[str, ...]]:
    """Compare with what the last close saw, and with that under the versions of today."""
    log, shelf, before = closing.log, closing.shelf, closing.before()
    versions_then = shelf.of_closed(answer.policies, before)
    versions_now = shelf.of_closed(answer.policies, closing.bounds)
    then = compute(log, answer.month, before, versions_then)
    net_then, net_versions = then.net(), {}
    if versions_then.names != versions_now.names:
        net_versions = compute(log, answer.month, before, versions_now).net()
    else:
        net_versions = net_then
    news = News.of(log.months.get(answer.month) or MonthFacts(), closing.bounds, before)
    return {key: causes(key, news, then, now, net_versions.get(key, 0) != net_then.get(key, 0)) for key in keys}
