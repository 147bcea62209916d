"""What the providers service reads of a county's policy pack: the section ``[providers]``, by version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chassis.kernel import NotYet, Rejected
from services.providers.domain import excepting, grading, matching_rules, proving, register_rules, visiting
from services.providers.domain.excepting import Excepting
from services.providers.domain.grading import Grading
from services.providers.domain.matching_rules import Matching
from services.providers.domain.proving import Proving
from services.providers.domain.register_rules import NOTHING_ASKED, RegisterRules
from services.providers.domain.visiting import Visiting

SPEED_KM_PER_HOUR = 30
"""Where the pack names none: a scooter on village roads."""

DETOUR_PERCENT = 130
"""Where the pack names none: a road is thirty percent longer than the straight line."""


@dataclass(frozen=True, kw_only=True)
class Policy:
    """One version. Minimum minutes by item override ``minimum_minutes``; a tender is named on every agreement."""

    version: str
    effective_from: date
    answer_within_minutes: int
    most_offers: int
    reach_within_minutes: int
    speed_km_per_hour: int
    detour_percent: int
    tender: bool
    longest_months: int
    minimum_minutes: int
    minimum_minutes_by_item: Mapping[str, int]
    report_within_hours: int
    one_time_code: bool
    visits: Visiting = field(default_factory=Visiting)
    registers: RegisterRules = NOTHING_ASKED
    matching: Matching = matching_rules.DEFAULT
    exceptions: Excepting = excepting.USUAL
    proofs: Proving = field(default_factory=Proving)
    grading: Grading | None = None

    def least_minutes(self, item: str) -> int:
        """The least time of a visit for ``item``; shorter ones are looked at."""
        return self.minimum_minutes_by_item.get(item, self.minimum_minutes)


def read(document: Mapping[str, Any]) -> Policy:
    """The section of a whole pack, which was checked when it was published; KeyError for a pack that was not."""
    pack, section = document["pack"], document["providers"]
    offer, circle, agreement, visit = (section[name] for name in ("offer", "circle", "agreement", "visit"))
    return Policy(
        version=pack["version"],
        effective_from=date.fromisoformat(pack["effective_from"]),
        answer_within_minutes=offer["answer_within_minutes"],
        most_offers=offer["most_offers"],
        reach_within_minutes=circle["reach_within_minutes"],
        speed_km_per_hour=circle.get("speed_km_per_hour", SPEED_KM_PER_HOUR),
        detour_percent=circle.get("detour_percent", DETOUR_PERCENT),
        tender=agreement["tender"],
        longest_months=agreement["longest_months"],
        minimum_minutes=visit["minimum_minutes"],
        minimum_minutes_by_item=dict(visit.get("minimum_minutes_by_item", {})),
        report_within_hours=visit["report_within_hours"],
        one_time_code=visit["one_time_code"],
        visits=visiting.read(section.get("visits") or {}),
        registers=register_rules.read(section.get("registers")),
        matching=matching_rules.read(section.get("matching")),
        exceptions=excepting.read(section.get("exceptions")),
        proofs=proving.read(section.get("proofs") or {}),
        grading=grading.read(section.get("grading"), section.get("assessment")),
    )


def named(policies: Sequence[Policy], version: str) -> Policy:
    """The version an event names; NotYet while it has not arrived here."""
    for policy in policies:
        if policy.version == version:
            return policy
    raise NotYet(version)


def in_force(policies: Sequence[Policy], day: date) -> Policy:
    """The latest effective version on ``day``, of equals the last adopted; refused where there is none."""
    effective = [policy for policy in policies if policy.effective_from <= day]
    if not effective:
        raise Rejected("policy.none_in_force")
    latest = max(policy.effective_from for policy in effective)
    return [policy for policy in effective if policy.effective_from == latest][-1]
