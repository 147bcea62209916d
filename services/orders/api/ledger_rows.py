"""What a row of a ledger or of a department's list says, column by column; faults are codes, never values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from chassis.http import PLAIN
from chassis.kernel import Rejected
from chassis.problems import Place, Refused
from services.orders.api.sheets import FORMULA, Sheet
from services.orders.domain import identity
from services.orders.domain.policy import Policy
from services.orders.domain.prospect import Risk
from services.orders.domain.status import Tier

ImportKind = Literal["ledger", "targets"]
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("姓名", "对象姓名"),
    "id_number": ("身份证号码", "身份证号", "公民身份号码"),
    "phone": ("联系电话", "电话", "手机号码"),
    "address": ("家庭住址", "住址", "地址", "现住址"),
    "born": ("出生日期",),
    "village": ("村代码", "村（社区）代码", "村(社区)代码"),
    "categories": ("救助类别", "对象类别", "类别"),
    "tier": ("自理能力", "护理档次"),
    "registered_region": ("户籍地代码",),
    "kind": ("名单类别", "对象类型"),
    "risk": ("风险等级",),
}
"""Column names by field: the first is the one that is told where a column is missing."""
NEEDED: Mapping[str, tuple[str, ...]] = {
    "ledger": ("name", "id_number", "village", "categories", "tier"),
    "targets": ("name", "id_number", "village", "kind"),
}
IGNORED = frozenset({"", "序号", "编号", "备注", "性别", "年龄", "乡镇", "村", "村（社区）", "乡镇（街道）"})
"""Columns that ledgers usually have and that say nothing new; any other is told, so that nothing is lost unseen."""
TIERS: Mapping[str, Tier] = {
    "able": "able", "能力完好": "able", "自理": "able", "全自理": "able", "一档": "able",
    "half": "half", "部分失能": "half", "半失能": "half", "半护理": "half", "半自理": "half", "二档": "half",
    "full": "full", "完全失能": "full", "失能": "full", "全护理": "full", "三档": "full",
}  # fmt: skip
RISKS: Mapping[str, Risk] = {"": "low", "高": "high", "中": "medium", "低": "low", "high": "high", "medium": "medium",
                             "low": "low"}  # fmt: skip
_NAME = re.compile(rf"{PLAIN}{{1,60}}")
_PHONE = re.compile(r"[0-9+ -]{5,20}")
_ADDRESS = re.compile(rf"{PLAIN}{{1,200}}")
_VILLAGE = re.compile(r"[0-9]{12}")
_REGION = re.compile(r"[0-9]{6}|[0-9]{9}|[0-9]{12}")
_ID = re.compile(r"[0-9]{17}[0-9X]")
_SEPARATORS = re.compile(r"[、，,;；/ ]+")


@dataclass(frozen=True, kw_only=True, repr=False)
class Person:
    """Who a row is about; it has no ``repr``, so that nothing of it gets into a log."""

    name: str
    id_number: str
    phone: str | None
    address: str | None
    born: date
    village: str
    registered_region: str
    categories: tuple[str, ...] = ()
    tier: Tier = "able"
    kind: str = ""
    risk: Risk = "low"

    @property
    def township(self) -> str:
        """The village's township."""
        return self.village[:9]


def fields_of(sheet: Sheet, kind: ImportKind) -> tuple[str, ...]:
    """Which field each column holds, empty for none. ``import.column_missing .column_twice .column_unknown``."""
    named = {title: field for field, titles in COLUMNS.items() for title in (*titles, field)}
    assert set(get_args(ImportKind)) == NEEDED.keys()
    fields = tuple(named.get(title, "") for title in sheet.header)
    unknown = sum(not field and title not in IGNORED for field, title in zip(fields, sheet.header, strict=True))
    missing = tuple(Place(COLUMNS[field][0], "missing") for field in NEEDED[kind] if field not in fields)
    if missing:
        raise Refused("import.column_missing", places=missing)
    twice = sorted({COLUMNS[field][0] for field in fields if field and fields.count(field) > 1})
    if twice:
        raise Refused("import.column_twice", places=tuple(Place(title, "repeated") for title in twice))
    if unknown:
        raise Rejected("import.column_unknown", columns=unknown)
    return fields


def read_row(fields: tuple[str, ...], line: tuple[str, ...], kind: ImportKind, county: str, policy: Policy) -> Person:
    """What the row says. Raises ``Rejected`` with the first fault's code."""
    said = {field: text for field, text in zip(fields, line, strict=False) if field}
    if FORMULA in line:
        raise Rejected("import.formula")
    if not county or not _VILLAGE.fullmatch(said.get("village", "")) or not said["village"].startswith(county[:6]):
        raise Rejected("import.village_wrong")
    number = said.get("id_number", "").upper()
    born = _born(number, said.get("born", ""))
    return Person(
        name=_told(said, "name", _NAME, needed=True),
        id_number=number,
        phone=_told(said, "phone", _PHONE) or None,
        address=_told(said, "address", _ADDRESS) or None,
        born=born,
        village=said["village"],
        registered_region=_told(said, "registered_region", _REGION),
        categories=_categories(said.get("categories", ""), policy) if kind == "ledger" else (),
        tier=_tier(said.get("tier", "")) if kind == "ledger" else "able",
        kind=_kind(said.get("kind", ""), policy) if kind == "targets" else "",
        risk=_risk(said.get("risk", "")),
    )


FAULTS = {"name": "import.name_wrong", "phone": "import.phone_wrong", "address": "import.address_wrong",
          "registered_region": "import.region_wrong"}  # fmt: skip


def _told(said: Mapping[str, str], field: str, form: re.Pattern[str], *, needed: bool = False) -> str:
    text = said.get(field, "")
    if (text or needed) and not form.fullmatch(text):
        raise Rejected(FAULTS[field])
    return text


def _born(number: str, told: str) -> date:
    """The birthday that the identity number tells, which is the one told besides."""
    if not _ID.fullmatch(number):
        raise Rejected("import.id_number_wrong")
    try:
        born = date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
        said = date.fromisoformat(told.replace("/", "-").replace(".", "-")) if told else born
    except ValueError:
        raise Rejected("import.born_wrong") from None
    try:
        identity.check(number, said)
    except Rejected as refusal:
        raise Rejected("import.id_number_wrong" if refusal.code == "beneficiary.id_number_wrong"
                       else refusal.code) from None  # fmt: skip
    return born


def _categories(text: str, policy: Policy) -> tuple[str, ...]:
    """Categories by id, name or former name (paper 003 uses both names of one category)."""
    found = tuple(policy.people.category_called(part) for part in _SEPARATORS.split(text) if part)
    if not found or "" in found:
        raise Rejected("import.category_unknown")
    return tuple(sorted(set(found)))


def _tier(text: str) -> Tier:
    if text not in TIERS:
        raise Rejected("import.tier_unknown")
    return TIERS[text]


def _kind(text: str, policy: Policy) -> str:
    """What the list attests: a kind of certificate or a category, by id or name."""
    if text in policy.people.certificates:
        return text
    called = policy.people.certificate_called(text) or policy.people.category_called(text)
    if not called:
        raise Rejected("import.kind_unknown")
    return called


def _risk(text: str) -> Risk:
    if text not in RISKS:
        raise Rejected("import.risk_unknown")
    return RISKS[text]
