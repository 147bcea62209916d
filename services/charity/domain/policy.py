"""What the charity service reads of a county's policy pack: the section ``[charity]``, by version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chassis.kernel import NotYet
from services.charity.domain import giving_policy


@dataclass(frozen=True, kw_only=True)
class Policy:
    """One version: how long a claim is held, how many a claimant may have open, who waits for how long."""

    version: str
    effective_from: date
    publish_within_days: int
    hold_hours: int
    quota: int
    fulfil_within_days: int
    waiting_places: int
    answer_within_hours: int
    giving: giving_policy.Giving = field(default_factory=giving_policy.Giving)


def read(document: Mapping[str, Any]) -> Policy:
    """The section of a whole pack, which was checked when it was published; KeyError for a pack that was not."""
    pack, section = document["pack"], document["charity"]
    claim, waiting = section["claim"], section["waiting_list"]
    return Policy(
        version=pack["version"],
        effective_from=date.fromisoformat(pack["effective_from"]),
        publish_within_days=section["publication"]["publish_within_days"],
        hold_hours=claim["hold_hours"],
        quota=claim["quota"],
        fulfil_within_days=claim["fulfil_within_days"],
        waiting_places=waiting["places"],
        answer_within_hours=waiting["answer_within_hours"],
        giving=giving_policy.read(section),
    )


def named(policies: Sequence[Policy], version: str) -> Policy:
    """The version an event names; NotYet while it has not arrived here."""
    for policy in policies:
        if policy.version == version:
            return policy
    raise NotYet(version)


def in_force(policies: Sequence[Policy], day: date) -> Policy | None:
    """The latest effective version on ``day``, of equals the last adopted; None where there is none."""
    effective = [policy for policy in policies if policy.effective_from <= day]
    if not effective:
        return None
    latest = max(policy.effective_from for policy in effective)
    return [policy for policy in effective if policy.effective_from == latest][-1]
