"""Whether a claimant may take a claim: blocked, of the kind and age asked for, able, assessed, free at that time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from chassis.kernel import Rejected
from services.charity.domain import calendar
from services.charity.domain.claimant.messages import Asked, Registered, Window
from services.charity.domain.claimant.state import Claimant
from services.charity.domain.policy import Fairness, Policy

ADULT = 18
"""Years (Civil Code, art. 17)."""
KINDS = {"persons": "person", "companies": "company"}


def refuse_unless_suited(claimant: Claimant, asked: Asked, policy: Policy, at: datetime) -> None:
    """Everything that the order and the county ask; the first thing missing is said."""
    assert claimant.registered is not None
    day = calendar.day_of(at)
    for who in ("bureau", str(asked.charity)):
        until = claimant.blocks.get(who)
        if until is not None and day <= until:
            raise Rejected("claimant.blocked", until=until.isoformat())
    if asked.claimants in KINDS and claimant.registered.kind != KINDS[asked.claimants]:
        raise Rejected("claimant.not_this_kind", claimants=asked.claimants)
    if asked.claimants == "companies" and not claimant.registered.credit_code:
        raise Rejected("claimant.credit_code_missing")
    if claimant.registered.kind == "person":
        _refuse_by_age(claimant, claimant.registered, asked.min_age, policy.fairness, day)
    for skill in asked.skills:
        until = claimant.skills.get(skill, date.min)
        if until is not None and until < day:
            raise Rejected("claimant.skill_missing", skill=skill)
    _refuse_unfit(claimant, asked.item, policy.fairness, day)


def _refuse_by_age(claimant: Claimant, registered: Registered, min_age: int, fairness: Fairness, day: date) -> None:
    """Only the year of birth is known: an age counts once it is reached by everybody born in that year."""
    if registered.born_in is None:
        if min_age:
            raise Rejected("claimant.age_unknown")
        return
    age = day.year - registered.born_in - 1
    if age < max(min_age, fairness.least_age):
        raise Rejected("claimant.too_young", min_age=max(min_age, fairness.least_age))
    if age < ADULT and (claimant.consent_to is None or claimant.consent_to < day):
        raise Rejected("claimant.consent_missing")


def _refuse_unfit(claimant: Claimant, item: str, fairness: Fairness, day: date) -> None:
    """The last assessment that speaks of the item counts (Charity Law, art. 67)."""
    about = [one for one in claimant.assessed if not one.items or item in one.items]
    valid = about[-1] if about and about[-1].valid_to >= day else None
    if valid is not None and not valid.fit:
        raise Rejected("claimant.not_fit")
    if valid is None and item in fairness.suitability_items:
        raise Rejected("claimant.not_assessed")


def quota(claimant: Claimant, asked: Asked | None, policy: Policy, at: datetime) -> int:
    """How many claims it may have open: fewer after repeated no-shows, more for what would soon be given up."""
    fairness = policy.fairness
    since = at - timedelta(days=fairness.no_show_days)
    missed = sum(one > since for one in claimant.no_shows)
    if fairness.no_show_limit and missed >= fairness.no_show_limit:
        return min(fairness.no_show_quota, policy.quota)
    if asked and fairness.quota_relaxed and asked.ends_at - at <= timedelta(hours=fairness.relax_within_hours):
        return max(fairness.quota_relaxed, policy.quota)
    return policy.quota


def refuse_overlap(claimant: Claimant, claim_id: UUID, window: Window | None) -> None:
    """Nobody is at two places at once; a company sends several people."""
    if window is None or (claimant.registered and claimant.registered.kind == "company"):
        return
    ends_at = window.starts_at + timedelta(minutes=window.minutes)
    for other, planned in claimant.windows.items():
        planned_to = planned.starts_at + timedelta(minutes=planned.minutes)
        if other != claim_id and window.starts_at < planned_to and planned.starts_at < ends_at:
            raise Rejected("claim.overlaps")
