"""Who helps where nobody is paid by tariff, and a provider's plan of service (paper 001, part (4) items 1 to 6).

- institution: only with recorded consent; who declines loses nothing else; who is too ill is referred to hospital;
- department linkage: one department; it is closed when its help is recorded;
- pairing: one person responsible; social workers and volunteers: a team of aide, social worker and volunteer;
- neighbours: one neighbour, trained before the first day.
"""

from __future__ import annotations

from collections import Counter

from chassis.kernel import Rejected
from services.orders.domain.days import business_day
from services.orders.domain.plan.entries import ARRANGED, Entry
from services.orders.domain.plan.known import Known
from services.orders.domain.plan.state import Plan
from services.orders.domain.plan.words import (
    Arrange,
    Arranged,
    DecideServicePlan,
    DeclineInstitution,
    Event,
    InstitutionDeclined,
    ReferredToHospital,
    ServicePlanAgreed,
    ServicePlanReturned,
    ServicePlanSubmitted,
    SubmitServicePlan,
)
from services.orders.domain.policy import in_force

NEEDED = {
    "institution": ("institution",),
    "department_linkage": ("department",),
    "party_pairing": ("responsible",),
    "social_work_volunteers": ("aide", "social_worker", "volunteer"),
    "neighbour_mutual_aid": ("neighbour",),
}
"""Who is named for which mode, each once."""


def arrange(command: Arrange, state: Plan) -> list[Event]:
    """Exactly those the mode asks for; from a day on, also in place of others."""
    entry = _entry(state, command.item, arranged=True)
    mode = entry.planned.mode
    if Counter(helper.role for helper in command.helpers) != Counter(NEEDED[mode]):
        raise Rejected("plan.team_incomplete", needed=", ".join(NEEDED[mode]))
    if mode == "institution" and (command.consent_on is None or command.consent_on > business_day(command.at)):
        raise Rejected("plan.consent_missing")
    if mode == "neighbour_mutual_aid":
        trained = command.helpers[0].trained_on
        if trained is None or trained > min(command.from_day, business_day(command.at)):
            raise Rejected("plan.neighbour_untrained")
    if (entry.helper, entry.opens_from) == (command.helpers[0].id, command.from_day):
        return []
    return [
        Arranged(
            number=entry.number,
            from_day=command.from_day,
            helpers=command.helpers,
            consent_on=command.consent_on,
            at=command.at,
        )
    ]


def decline_institution(command: DeclineInstitution, state: Plan) -> list[Event]:
    """Nothing else of the plan changes; with a finding the person is referred to a medical institution."""
    entry = _entry(state, command.item, arranged=True)
    if entry.planned.mode != "institution":
        raise Rejected("plan.item_not_arranged")
    if command.finding is None:
        return [InstitutionDeclined(number=entry.number, at=command.at)]
    return [ReferredToHospital(number=entry.number, finding=command.finding, at=command.at)]


def submit_service_plan(command: SubmitServicePlan, state: Plan) -> list[Event]:
    """By the provider that is named for the item, else by who serves the person."""
    entry = _entry(state, command.item, arranged=False)
    if command.provider != (entry.planned.provider or state.provider):
        raise Rejected("plan.service_plan_not_yours")
    before = state.service_plans.get(entry.number)
    if before is not None and before.stage != "returned":
        raise Rejected("plan.service_plan_decided" if before.stage == "agreed" else "plan.service_plan_waits")
    return [ServicePlanSubmitted(number=entry.number, provider=command.provider, text=command.text, at=command.at)]


def decide_service_plan(command: DecideServicePlan, state: Plan, known: Known) -> list[Event]:
    """By the purchaser: the body that assesses, or the one that approves."""
    today = business_day(command.at)
    policy = in_force(known.policies, today)
    if command.role not in {policy.assesses, policy.approves}:
        raise Rejected("plan.not_yours_to_change", body=policy.assesses)
    entry = _entry(state, command.item, arranged=False)
    before = state.service_plans.get(entry.number)
    if before is None:
        raise Rejected("plan.service_plan_missing")
    if before.stage != "submitted":
        if (before.stage == "agreed") == command.agreed:
            return []
        raise Rejected("plan.service_plan_decided")
    if command.agreed:
        return [ServicePlanAgreed(number=entry.number, from_day=today, role=command.role, at=command.at)]
    return [ServicePlanReturned(number=entry.number, reason=command.reason, role=command.role, at=command.at)]


def _entry(state: Plan, item: str, *, arranged: bool) -> Entry:
    """The item as it is given last. Raises ``plan.item_not_planned``, or ``_not_arranged`` where there is no need."""
    named = [entry for entry in state.entries if entry.planned.item == item]
    if not named:
        raise Rejected("plan.item_not_planned", number=1)
    fitting = [entry for entry in named if (entry.planned.mode in ARRANGED if arranged else entry.planned.service_plan)]
    if not fitting:
        raise Rejected("plan.item_not_arranged" if arranged else "plan.service_plan_not_asked")
    return fitting[-1]
