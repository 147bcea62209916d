"""A fact and its exchange form: the plain values of one JSON object, and back.

Public events carry the form without ``id``, ``source`` and ``position``, which come from the row of the public log.
The published language has checked the values; here they only change their shape.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from services.settlement.domain.engine import Fact
from services.settlement.domain.engine.facts import KINDS, BundleMonth, EscortStay, Grade, Segment
from services.settlement.domain.engine.rulings import WAIVED


def fact_of(told: Mapping[str, Any], *, fact_id: str, source: str, position: int) -> Fact:
    """The fact that the plain values tell; KeyError for a kind nobody knows, TypeError where a key is missing."""
    kind = KINDS[told["kind"]]
    known = {field.name for field in fields(kind)}
    values = {key: value for key, value in told.items() if key in known and value is not None}
    values |= {"id": fact_id, "source": source, "position": position}
    if "days" in values:
        values["days"] = tuple(_segment(one) for one in values["days"])
    if kind is Grade:
        values["grade"] = None if told.get("waived") or told["grade"] == WAIVED else told["grade"]
    return kind(**values)


def _segment(told: Mapping[str, Any]) -> Segment:
    rest = {key: value for key, value in told.items() if key not in ("from", "to") and value is not None}
    if "categories" in rest:
        rest["categories"] = tuple(rest["categories"])
    return Segment(first=told["from"], last=told["to"], **rest)


def told(fact: Fact) -> dict[str, Any]:
    """The exchange form of one fact, keys in the order of the specification."""
    value: dict[str, Any] = {"id": fact.id, "source": fact.source, "position": fact.position, "kind": fact.kind}
    for field in fields(fact):
        one = getattr(fact, field.name)
        if field.name in value or one is None or (field.name == "required" and not one):
            continue
        value[field.name] = _told_days(one, fact) if field.name == "days" else one
    if isinstance(fact, Grade) and fact.grade is None:
        value["waived"] = True
    return value


def _told_days(segments: tuple[Segment, ...], fact: Fact) -> list[dict[str, Any]]:
    """A ruling's days are told as those of the kind they are about: by level a stay's, by assignment a bundle's."""
    stay = isinstance(fact, EscortStay) or any(segment.level is not None for segment in segments)
    bundle = isinstance(fact, BundleMonth) or any(segment.assigned or segment.hospital for segment in segments)
    return [_told_segment(segment, stay, bundle) for segment in segments]


def _told_segment(segment: Segment, stay: bool, bundle: bool) -> dict[str, Any]:
    value: dict[str, Any] = {"from": segment.first, "to": segment.last}
    if stay:
        return value | {"level": segment.level}
    value |= {"tier": segment.tier, "categories": list(segment.categories), "age": segment.age}
    if bundle:
        value["assigned"] = segment.assigned
    if segment.hospital:
        value["hospital"] = True
    return {key: one for key, one in value.items() if one is not None}
