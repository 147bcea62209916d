"""What a county says about needs: ``[orders.needs]`` of its pack, and the defaults where it says nothing.

Without that section no clock runs, any document and department may be named, everybody may apply, surveys take any
form, the team is that of ``[orders.survey]``, and amounts have no limits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.orders.domain.deadline import Calendar, Clock, Running, begun
from services.orders.domain.policy.instruments import Instrument, read_instrument

FORMS = frozenset({"home", "phone", "video"})
RESIDENCES = frozenset({"registered", "permit", "visiting"})
TEAM = ("village_worker", "aide")
ESCALATE_AFTER_DAYS = 3


@dataclass(frozen=True, kw_only=True)
class Document:
    """Whether a document can be looked up, and whether a signed commitment may stand for it."""

    looked_up: bool
    commitment: bool


@dataclass(frozen=True, kw_only=True)
class Limits:
    """One-time help in times the monthly standard (fen); soft limits (paper 002, part 3 (3) item 10: 2-4, 2-10)."""

    standard_fen: int
    urgent: tuple[int, int]
    other: tuple[int, int]

    def of(self, *, urgent: bool) -> tuple[int, int]:
        """Least and most, in fen."""
        low, high = self.urgent if urgent else self.other
        return low * self.standard_fen, high * self.standard_fen


@dataclass(frozen=True, kw_only=True)
class Emergency:
    """Between two days, both inclusive: who approves at once, and whether every need counts as urgent."""

    valid_from: date
    valid_to: date
    approves: frozenset[str]
    all_urgent: bool
    report_within_days: int


@dataclass(frozen=True, kw_only=True)
class NeedRules:
    """A county's rules about needs. ``documents``, ``departments``, ``difficulties`` empty: any code is taken.
    ``group_of`` is the name of the group an item stands in, for the notice."""

    clocks: Mapping[str, Clock]
    calendar: Calendar
    instruments: tuple[Instrument, ...]
    documents: Mapping[str, Document]
    departments: frozenset[str]
    difficulties: frozenset[str]
    commitment: frozenset[str]
    residences: frozenset[str]
    forms: frozenset[str]
    team: tuple[str, ...]
    substitutes: Mapping[str, frozenset[str]]
    limits: Limits | None
    emergencies: tuple[Emergency, ...]
    posted_days: int
    long_term: bool
    group_of: Mapping[str, str]

    def starts(self, step: str, day: date, *, fast: bool = False) -> Running | None:
        """The clock of ``step`` from ``day`` on; None where the pack names none."""
        clock = self.clocks.get(step)
        return begun(clock, self.calendar, day, fast=fast) if clock else None

    def emergency(self, day: date) -> Emergency | None:
        """The emergency of ``day``, if there is one."""
        return next((one for one in self.emergencies if one.valid_from <= day <= one.valid_to), None)

    def team_fits(self, roles: tuple[str, ...]) -> bool:
        """Whether these roles, in any order, are those of the team or may stand in for them."""
        left = list(roles)
        for member in self.team:
            fitting = [role for role in left if role == member or role in self.substitutes.get(member, ())]
            if not fitting:
                return False
            left.remove(fitting[0])
        return not left


def read_needs(orders: Mapping[str, Any]) -> NeedRules:
    """The rules of an ``[orders]`` section."""
    needs: Mapping[str, Any] = orders.get("needs", {})
    intake, survey = needs.get("intake", {}), needs.get("survey", {})
    return NeedRules(
        clocks={entry["step"]: _clock(entry) for entry in needs.get("clock", ())},
        calendar=read_calendar(orders),
        instruments=tuple(read_instrument(entry) for entry in needs.get("instrument", ())),
        documents={
            entry["id"]: Document(looked_up=entry.get("looked_up", False), commitment=entry.get("commitment", False))
            for entry in needs.get("document", ())
        },
        departments=frozenset(entry["id"] for entry in needs.get("department", ())),
        difficulties=frozenset(entry["id"] for entry in needs.get("difficulty", ())),
        commitment=frozenset(intake.get("commitment", ())),
        residences=frozenset(intake.get("residence", RESIDENCES)),
        forms=frozenset(survey.get("forms", FORMS)),
        team=_team(orders["survey"]),
        substitutes={entry["member"]: frozenset(entry["roles"]) for entry in survey.get("substitute", ())},
        limits=_limits(needs["limits"]) if "limits" in needs else None,
        emergencies=tuple(_emergency(entry) for entry in needs.get("emergency", ())),
        posted_days=orders["notice"]["posted_days"],
        long_term=needs.get("posting", {}).get("long_term", False),
        group_of=_groups(orders),
    )


def read_calendar(orders: Mapping[str, Any]) -> Calendar:
    """The working days that the pack records; without them week-ends rest and no holiday is known."""
    calendar = orders.get("needs", {}).get("calendar", {})
    return Calendar(holidays=_days(calendar.get("holidays", ())), workdays=_days(calendar.get("workdays", ())))


def _clock(entry: Mapping[str, Any]) -> Clock:
    return Clock(
        step=entry["step"],
        days=entry["days"],
        working=entry.get("working", True),
        fast_days=entry.get("fast_days", entry["days"]),
        escalate_after_days=entry.get("escalate_after_days", ESCALATE_AFTER_DAYS),
    )


def _team(survey: Mapping[str, Any]) -> tuple[str, ...]:
    members: tuple[str, ...] = tuple(entry["role"] for entry in survey["member"] for _ in range(entry["people"]))
    return members or TEAM


def _groups(orders: Mapping[str, Any]) -> dict[str, str]:
    names = {entry["id"]: entry["name"] for entry in orders["group"]}
    return {entry["id"]: names[entry["group"]] for entry in orders["item"]}


def _limits(entry: Mapping[str, Any]) -> Limits:
    yuan, _, cents = entry["standard_yuan"].partition(".")
    return Limits(
        standard_fen=int(yuan) * 100 + int(cents.ljust(2, "0")),
        urgent=(entry["urgent_from_times"], entry["urgent_to_times"]),
        other=(entry["other_from_times"], entry["other_to_times"]),
    )


def _emergency(entry: Mapping[str, Any]) -> Emergency:
    return Emergency(
        valid_from=date.fromisoformat(entry["valid_from"]),
        valid_to=date.fromisoformat(entry["valid_to"]),
        approves=frozenset("bureau" if body == "county" else body for body in entry["approves"]),
        all_urgent=entry["all_urgent"],
        report_within_days=entry["report_within_days"],
    )


def _days(texts: tuple[str, ...] | list[str]) -> frozenset[date]:
    return frozenset(date.fromisoformat(text) for text in texts)
