"""The exchange form of settlement: facts, policies and answers as files that anybody can read and compute from.

``docs/spec/facts.md`` describes it. Facts and closed answers are JSON, one object a line; a policy is the
``[settlement]`` table of a TOML document, whose other tables are somebody else's. Whatever is refused is refused
with its place: a line with a code and a reason, or the place within the policy.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from careloop.answer_json import answer_from, answer_json
from careloop.fact_keys import KEYS, SEGMENTS, take
from careloop.strict_json import ExchangeError, Malformed, numbered, parse
from services.settlement.domain.engine import Answer, Fact, SettlementPolicy
from services.settlement.domain.engine.facts import (
    KINDS,
    Allocation,
    AllowanceMonth,
    BundleMonth,
    EscortStay,
    Grade,
    Override,
    PolicyKnown,
    Ruling,
    Seal,
    Segment,
)
from services.settlement.domain.engine.rulings import WAIVED, fits
from services.settlement.domain.policy import PolicyInvalid, from_section

__all__ = [
    "ExchangeError",
    "PolicyInvalid",
    "answer_json",
    "read_closed",
    "read_facts",
    "read_policy",
    "scan_facts",
    "write_fact",
]
DATED = frozenset({"service", "goods", "escort_stay", "neighbour_service", "agreed"})
"""Kinds whose month follows from their day."""
_SEGMENT_KIND = {BundleMonth: "bundle_month", AllowanceMonth: "allowance_month", EscortStay: "escort_stay"}


def read_facts(lines: Iterable[str | bytes]) -> list[Fact]:
    """The facts, each once, in order of their first line; raises the first ``ExchangeError``."""
    facts, errors = scan_facts(lines)
    if errors:
        raise errors[0]
    return facts


def scan_facts(lines: Iterable[str | bytes]) -> tuple[list[Fact], list[ExchangeError]]:
    """The facts and every refusal. Equal ids with equal content are one fact; with different content, refused."""
    facts: dict[str, Fact] = {}
    at: dict[str, int] = {}
    errors: list[ExchangeError] = []
    for number, line in numbered(lines):
        try:
            fact = fact_from(parse(line))
            if facts.setdefault(fact.id, fact) != fact:
                raise Malformed("id.conflict", f"{fact.id} was told differently in line {at[fact.id]}")
            at.setdefault(fact.id, number)
        except Malformed as error:
            errors.append(ExchangeError(number, error.code, error.detail))
    for ruling in [fact for fact in facts.values() if isinstance(fact, Ruling) and fact.fact is not None]:
        named = facts.get(ruling.fact or "")
        if named is not None and not _may_be_ruled(named, ruling):
            detail = f"{ruling.id} names {named.id}, a {named.kind} that it cannot be about"
            errors.append(ExchangeError(at[ruling.id], "ruling.unfit", detail))
    return list(facts.values()), sorted(errors, key=lambda error: error.line)


def _may_be_ruled(named: Fact, ruling: Ruling) -> bool:
    return not isinstance(named, Allocation | Override | PolicyKnown | Seal) and fits(named, ruling)


def fact_from(value: dict[str, Any]) -> Fact:
    """The fact that a parsed line says; raises ``Malformed``."""
    if "kind" not in value:
        raise Malformed("key.missing", "kind")
    kind = value["kind"]
    if not isinstance(kind, str) or kind not in KEYS:
        raise Malformed("kind.unknown", str(kind)[:40])
    fields = take({name: one for name, one in value.items() if name != "kind"}, KEYS[kind])
    if kind in ("grade", "ruling"):
        _grade(fields, kind)
    told = fields.pop("month", None) if kind in DATED else None
    fact = KINDS[kind](**fields)
    _check(fact, told)
    return fact


def _grade(fields: dict[str, Any], kind: str) -> None:
    """A grade is a name or waived, told as ``grade: "waived"`` or ``waived: true``; a ruling may have neither."""
    if "waived" in fields and "grade" in fields:
        raise Malformed("value.malformed", "grade and waived exclude each other")
    if fields.pop("waived", False):
        fields["grade"] = WAIVED
    if kind == "grade":
        if "grade" not in fields:
            raise Malformed("key.missing", "grade")
        fields["grade"] = None if fields["grade"] == WAIVED else fields["grade"]


def _check(fact: Fact, told: str | None) -> None:
    if told is not None and told != getattr(fact, "month", told):
        raise Malformed("value.malformed", "month must be that of day")
    if isinstance(fact, BundleMonth | AllowanceMonth):
        for segment in fact.days:
            if segment.first[:7] != fact.month or segment.last[:7] != fact.month:
                raise Malformed("segments.outside_month", f"{segment.first} to {segment.last} is not in {fact.month}")
    if isinstance(fact, Ruling):
        _check_ruling(fact)


def _check_ruling(ruling: Ruling) -> None:
    told = [ruling.units is not None, ruling.days is not None, ruling.amount_fen is not None, ruling.grade is not None]
    owed = (ruling.payee, ruling.purchaser, ruling.township, ruling.person, ruling.rule)
    if ruling.fact is not None:
        if any(one is not None for one in (*owed, ruling.day)) or sum(told) > 1:
            raise Malformed("ruling.form", "with fact: at most one of units, days, amount_fen, grade, nothing else")
        if (ruling.units or 0) < 0 or (ruling.amount_fen or 0) < 0:
            raise Malformed("value.malformed", "what replaces a fact's quantity must not be negative")
        return
    for name, one in zip(("payee", "purchaser", "township", "person", "rule"), owed, strict=True):
        if one is None:
            raise Malformed("key.missing", name)
    if ruling.days is not None or ruling.grade is not None or sum(told) != 1:
        raise Malformed("ruling.form", "without fact: exactly one of units and amount_fen")
    if ruling.units is not None and ruling.day is None:
        raise Malformed("key.missing", "day")


def write_fact(fact: Fact) -> str:
    """The fact as one line of JSON, without the line's end."""
    value: dict[str, Any] = {}
    for key in KEYS[fact.kind]:
        if key.name == "position":
            value |= {"position": fact.position, "kind": fact.kind}
            continue
        told = getattr(fact, key.field, None)
        if key.name == "waived" or told is None or (key.name == "required" and not told):
            continue
        value[key.name] = [_segment(one, fact) for one in told] if key.name == "days" else told
    if isinstance(fact, Grade) and fact.grade is None:
        value["waived"] = True
    if fact.kind in DATED:
        del value["month"]
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _segment(segment: Segment, fact: Fact) -> dict[str, Any]:
    if isinstance(fact, BundleMonth | AllowanceMonth | EscortStay):
        kind = _SEGMENT_KIND[fact.__class__]  # not its type: of a log, that is a stand-in
    else:
        kind = "escort_stay" if segment.level else "bundle_month"
    value = {}
    for key in SEGMENTS[kind]:
        told = getattr(segment, key.field)
        if key.required or (told is not None and told is not False):
            value[key.name] = list(told) if isinstance(told, tuple) else told
    return value


def read_policy(document: str) -> SettlementPolicy:
    """The settlement section of a TOML policy; raises ``PolicyInvalid`` with every fault and its place."""
    try:
        section = tomllib.loads(document, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise PolicyInvalid([f"document: {error}"]) from None
    if "settlement" not in section:
        raise PolicyInvalid(["settlement: is missing"])
    return from_section(section["settlement"])


def read_closed(lines: Iterable[str | bytes]) -> list[Answer]:
    """The answers of earlier closes, one a line; raises ``ExchangeError``."""
    answers = []
    for number, line in numbered(lines):
        try:
            answers.append(answer_from(parse(line)))
        except Malformed as error:
            raise ExchangeError(number, error.code, error.detail) from None
    return answers
