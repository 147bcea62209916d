"""What the known versions say about one month: stretches of days without change, and the terms of its last day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from services.settlement.domain.engine import days
from services.settlement.domain.engine.tariff import Fund, Rule
from services.settlement.domain.engine.versions import Known


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Days ``first`` to ``last`` of the month on which one version and the same valid rules hold."""

    first: int
    last: int
    version: str
    bundles: tuple[Rule, ...]
    units: Mapping[str, Rule]
    """By item, the first ``per_unit`` rule that lists it."""
    goods: Mapping[str, Rule]
    """By article, the first ``goods`` rule that lists it."""
    allowances: tuple[Rule, ...]


class Terms:
    """The terms of ``month`` under the versions ``known``."""

    def __init__(self, known: Known, month: str) -> None:
        self.known = known
        self.month = month
        self.length = days.length(month)
        self.last_day = days.last_day(month)
        self.stretches = _stretches(known, month, self.length)
        self.on: list[Stretch | None] = [None] * 33
        for stretch in self.stretches:
            self.on[stretch.first : stretch.last + 1] = [stretch] * (stretch.last + 1 - stretch.first)
        policy = known.on(self.last_day)
        self.grades: Mapping[str, Fraction] = policy.grades if policy else {}
        self.funds: Mapping[str, Fund] = policy.funds if policy else {}
        self._rules = {rule.id: rule for rule in (policy.rules if policy else ())}
        self._order = {rule: index for index, rule in enumerate(self._rules)}

    def order(self, rule: str) -> tuple[int, str]:
        """Sorts rules as the last day's version lists them; those it lacks come after, by id."""
        return self._order.get(rule, len(self._order)), rule

    def rule(self, name: str) -> Rule | None:
        """The rule as of the month's last day; None where that version lacks it: no funds, no deduction, no limit."""
        return self._rules.get(name)

    def deductible(self, name: str) -> bool:
        """Whether a grade reduces the groups of this rule (S10)."""
        rule = self.rule(name)
        return rule is not None and rule.deductible


def _stretches(known: Known, month: str, length: int) -> tuple[Stretch, ...]:
    found: list[tuple[int, int, str, tuple[Rule, ...]]] = []
    for number in range(1, length + 1):
        day = f"{month}-{number:02d}"
        policy = known.on(day)
        if policy is None:
            continue
        rules = tuple(rule for rule in policy.rules if rule.valid_on(day))
        if found and found[-1][1] == number - 1 and found[-1][2] == policy.version and found[-1][3] == rules:
            found[-1] = (found[-1][0], number, policy.version, rules)
        else:
            found.append((number, number, policy.version, rules))
    return tuple(
        Stretch(
            first=first,
            last=last,
            version=version,
            bundles=tuple(rule for rule in rules if rule.kind == "per_person_month"),
            units=_by_item(rules, "per_unit"),
            goods=_by_item(rules, "goods"),
            allowances=tuple(rule for rule in rules if rule.kind == "allowance"),
        )
        for first, last, version, rules in found
    )


def _by_item(rules: tuple[Rule, ...], kind: str) -> dict[str, Rule]:
    listing: dict[str, Rule] = {}
    for rule in rules:
        for item in rule.items if rule.kind == kind else ():
            listing.setdefault(item.id, rule)
    return listing
