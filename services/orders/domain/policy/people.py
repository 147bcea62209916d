"""What a pack says of people and their files (``[orders.people]``), and what holds where it says nothing.

Without the section: every category of a person may be attested by a certificate of its name; no category follows by
rule; self-care by the national six indicators (特困人员认定办法, 2021: up to three unmet partly, from four on fully
unable); the file of paper 001, part (5), whose every paper must be brought; re-checks as paper 002 asks (destitute and
dibao A and B yearly, C half-yearly); lists are checked within 3, 10 or 30 days, and looked at again after 90.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from services.orders.domain.policy.conditions import Condition, read_condition

HOUSEHOLD = "household"
"""The group of categories that a household has, and its members through it."""
CHECK_WITHIN_DAYS = {"high": 3, "medium": 10, "low": 30}
RECHECK_MONTHS = 12
RECHECKS = (("destitute", (), 12), ("dibao", ("A", "B"), 12), ("dibao", ("C",), 6))
ILL, DISABLED = ("seriously_ill",), ("severe_disability",)


@dataclass(frozen=True, kw_only=True)
class Named:
    """A category: its name now, names it had before (paper 003 uses old and new side by side), and its group."""

    name: str
    former: tuple[str, ...]
    group: str


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What follows where a condition holds: a category, or that somebody should be assessed."""

    id: str
    gives: str
    when: Condition


@dataclass(frozen=True, kw_only=True)
class Material:
    """A paper of the file, for whom the condition holds."""

    id: str
    name: str
    when: Condition
    declaration: bool
    lookup: bool
    kept: str


@dataclass(frozen=True, kw_only=True)
class SelfCare:
    """The instrument, and from how many unmet indicators on somebody is partly and fully unable."""

    instrument: str = "self_care_2021"
    half_from: int = 1
    full_from: int = 4

    def tier(self, unmet: int) -> str:
        """The care tier of somebody with so many unmet indicators."""
        return "full" if unmet >= self.full_from else "half" if unmet >= self.half_from else "able"


def _needed(id: str, name: str, categories: tuple[str, ...] = (), kept: str = "") -> Material:
    when = Condition(categories_any=frozenset(categories))
    return Material(id=id, name=name, when=when, declaration=False, lookup=False, kept=kept)


MATERIALS = (
    _needed("identity_card", "身份证"),
    _needed("household_book", "户口本"),
    _needed("illness_certificate", "疾病证明", ILL),
    _needed("disability_certificate", "残疾证", DISABLED),
    _needed("status_proof", "社会救助对象相关证明"),
    _needed("need_form", "需求认定表", kept="need"),
    _needed("service_form", "接受救助服务情况表", kept="service"),
)
"""Paper 001, part (5): what the file of a person holds."""


@dataclass(frozen=True, kw_only=True)
class People:
    """``certificates`` maps each kind to the category it gives, empty for none; ``certificate_names`` to its name."""

    categories: Mapping[str, Named] = field(default_factory=dict)
    certificates: Mapping[str, str] = field(default_factory=dict)
    certificate_names: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    self_care: SelfCare = SelfCare()
    materials: tuple[Material, ...] = MATERIALS
    rechecks: tuple[tuple[str, tuple[str, ...], int], ...] = RECHECKS
    check_within_days: Mapping[str, int] = field(default_factory=lambda: CHECK_WITHIN_DAYS)
    watch_days: int = 90
    watch_refused: bool = False
    screening: tuple[Rule, ...] = ()

    def graded(self, category: str) -> bool:
        """Whether households of this category have a grade."""
        return any(grades for named, grades, _ in self.rechecks if named == category)

    def recheck_months(self, category: str, grade: str) -> int:
        """After how many months a household of this category and grade is checked again; a year where none is said."""
        for named, grades, months in self.rechecks:
            if named == category and (not grades or grade in grades):
                return months
        return RECHECK_MONTHS

    def certificate_called(self, name: str) -> str:
        """The kind of certificate with this name; empty where there is none."""
        return next((id for id, named in self.certificate_names.items() if named == name), "")

    def category_called(self, name: str) -> str:
        """The category with this id, name or former name; empty where there is none."""
        for id, named in self.categories.items():
            if name == id or name == named.name or name in named.former:
                return id
        return ""


def read_people(orders: Mapping[str, Any]) -> People:
    """``[orders.people]`` with the categories of ``[orders]``."""
    categories = {
        entry["id"]: Named(name=entry["name"], former=tuple(entry.get("former_names", ())), group=entry["group"])
        for entry in orders["category"]
    }
    said: Mapping[str, Any] = orders.get("people") or {}
    attested = {entry["id"]: entry.get("gives") or "" for entry in said.get("certificate", ())}
    watch = said.get("watch") or {}
    return People(
        categories=categories,
        certificates=attested or {id: id for id, named in categories.items() if named.group != HOUSEHOLD},
        certificate_names={entry["id"]: entry["name"] for entry in said.get("certificate", ())},
        rules=tuple(Rule(id=e["id"], gives=e["gives"], when=read_condition(e)) for e in said.get("rule", ())),
        self_care=_self_care(said),
        materials=tuple(_material(entry) for entry in said.get("material", ())) or MATERIALS,
        rechecks=_rechecks(said) or RECHECKS,
        check_within_days={**CHECK_WITHIN_DAYS, **{e["level"]: e["check_within_days"] for e in said.get("risk", ())}},
        watch_days=watch.get("recheck_after_days", 90),
        watch_refused=watch.get("refused_needs", False),
        screening=tuple(Rule(id=e["id"], gives="", when=read_condition(e)) for e in said.get("screening", ())),
    )


def _self_care(said: Mapping[str, Any]) -> SelfCare:
    entry = said.get("self_care")
    if not entry:
        return SelfCare()
    return SelfCare(instrument=entry["instrument"], half_from=entry["half_from"], full_from=entry["full_from"])


def _rechecks(said: Mapping[str, Any]) -> tuple[tuple[str, tuple[str, ...], int], ...]:
    return tuple((e["category"], tuple(e.get("grades", ())), e["every_months"]) for e in said.get("recheck", ()))


def _material(entry: Mapping[str, Any]) -> Material:
    return Material(
        id=entry["id"],
        name=entry["name"],
        when=read_condition(entry),
        declaration=entry.get("declaration", False),
        lookup=entry.get("lookup", False),
        kept=entry.get("kept") or "",
    )
