"""What must agree within ``[settlement]``: kinds and their amounts, tiers, items, funds, caps and grades."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.policy_pack.findings import repeated, unknown
from contracts.policy_pack.problems import Finding, Path
from contracts.policy_pack.reading import Table, by_id, entries, names, table, texts
from contracts.policy_pack.settlement import AMOUNT_KEYS, TIERS

ANY_AMOUNT = tuple(dict.fromkeys(key for keys in AMOUNT_KEYS.values() for key in keys))
"""Every amount key there is."""


def money_contradictions(document: Table) -> Iterator[Finding]:
    """Everything in ``[settlement]`` by which a line or a draw could not be computed, or not in one way only."""
    settlement = table(document, "settlement")
    funds = names(settlement, "fund")
    for path, rule in entries(settlement, "rule", ("settlement",)):
        yield from _amount(path, rule)
        yield from _tiers(path, rule)
        yield from _items(path, rule)
        for place, fund in texts(rule, "funds", path):
            if funds and fund not in funds:
                yield unknown(place, "fund", "资金来源未在 settlement.fund 中登记")
    yield from _articles(settlement)
    for path, fund_entry in entries(settlement, "fund", ("settlement",)):
        yield from _cap(path, fund_entry, funds)
    for path, grade in entries(settlement, "grade", ("settlement",)):
        if grade.get("id") == "waived":
            yield Finding(
                path=(*path, "id"),
                code="reserved",
                english="waived is what a month without a due grade is called",
                chinese="waived 为“免评”的保留字",
            )
    yield from _offers(document)


def _amount(path: Path, rule: Table) -> Iterator[Finding]:
    wanted = AMOUNT_KEYS.get(str(rule.get("kind")))
    if wanted is None:
        return
    present = [key for key in ANY_AMOUNT if key in rule]
    for key in present:
        if key not in wanted:
            yield Finding(
                path=(*path, key),
                code="amount_of_another_kind",
                english="is not the amount of this kind",
                chinese="该类规则不使用此金额键",
            )
    own = [key for key in present if key in wanted]
    if wanted and not own:
        either, chinese = " or ".join(wanted), "或 ".join(wanted)
        yield Finding(
            path=path, code="amount_missing", english=f"this kind needs {either}", chinese=f"该类规则须有 {chinese}"
        )
    for key in own[1:]:
        yield Finding(
            path=(*path, key), code="amount_twice", english="a rule has one amount", chinese="一条规则只能有一个金额键"
        )


def _tiers(path: Path, rule: Table) -> Iterator[Finding]:
    rates = rule.get("rate_by_tier")
    if not isinstance(rates, dict):
        return
    named = table(rule, "when").get("tiers")
    asked = named if isinstance(named, list) and named else list(TIERS)
    for tier in TIERS:
        if tier in asked and tier not in rates:
            yield Finding(
                path=(*path, "rate_by_tier", tier),
                code="tier_without_rate",
                english="this tier has no rate; give one or leave it out of when.tiers",
                chinese="该护理档没有标准，请补充或在 when.tiers 中排除",
            )


def _items(path: Path, rule: Table) -> Iterator[Finding]:
    yield from repeated(entries(rule, "items", path), "id")
    if rule.get("kind") in ("per_unit", "goods") and not rule.get("items"):
        yield Finding(
            path=(*path, "items"),
            code="items_missing",
            english="a rule of this kind pays only the items it lists",
            chinese="该类规则须列明项目",
        )


def _articles(settlement: Table) -> Iterator[Finding]:
    goods = [found for found in entries(settlement, "rule", ("settlement",)) if found[1].get("kind") == "goods"]
    seen: dict[str, Path] = {}
    for path, rule in goods:
        for place, item in entries(rule, "items", path):
            article = item.get("id")
            if isinstance(article, str) and seen.setdefault(article, path) != path:
                yield Finding(
                    path=(*place, "id"),
                    code="article_twice",
                    english="another goods rule has this article already",
                    chinese="该物资已由另一条规则规定",
                )


def _cap(path: Path, fund: Table, funds: set[str]) -> Iterator[Finding]:
    mode, base = fund.get("mode"), fund.get("base")
    asked = [key for key in ("base", "percent", "mode", "override_role") if key in fund]
    for key in ("base", "percent"):
        if asked and key not in fund:
            yield Finding(
                path=(*path, key),
                code="cap_incomplete",
                english="a cap or share needs base and percent",
                chinese="限额或比例须同时写明基数账户与百分比",
            )
    if isinstance(base, str) and (base not in funds or base == fund.get("id")):
        yield unknown((*path, "base"), "other fund or base account", "基数账户未在 settlement.fund 中登记或为其自身")
    if mode == "soft" and "override_role" not in fund:
        yield Finding(
            path=(*path, "override_role"),
            code="override_role_missing",
            english="a soft cap names who may exceed it",
            chinese="弹性限额须写明可批准突破的角色",
        )


def _offers(document: Table) -> Iterator[Finding]:
    offers = table(document, "charity", "offers")
    rules = by_id(table(document, "settlement"), "rule")
    name = offers.get("rule")
    if isinstance(name, str) and rules.get(name, {}).get("kind") != "agreed":
        yield unknown(("charity", "offers", "rule"), "agreed rule", "未指向协议价结算规则")
    if offers.get("low_price") is True and name is None:
        yield Finding(
            path=("charity", "offers", "rule"),
            code="rule_missing",
            english="low-price offers need the rule that pays them",
            chinese="低偿服务须指明结算规则",
        )
