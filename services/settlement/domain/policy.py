"""The settlement section of a locality's policy, as frozen values.

``from_section`` turns the ``[settlement]`` table of a policy pack into a ``SettlementPolicy``, or refuses it with
every fault named by its place (``settlement.rule[2].rate_yuan: ...``). Amounts become integer fen, rates, weights and
percentages exact fractions. A version is complete in itself; nothing is inherited from an earlier one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from services.settlement.domain.engine.tariff import Fund, Item, Rule, SettlementPolicy, When

KINDS: Final = ("per_unit", "per_person_month", "goods", "per_day", "allowance", "per_year_units", "agreed")
DEDUCTIBLE_KINDS: Final = frozenset({"per_unit", "per_person_month"})
"""Kinds of rule whose groups a grade reduces unless the rule says otherwise (S10)."""
PERIODS: Final = ("week", "half_month", "month", "half_year")
FLAT_PRICES: Final = ("rate_yuan", "price_yuan", "unit_cost_yuan")
TABLE_PRICES: Final = ("rate_by_tier", "rate_by_level")
PRICES_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "per_unit": FLAT_PRICES,
    "goods": FLAT_PRICES,
    "per_year_units": FLAT_PRICES,
    "per_person_month": ("rate_yuan", "rate_by_tier"),
    "allowance": ("rate_yuan", "rate_by_tier"),
    "per_day": ("rate_by_level",),
    "agreed": (),
}
_AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,12})?", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class PolicyInvalid(ValueError):
    """A settlement section is refused; ``faults`` are ``place: reason`` strings, one for each fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


