"""The survey: exactly two people go there, a village worker and an aide (paper 001, part 3 (5) item 3; part 4 (3))."""

from __future__ import annotations

from datetime import date

from chassis.kernel import Rejected
from services.orders.domain.days import business_day
from services.orders.domain.need.clocks import starts
from services.orders.domain.need.state import OVER, Event, Known, Need
from services.orders.domain.need.words import Answers, Scored, Survey, Surveyed
from services.orders.domain.policy import Policy, in_force
from services.orders.domain.policy.instruments import newest


def survey(command: Survey, state: Need, known: Known) -> list[Event]:
    """Once, by two who have had and will have no other hand in the need."""
    if state.surveyed:
        return []
    if state.stage in OVER:
        raise Rejected("need.already_decided", stage=state.stage)
    policy = in_force(known.policies, business_day(command.at))
    _check_team(command, state, known)
    _check_form(command, policy)
    surveyed = Surveyed(
        village_worker=command.village_worker,
        aide=command.aide,
        findings=command.findings,
        at=command.at,
        roles=command.roles,
        form=command.form,
        captured_at=command.captured_at,
        scored=scored(command.answers, known, policy, business_day(command.captured_at or command.at))
        if command.answers
        else None,
    )
    review = [] if state.approved else starts(policy, command.at, "review", fast=state.fast)
    return [surveyed, *review]


def scored(answers: Answers, known: Known, policy: Policy, day: date) -> Scored:
    """The answers by the newest instrument in force on ``day`` for a person of these categories."""
    categories = known.home.categories if known.home else frozenset()
    instrument = newest(policy.needs.instruments, categories, day)
    result = instrument.score(answers.given)
    return Scored(
        instrument=result.instrument,
        version=result.version,
        degree=result.degree,
        difficulties=result.difficulties,
        measures=result.measures,
        answers=answers.box,
    )


def _check_team(command: Survey, state: Need, known: Known) -> None:
    """Two people; neither has a conflict, decided on the need, or judged what was done for the person."""
    team = {command.village_worker, command.aide}
    if len(team) != 2:
        raise Rejected("need.survey_needs_two_people")
    if state.registered.conflict_of_interest and state.registered.by in team:
        raise Rejected("need.conflict_of_interest")
    if state.approved is not None and state.approved.by in team:
        raise Rejected("need.surveyor_decided")
    if not known.verifiers.isdisjoint(team):
        raise Rejected("need.surveyor_verified")


def _check_form(command: Survey, policy: Policy) -> None:
    """Roles and form as the county allows; what was written down off line is not of tomorrow."""
    if not policy.needs.team_fits(command.roles):
        raise Rejected("need.survey_team_wrong")
    if command.form not in policy.needs.forms:
        raise Rejected("need.survey_form_not_allowed")
    if command.captured_at is not None and command.captured_at > command.at:
        raise Rejected("need.survey_in_the_future")
