"""Money from funds: what each fund gives to what is payable, and what stays unfunded (S13, S14)."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from math import floor
from typing import Any

from .corrections import versions_behind
from .evidence import View
from .exact import Json, exact
from .versions import Version, at_month_end, known

END = 1 << 62
"""A position after every fact of the view: the close itself."""


@dataclass
class Treasury:
    """Funds by fiscal year as the log has told so far; `certificates` are the versions known at each close."""

    view: View
    versions: list[Version]
    certificates: dict[str, list[str]]
    drawn: Counter[tuple[str, str]] = field(default_factory=Counter)
    rows: list[Json] = field(default_factory=list)
    found: dict[tuple[str, int], Version] = field(default_factory=dict)

    @cached_property
    def told(self) -> dict[tuple[str, str, str], list[Json]]:
        """Allocations and overrides by kind, fund and year, in log order."""
        found: dict[tuple[str, str, str], list[Json]] = defaultdict(list)
        for fact in sorted(self.view.raw, key=lambda fact: (fact["position"], fact["id"])):
            if fact["kind"] in {"allocation", "override"}:
                found[(fact["kind"], fact["fund"], str(fact["year"]))].append(fact)
        return dict(found)

    def version(self, month: str, position: int) -> Version:
        """The version that says funds, caps and order for a month, as known at a position of settlement's log."""
        if (month, position) not in self.found:
            so_far = known(self.versions, position)
            certificate = self.certificates.get(month)
            behind = so_far if certificate is None else versions_behind(so_far, certificate)
            self.found[month, position] = at_month_end(behind, month)
        return self.found[month, position]

    def turn(self, position: int) -> Callable[[Json], tuple[Any, ...]]:
        """Sort key of unfunded rows: month, payee, purchaser, policy order of the rule (S13)."""
        return lambda due: (
            due["month"],
            due["payee"],
            due["purchaser"],
            self.version(due["month"], position).rank(due["rule"]),
        )

    def draw(self, due: Json, position: int) -> Json:
        """Draw on the rule's funds in order; answers what is still due."""
        version = self.version(due["month"], position)
        left = due["fen"]
        for name in version.funds_of(due["rule"]):
            left -= self._take(due, left, name, version.fund(name), position)
        return {**due, "fen": left}

    def _take(self, due: Json, wanted: int, name: str, fund: Json, position: int) -> int:
        year = due["month"][:4]
        before = self.drawn[(name, year)]
        cap = self._cap(fund, year, position)
        share = fund.get("mode") == "share"
        money = (cap or 0) if share else self._allocated(name, year, position)
        overrides = [] if share or cap is None else self._overrides(name, fund, year, position)
        limit = money if cap is None else min(money, _ceiling(cap, overrides, money))
        taken = max(0, min(wanted, limit - before))
        if taken:
            row = {**due, "fund": name, "fen": taken}
            if cap is not None and before + taken > cap:
                row |= {"over_cap": True, "override": str(overrides[-1]["id"])}
            self.rows.append(row)
            self.drawn[(name, year)] += taken
        return taken

    def _allocated(self, name: str, year: str, position: int) -> int:
        given = self.told.get(("allocation", name, year), [])
        return sum(int(fact["amount_fen"]) for fact in given if fact["position"] <= position)

    def _cap(self, fund: Json, year: str, position: int) -> int | None:
        """floor(percent of the base account's allocations), or None for a fund without a cap."""
        if "base" not in fund or "percent" not in fund:
            return None
        return floor(exact(fund["percent"]) / 100 * self._allocated(fund["base"], year, position))

    def _overrides(self, name: str, fund: Json, year: str, position: int) -> list[Json]:
        """The overrides of a soft cap by the named role, in log order."""
        if fund.get("mode") != "soft":
            return []
        found = [fact for fact in self.told.get(("override", name, year), []) if fact["position"] <= position]
        return [fact for fact in found if fact["role"] == fund.get("override_role")]


def _ceiling(cap: int, overrides: list[Json], money: int) -> int:
    """The cap and what the overrides allow beyond it; one without an amount allows all the money there is."""
    if any("amount_fen" not in override for override in overrides):
        return money
    return cap + sum(int(override["amount_fen"]) for override in overrides)


def draw_all(
    view: View, versions: list[Version], closed: list[Json], payable: list[Json]
) -> tuple[list[Json], list[Json]]:
    """This close's draws and what stays unfunded, both as rows {month, payee, purchaser, rule, fen, ...}.

    The unfunded of closed months draw first, at each allocation or override since the last close in log order,
    oldest month first; then the month's own `payable`, which comes in its order.
    """
    treasury = Treasury(view, versions, {answer["month"]: answer["policies"] for answer in closed})
    for answer in closed:
        for row in answer["draws"]:
            treasury.drawn[(row["fund"], row["month"][:4])] += row["fen"]
    waiting = closed[-1]["unfunded"] if closed else []
    for position in _occasions(view, closed):
        waiting = [treasury.draw(due, position) for due in sorted(waiting, key=treasury.turn(position))]
    unfunded = [*waiting, *(treasury.draw(due, END) for due in payable)]
    return treasury.rows, [due for due in unfunded if due["fen"]]


def _occasions(view: View, closed: list[Json]) -> list[int]:
    """The positions at which unfunded amounts draw again."""
    since = closed[-1]["through"].get("settlement", -1) if closed else END
    money = [fact for fact in view.raw if fact["kind"] in {"allocation", "override"}]
    return sorted({fact["position"] for fact in money if fact["position"] > since})
