"""Reads the row of a person's file back into what the rules reckon with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.orders.domain.categories import Certificate, Facts, Group, categories_on
from services.orders.domain.checklist import Held
from services.orders.domain.days import completed_years
from services.orders.domain.policy import Policy
from services.orders.domain.status import Status, Tier, status_on

FILE = "select id, number, township, village, born, died_on, held, boxes from person_files"


@dataclass(frozen=True, kw_only=True)
class File:
    """A person's file as it stands; ``held`` has everything else as it is written."""

    id: UUID
    facts: Facts
    held: Mapping[str, Any]

    def reasons(self, day: date, policy: Policy) -> list[tuple[str, str, str]]:
        """Category, reason (recorded, certificate, household, rule) and source on ``day``."""
        recorded = [(category, "recorded", "") for category in status_on(self.facts.recorded, day).categories]
        return sorted([*recorded, *categories_on(self.facts, day, policy)])

    def tier(self, day: date) -> Tier:
        """The care tier on ``day``."""
        return status_on(self.facts.recorded, day).tier

    def certificates(self, day: date) -> set[str]:
        """The kinds of certificates that are valid on ``day``."""
        return {one.kind for one in self.facts.certificates if one.valid_on(day)}

    def age(self, day: date) -> int:
        """Completed years on ``day``."""
        return completed_years(self.facts.born, day)

    @property
    def materials(self) -> tuple[Held, ...]:
        """What is in the file."""
        return tuple(
            Held(kind=one["kind"], way=one["way"], on=date.fromisoformat(one["on"])) for one in self.held["materials"]
        )


def read_file(row: Mapping[str, Any]) -> File:
    """The file that a row of ``FILE`` holds."""
    held = json.loads(row["held"])
    facts = Facts(
        born=row["born"],
        recorded=tuple(_status(one) for one in held["recorded"]),
        certificates=tuple(_certificate(one) for one in held["certificates"]),
        groups=tuple(_group(one) for one in held["groups"]),
    )
    return File(id=row["id"], facts=facts, held=held)


def _status(one: Mapping[str, Any]) -> Status:
    from_day = date.fromisoformat(one["from_day"])
    return Status(from_day=from_day, tier=one["tier"], categories=tuple(one["categories"]))


def _certificate(one: Mapping[str, Any]) -> Certificate:
    return Certificate(
        kind=one["kind"],
        valid_from=date.fromisoformat(one["valid_from"]),
        valid_to=_day(one["valid_to"]),
        sha256=one["sha256"],
    )


def _group(one: Mapping[str, Any]) -> Group:
    return Group(
        household=one["household"],
        category=one["category"],
        grade=one["grade"],
        from_day=date.fromisoformat(one["from_day"]),
        to_day=_day(one["to_day"]),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
