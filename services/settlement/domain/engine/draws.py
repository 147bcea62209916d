"""Draws on the funds (S13, S14): what pays a month's payable, what stays unfunded and is drawn later.

Everything happens in log order: at each allocation or override the outstanding amounts draw again, oldest month
first, then payee, purchaser and policy order of the rule; the month's own draws come last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from services.settlement.domain.engine.answer import Draw, Unfunded
from services.settlement.domain.engine.facts import Allocation, Override
from services.settlement.domain.engine.tariff import Fund
from services.settlement.domain.engine.terms import Terms

Claim: TypeAlias = tuple[str, str, str, str]
"""Month, payee, purchaser, rule."""
Account: TypeAlias = tuple[str, int]
"""Fund and fiscal year."""


@dataclass(kw_only=True)
class Treasury:
    """What the funds were given and what was drawn, so far in the log."""

    allocated: dict[Account, int] = field(default_factory=lambda: defaultdict(int))
    drawn: dict[Account, int] = field(default_factory=lambda: defaultdict(int))
    overrides: dict[Account, list[Override]] = field(default_factory=lambda: defaultdict(list))

    def learn(self, fact: Allocation | Override) -> None:
        """Take a fact of the settlement log into account."""
        if isinstance(fact, Allocation):
            self.allocated[fact.fund, fact.year] += fact.amount_fen
        else:
            self.overrides[fact.fund, fact.year].append(fact)

    def cap(self, fund: Fund, year: int) -> int | None:
        """floor(percent × the base account's allocations of the year); None where the fund has no cap."""
        if fund.base is None or fund.percent is None:
            return None
        return int(fund.percent * self.allocated[fund.base, year] // 100)

    def draw(self, name: str, fund: Fund | None, year: int, wanted: int) -> tuple[int, bool, str | None]:
        """Draw at most ``wanted`` fen: the amount, whether it goes beyond a soft cap, and under which override."""
        key = (name, year)
        drawn = self.drawn[key]
        cap = None if fund is None else self.cap(fund, year)
        left = self.allocated[key] - drawn
        if fund is None or cap is None:
            fen = max(0, min(wanted, left))
            self.drawn[key] = drawn + fen
            return fen, False, None
        if fund.mode == "share":
            left = cap - drawn
        overrides = self._overrides(fund, key)
        beyond = [override.amount_fen for override in overrides]
        if None not in beyond:
            left = min(left, cap + sum(fen for fen in beyond if fen is not None) - drawn)
        fen = max(0, min(wanted, left))
        self.drawn[key] = drawn + fen
        over = fen > 0 and drawn + fen > cap
        return fen, over, overrides[-1].id if over else None

    def _overrides(self, fund: Fund, key: Account) -> list[Override]:
        """Those that lift a soft cap: by the named role only."""
        if fund.mode != "soft" or fund.override_role is None:
            return []
        return [override for override in self.overrides[key] if override.role == fund.override_role]


@dataclass(kw_only=True)
class Drawing:
    """The draws of one close. ``terms_of`` gives a month's terms as known at a position of the settlement log."""

    treasury: Treasury
    outstanding: dict[Claim, int]
    terms_of: Callable[[str, int], Terms]
    draws: list[Draw] = field(default_factory=list)

    def run(self, news: Iterable[Allocation | Override], month: str, payable: Mapping[Claim, int], end: int) -> None:
        """Draw older amounts at each of ``news``, then those of ``month``; ``end`` is where the close stands."""
        for fact in news:
            self.treasury.learn(fact)
            self._settle(self.outstanding, fact.position)
        own = {claim: fen for claim, fen in payable.items() if claim[0] == month and fen > 0}
        self._settle(own, end)
        self.outstanding.update(own)

    def unfunded(self, end: int) -> tuple[Unfunded, ...]:
        """What is still outstanding, in the order in which it will draw."""
        return tuple(Unfunded(*claim, self.outstanding[claim]) for claim in self._ordered(self.outstanding, end))

    def _ordered(self, claims: Iterable[Claim], position: int) -> list[Claim]:
        return sorted(claims, key=lambda claim: (*claim[:3], self.terms_of(claim[0], position).order(claim[3])))

    def _settle(self, claims: dict[Claim, int], position: int) -> None:
        """Draw each claim on its rule's funds in their order and keep in ``claims`` what is left."""
        for claim in self._ordered(claims, position):
            month, payee, purchaser, rule = claim
            terms = self.terms_of(month, position)
            known = terms.rule(rule)
            for name in known.funds if known else ():
                fund = terms.funds.get(name)
                fen, over, override = self.treasury.draw(name, fund, int(month[:4]), claims[claim])
                if fen:
                    claims[claim] -= fen
                    self.draws.append(Draw(month, payee, purchaser, rule, name, fen, over, override))
                if not claims[claim]:
                    break
            if not claims[claim]:
                del claims[claim]