class Place:
    """One table of the document while it is read: takes keys by name and notes every fault with its place."""

    def __init__(self, table: object, name: str, faults: list[str]) -> None:
        self.name, self.faults = name, faults
        self.table: dict[str, Any] = dict(table) if isinstance(table, Mapping) else {}
        if not isinstance(table, Mapping):
            faults.append(f"{name}: must be a table")

    def fault(self, key: str, reason: str) -> None:
        self.faults.append(f"{self.name}.{key}: {reason}")

    def take(self, key: str, required: bool = False) -> Any:
        if required and key not in self.table:
            self.fault(key, "is missing")
        return self.table.pop(key, None)

    def finish(self) -> None:
        """Note every key that nobody asked for."""
        for key in self.table:
            self.fault(key, "is not known")

    def text(self, key: str, required: bool = False) -> str:
        value = self.take(key, required)
        if value is None:
            return ""
        if not isinstance(value, str) or not value or "\x00" in value:
            self.fault(key, "must be a text that is not empty")
            return ""
        return value

    def choice(self, key: str, allowed: tuple[str, ...], required: bool = False) -> str | None:
        value = self.take(key, required)
        if value is not None and value not in allowed:
            self.fault(key, f"must be one of {', '.join(allowed)}")
        return value if isinstance(value, str) and value in allowed else None

    def flag(self, key: str, default: bool) -> bool:
        value = self.take(key)
        if value is not None and not isinstance(value, bool):
            self.fault(key, "must be true or false")
        return value if isinstance(value, bool) else default

    def count(self, key: str) -> int | None:
        value = self.take(key)
        if value is None:
            return None
        if type(value) is not int or value < 0:
            self.fault(key, "must be a whole number, not negative")
            return None
        return value

    def day(self, key: str, required: bool = False) -> str | None:
        value = self.take(key, required)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value.isoformat()
        if value is None:
            return None
        try:
            if not isinstance(value, str) or not _DAY.fullmatch(value):
                raise ValueError
            date.fromisoformat(value)
        except ValueError:
            self.fault(key, "must be a day YYYY-MM-DD")
            return None
        return value

    def number(self, key: str, at_most: int | None = None, required: bool = False) -> Fraction | None:
        """An exact number, not negative: a decimal text, a whole number or a decimal."""
        value = self.take(key, required)
        if value is None:
            return None
        exact = str(value) if isinstance(value, str | Decimal) or type(value) is int else ""
        if not _NUMBER.fullmatch(exact) or (at_most is not None and Fraction(exact) > at_most):
            self.fault(key, "must be a decimal number" + ("" if at_most is None else f" from 0 to {at_most}"))
            return None
        return Fraction(exact)

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.take(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(text, str) and text for text in value):
            self.fault(key, "must be a list of texts")
            return ()
        if len(set(value)) != len(value):
            self.fault(key, "names one twice")
        return tuple(value)

    def amount(self, key: str) -> int | None:
        return None if key not in self.table else self.fen(key, self.take(key))

    def fen(self, key: str, value: object) -> int | None:
        """Decimal yuan text with at most two places, as fen."""
        if not isinstance(value, str) or not _AMOUNT.fullmatch(value):
            self.fault(key, "must be yuan as a decimal text with at most two places")
            return None
        return int(Fraction(value) * 100)

    def tables(self, key: str) -> list[Place]:
        value = self.take(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(key, "must be a list of tables")
            return []
        places = [Place(table, f"{self.name}.{key}[{index}]", self.faults) for index, table in enumerate(value, 1)]
        named = [place.table.get("id") for place in places]
        for place, name in zip(places, named, strict=True):
            if isinstance(name, str) and named.count(name) > 1:
                place.fault("id", "is given twice")
        return places


def from_section(section: object) -> SettlementPolicy:
    """The policy that a ``[settlement]`` table says; raises ``PolicyInvalid`` with every fault."""
    faults: list[str] = []
    place = Place(section, "settlement", faults)
    version, effective_from = place.text("version", True), place.day("effective_from", True)
    retroactive = place.flag("retroactive", False)
    rules = tuple(_rule(table) for table in place.tables("rule"))
    grades = dict(_grade(table) for table in place.tables("grade"))
    funds = [_fund(table) for table in place.tables("fund")]
    place.finish()
    if faults:
        raise PolicyInvalid(faults)
    return SettlementPolicy(
        version=version,
        effective_from=effective_from or "",
        retroactive=retroactive,
        rules=rules,
        grades=grades,
        funds={fund.id: fund for fund in funds},
    )


def _rule(place: Place) -> Rule:
    name, kind = place.text("id", True), place.choice("kind", KINDS, True) or ""
    price_fen, price_by = _price(place, kind)
    rule = Rule(
        id=name,
        kind=kind,
        price_fen=price_fen,
        price_by=price_by,
        when=_when(place),
        items=tuple(_item(table) for table in place.tables("items")),
        funds=place.texts("funds"),
        deductible=place.flag("deductible", kind in DEDUCTIBLE_KINDS),
        part_month=place.choice("part_month", ("days", "full", "next_month")) or "days",
        hospital_days=place.flag("hospital_days", True),
        units_per_month=place.count("units_per_month"),
        yearly_limit_fen=place.amount("yearly_limit_yuan"),
        valid_from=place.day("valid_from"),
        valid_to=place.day("valid_to"),
        cite=_cite(place),
    )
    if rule.valid_from and rule.valid_to and rule.valid_from > rule.valid_to:
        place.fault("valid_to", "is before valid_from")
    place.finish()
    return rule


def _price(place: Place, kind: str) -> tuple[int | None, dict[str, int] | None]:
    """Exactly one price of the forms that the kind knows; ``agreed`` has none."""
    given = [key for key in (*FLAT_PRICES, *TABLE_PRICES) if key in place.table]
    allowed = PRICES_OF.get(kind, ())
    if kind and (len(given) != (1 if allowed else 0) or any(key not in allowed for key in given)):
        wanted = f"needs exactly one of {', '.join(allowed)}" if allowed else "takes no price"
        place.fault(given[0] if given else (allowed or ("kind",))[0], f"a rule of kind {kind} {wanted}")
    flat = [place.amount(key) for key in FLAT_PRICES if key in place.table]
    table: dict[str, int] | None = None
    for key in TABLE_PRICES:
        if key in place.table:
            rows = Place(place.take(key), f"{place.name}.{key}", place.faults)
            fens = {name: rows.fen(name, value) for name, value in rows.table.items()}
            table = {name: fen for name, fen in fens.items() if fen is not None}
    return (flat[0] if flat else None), table


def _when(place: Place) -> When:
    table = Place(place.take("when") or {}, f"{place.name}.when", place.faults)
    when = When(
        categories_any=frozenset(table.texts("categories_any")),
        categories_all=frozenset(table.texts("categories_all")),
        tiers=frozenset(table.texts("tiers")),
        min_age=table.count("min_age"),
        max_age=table.count("max_age"),
    )
    table.finish()
    return when


def _cite(place: Place) -> str:
    """The citation as one line: as told, or the paper and section of a table {paper, section, note, parameter}."""
    if not isinstance(place.table.get("cite"), Mapping):
        return place.text("cite")
    table = Place(place.take("cite"), f"{place.name}.cite", place.faults)
    paper, section = table.text("paper", True), table.text("section", True)
    table.text("note")
    table.flag("parameter", False)
    table.finish()
    return f"paper {paper}, {section}"


def _item(place: Place) -> Item:
    weight = place.number("weight")
    item = Item(
        id=place.text("id", True), per=place.choice("per", PERIODS), weight=Fraction(1) if weight is None else weight
    )
    place.finish()
    return item


def _grade(place: Place) -> tuple[str, Fraction]:
    name, rate = place.text("id", True), place.number("rate", at_most=1, required=True)
    place.finish()
    return name, rate or Fraction(0)


def _fund(place: Place) -> Fund:
    fund = Fund(
        id=place.text("id", True),
        owner=place.text("owner"),
        base=place.text("base") or None,
        percent=place.number("percent"),
        mode=place.choice("mode", ("hard", "soft", "share")),
        override_role=place.text("override_role") or None,
    )
    if (fund.base is None) != (fund.percent is None):
        place.fault("base", "base and percent belong together")
    if fund.mode is not None and fund.base is None:
        place.fault("mode", "needs a base and a percent")
    place.finish()
    return fund
