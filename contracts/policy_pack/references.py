"""What a pack refers to must be in it: papers, settlement entries, catalogue items, rules, categories."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.policy_pack.findings import repeated, unknown
from contracts.policy_pack.problems import Finding, Path
from contracts.policy_pack.reading import Table, by_id, entries, everywhere, names, table, texts

OLDEST = 1000
"""More years than anybody reaches: an age limit that is not given."""
BY_ITEM = (
    ("providers", "visit", "minimum_minutes_by_item"),
    ("providers", "visits", "photos_by_item"),
    ("providers", "visits", "goods"),
    ("providers", "exceptions", "longest_minutes_by_item"),
)
"""Tables whose keys are items of the catalogue."""


def dangling(document: Table) -> Iterator[Finding]:
    """Every reference that leads nowhere or to something that does not fit."""
    yield from _papers(document)
    yield from _sources(document)
    yield from _catalogue(document)
    yield from _programmes(document)
    yield from _categories(document)
    yield from _people(document)
    yield from _grades(document)


def _papers(document: Table) -> Iterator[Finding]:
    known = names(table(document, "pack"), "paper")
    for path, entry in everywhere(document):
        cite = entry.get("cite")
        if isinstance(cite, dict) and isinstance(cite.get("paper"), str) and cite["paper"] not in known:
            yield unknown((*path, "cite", "paper"), "paper", "所引文件未在 pack.paper 中登记")


def _sources(document: Table) -> Iterator[Finding]:
    settlement = table(document, "settlement")
    told = names(table(document, "pack"), "source", "entry")
    there = {f"{kind}.{name}" for kind in ("rule", "grade", "fund") for name in names(settlement, kind)}
    for path, source in entries(table(document, "pack"), "source", ("pack",)):
        if isinstance(source.get("entry"), str) and source["entry"] not in there:
            yield unknown((*path, "entry"), "settlement entry", "未指向任何结算条目")
    for kind in ("grade", "fund"):
        for path, entry in entries(settlement, kind, ("settlement",)):
            if isinstance(entry.get("id"), str) and f"{kind}.{entry['id']}" not in told:
                yield Finding(
                    path=path,
                    code="source_missing",
                    english="has no name and origin in pack.source",
                    chinese="未在 pack.source 中登记名称与依据",
                )


def _grades(document: Table) -> Iterator[Finding]:
    """The sheet's grades are the settlement's."""
    path = ("providers", "grading")
    grading, known = table(document, *path), names(table(document, "settlement"), "grade")
    named = [((*place, "grade"), band.get("grade")) for place, band in entries(grading, "band", path)]
    if grading and not named:
        named = [((*path, "band"), grade) for grade in ("good", "average", "poor")]
    if grading:
        named += [((*path, "false_grade"), grading.get("false_grade", "false")), *texts(grading, "poor", path)]
    for place, grade in named:
        if isinstance(grade, str) and grade not in known:
            yield unknown(place, "grade", "结算部分没有这一等次")


def _catalogue(document: Table) -> Iterator[Finding]:
    orders = table(document, "orders")
    groups, items = names(orders, "group"), names(orders, "item")
    for path, item in entries(orders, "item", ("orders",)):
        if isinstance(item.get("group"), str) and item["group"] not in groups:
            yield unknown((*path, "group"), "group", "所属类别不在目录中")
    for path, rule in entries(table(document, "settlement"), "rule", ("settlement",)):
        for place, listed in entries(rule, "items", path):
            if isinstance(listed.get("id"), str) and listed["id"] not in items:
                yield unknown((*place, "id"), "catalogue item", "服务清单中没有该项目")
    for keyed in BY_ITEM:
        for name in table(document, *keyed):
            if name not in items:
                yield unknown((*keyed, name), "catalogue item", "服务清单中没有该项目")
    for place, name in texts(table(orders, "plans"), "service_plan_items", ("orders", "plans")):
        if name not in items:
            yield unknown(place, "catalogue item", "服务清单中没有该项目")


def _programmes(document: Table) -> Iterator[Finding]:
    orders = table(document, "orders")
    items = by_id(orders, "item")
    rules = by_id(table(document, "settlement"), "rule")
    for path, programme in entries(orders, "programme", ("orders",)):
        yield from repeated(entries(programme, "plan", path), "item")
        for place, planned in entries(programme, "plan", path):
            name = planned.get("item")
            modes = items[name].get("modes") if isinstance(name, str) and name in items else None
            if isinstance(name, str) and name not in items:
                yield unknown((*place, "item"), "catalogue item", "服务清单中没有该项目")
            elif isinstance(modes, list) and programme.get("mode") not in modes:
                yield Finding(
                    path=(*place, "item"),
                    code="mode_not_offered",
                    english="is not given by the programme's mode",
                    chinese="该项目不支持此服务方式",
                )
        if isinstance(programme.get("rule"), str):
            yield from _paid_for(path, programme, rules.get(programme["rule"]))


def _paid_for(path: Path, programme: Table, rule: Table | None) -> Iterator[Finding]:
    """A plan may be for fewer people than its rule pays for, never for more."""
    if rule is None:
        yield unknown((*path, "rule"), "settlement rule", "结算规则中没有该条")
    elif not _within(table(programme, "when"), table(rule, "when")):
        yield Finding(
            path=(*path, "when"),
            code="condition_wider",
            english="is for people whom the settlement rule does not pay for",
            chinese="对象范围超出所引结算规则",
        )


def _within(inner: Table, outer: Table) -> bool:
    """Whether whoever meets ``inner`` meets ``outer``."""
    for key in ("categories_any", "tiers"):
        allowed, asked = _set(outer, key), _set(inner, key)
        if allowed and not (asked and asked <= allowed):
            return False
    if not _set(outer, "categories_all") <= _set(inner, "categories_all"):
        return False
    youngest, oldest = _age(outer, "min_age", 0), _age(outer, "max_age", OLDEST)
    return youngest <= _age(inner, "min_age", 0) and _age(inner, "max_age", OLDEST) <= oldest


def _set(condition: Table, key: str) -> set[str]:
    return {text for _, text in texts(condition, key)}


def _age(condition: Table, key: str, absent: int) -> int:
    age = condition.get(key)
    return age if isinstance(age, int) else absent


def _categories(document: Table) -> Iterator[Finding]:
    known = names(table(document, "orders"), "category")
    for path, entry in everywhere(document):
        for key in ("categories_any", "categories_all"):
            for place, name in texts(entry, key, path):
                if name not in known:
                    yield unknown(place, "category", "对象类别未在 orders.category 中登记")


def _people(document: Table) -> Iterator[Finding]:
    """What certificates and rules give is a category; what rules ask for is a certificate of the pack."""
    orders = table(document, "orders")
    people = table(orders, "people")
    categories, certificates = names(orders, "category"), names(people, "certificate")
    for kind in ("certificate", "rule", "material", "screening"):
        yield from repeated(entries(people, kind, ("orders", "people")), "id")
    for kind, key in (("certificate", "gives"), ("rule", "gives"), ("recheck", "category")):
        for path, entry in entries(people, kind, ("orders", "people")):
            if isinstance(entry.get(key), str) and entry[key] not in categories:
                yield unknown((*path, key), "category", "对象类别未在 orders.category 中登记")
    for kind in ("rule", "material", "screening"):
        for path, entry in entries(people, kind, ("orders", "people")):
            for place, name in texts(entry, "certificates_any", path):
                if name not in certificates:
                    yield unknown(place, "certificate", "证明种类未在 orders.people.certificate 中登记")
