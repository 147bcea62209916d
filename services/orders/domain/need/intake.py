"""How a need is taken in: by any channel, numbered, accepted and classified (paper 001, part 4)."""

from __future__ import annotations

from chassis.kernel import Rejected
from services.orders.domain.days import business_day
from services.orders.domain.need.clocks import starts
from services.orders.domain.need.state import Event, Known, Need
from services.orders.domain.need.words import Register, Registered
from services.orders.domain.need.words_beside import Classified, Classify
from services.orders.domain.policy import Policy, in_force


def register(command: Register, known: Known) -> list[Event]:
    """Everybody known and alive may need something of the catalogue; the person chooses what."""
    if known.home is None:
        raise Rejected("need.person_unknown")
    if known.home.died:
        raise Rejected("beneficiary.died")
    today = business_day(command.at)
    policy = in_force(known.policies, today)
    for number, item in enumerate(command.items, 1):
        policy.item(item, today, number)
    _check_applicant(command)
    _check_admission(command, policy)
    registered = Registered(
        number=known.next_number,
        person_id=command.person_id,
        township=known.home.township,
        village=known.home.village,
        items=command.items,
        channel=command.channel,
        urgent=command.urgent,
        conflict_of_interest=command.conflict_of_interest,
        by=command.by,
        at=command.at,
        register_number=f"{policy.county}-{today.year}-{known.next_in_year:05}",
        fast_lane=command.fast_lane,
        ticket=command.ticket,
        applicant=command.applicant,
        committed_on=command.committed_on,
        residence=command.residence,
        found_at=command.found_at,
        owner=command.owner or command.by,
    )
    fast = command.urgent or command.fast_lane
    return [registered, *starts(policy, command.at, "accept", "survey", fast=fast)]


def classify(command: Classify, state: Need, known: Known) -> list[Event]:
    """A known kind of difficulty, and how soon; until the need is decided, the last word holds."""
    if state.decided:
        raise Rejected("need.already_decided", stage=state.stage)
    kinds = in_force(known.policies, business_day(command.at)).needs.difficulties
    if kinds and command.difficulty not in kinds:
        raise Rejected("need.difficulty_unknown")
    if (state.difficulty, state.urgency) == (command.difficulty, command.urgency):
        return []
    return [Classified(difficulty=command.difficulty, urgency=command.urgency, by=command.by, at=command.at)]


def _check_applicant(command: Register) -> None:
    """Who applies for somebody else says who they are and in which relation (Social Assistance Law, art. 37)."""
    applicant = command.applicant
    if applicant.by in ("proxy", "guardian") and not (applicant.name and applicant.relation_code):
        raise Rejected("need.applicant_wrong")
    if command.found_at is not None and command.found_at > command.at:
        raise Rejected("need.found_in_the_future")
    if command.committed_on is not None and command.committed_on > business_day(command.at):
        raise Rejected("need.day_in_the_future")


def _check_admission(command: Register, policy: Policy) -> None:
    """Neither where somebody is registered nor a missing signature delays urgent help (paper 002, part 3 (3) 10)."""
    if command.urgent:
        return
    if command.residence not in policy.needs.residences:
        raise Rejected("need.apply_where_registered")
    if command.channel in policy.needs.commitment and command.committed_on is None:
        raise Rejected("need.commitment_missing")
