"""One month from its facts and versions: lines, groups, deductions, nets (S4 to S10), nothing of other months."""

import json
from dataclasses import dataclass
from itertools import chain

from .bundles import bundle_lines
from .escorts import escort_lines
from .evidence import View, month_of
from .exact import rounded
from .lines import Line
from .singles import single_lines
from .tables import World, fill
from .versions import Version

Statement = tuple[str, str]
GroupKey = tuple[str, str, str, str]
"""payee, purchaser, rule, township"""


@dataclass(frozen=True)
class Reckoning:
    """A month's money in fen; `missing` are the payees and townships with a deductible group and no grade."""

    lines: list[Line]
    groups: dict[GroupKey, int]
    deductions: dict[GroupKey, tuple[str, int]]
    missing: list[tuple[str, str]]

    def net(self) -> dict[tuple[str, str, str], int]:
        """Groups plus deductions by payee, purchaser and rule."""
        total: dict[tuple[str, str, str], int] = {}
        for key, amount in self.groups.items():
            deducted = self.deductions[key][1] if key in self.deductions else 0
            total[key[:3]] = total.get(key[:3], 0) + amount + deducted
        return total


Request = tuple[View, str, list[Version]]
"""What to reckon: a view, a month, the versions it rests on."""
_done: dict[str, Reckoning] = {}
KEPT = 20_000
"""Reckonings remembered before all are forgotten."""


def reckon(view: View, month: str, versions: list[Version]) -> Reckoning:
    """The month as the view and these versions say it is."""
    return reckon_all([(view, month, versions)])[0]


def reckon_all(requests: list[Request]) -> list[Reckoning]:
    """Many months at once, each remembered by all that it depends on."""
    worlds = [world(*request) for request in requests]
    keys = [_key(world) for world in worlds]
    new = {key: world for key, world in zip(keys, worlds, strict=True) if key not in _done}
    if new:
        if len(_done) + len(new) > KEPT:
            _done.clear()
            new = dict(zip(keys, worlds, strict=True))
        _done.update(zip(new, _compute(list(new.values())), strict=True))
    return [_done[key] for key in keys]


def world(view: View, month: str, versions: list[Version]) -> World:
    """The settled facts of the month, and the escort stays of earlier months: their days are paid already."""
    facts = [
        fact
        for fact in view.settled
        if month_of(fact) == month or (fact["kind"] == "escort_stay" and str(month_of(fact)) < month)
    ]
    return World(month, facts, versions)


def _key(world: World) -> str:
    versions = [(version.name, version.adopted, version.document) for version in world.versions]
    return json.dumps([world.month, world.facts, versions], sort_keys=True, default=str)


def _compute(worlds: list[World]) -> list[Reckoning]:
    tables = fill(worlds)
    lines: list[list[Line]] = [[] for _ in worlds]
    for run, line in chain(
        bundle_lines([world.month for world in worlds], tables),
        single_lines(worlds, tables),
        escort_lines(worlds, tables),
    ):
        lines[run].append(line)
    return [_summed(world, found) for world, found in zip(worlds, lines, strict=True)]


def _summed(world: World, lines: list[Line]) -> Reckoning:
    groups: dict[GroupKey, int] = {}
    for line in lines:
        key = line.payee, line.purchaser, line.rule, line.township
        groups[key] = groups.get(key, 0) + line.fen
    grades = {(fact["payee"], fact["township"]): fact["grade"] for fact in world.facts if fact["kind"] == "grade"}
    deductions, missing = _deduct(groups, grades, world.last)
    return Reckoning(lines, groups, deductions, missing)


def _deduct(
    groups: dict[GroupKey, int], grades: dict[tuple[str, str], str], last: Version
) -> tuple[dict[GroupKey, tuple[str, int]], list[tuple[str, str]]]:
    """The grade and the deduction of each deductible group, and who has no grade."""
    deductions = {}
    missing = set()
    for key, amount in groups.items():
        payee, _, rule, township = key
        if not last.deductible(rule):
            continue
        grade = grades.get((payee, township))
        if grade is not None:
            deductions[key] = (grade, rounded(-last.grade_rate(grade) * amount))
        elif amount:
            missing.add((payee, township))
    return deductions, sorted(missing)
