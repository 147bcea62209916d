"""What happens beside a need's way: objections and their review, meetings, withdrawal, the watch list, refusals handed
over, the plan it went into and the notice of it.
"""

from __future__ import annotations

from datetime import date, datetime

from chassis.kernel import Rejected
from services.orders.domain.days import ONE_DAY, business_day
from services.orders.domain.need.clocks import starts
from services.orders.domain.need.deciding import only
from services.orders.domain.need.state import OVER, Event, Known, Need
from services.orders.domain.need.words_beside import (
    CaseDecided,
    DecideCase,
    Dispute,
    Disputed,
    HandRefusal,
    HangNotice,
    HoldReview,
    LookAgain,
    LookedAgain,
    NotePlan,
    NoticeHung,
    PlanNoted,
    RefusalHanded,
    ReviewHeld,
    Watch,
    Watched,
    Withdraw,
    Withdrawn,
)
from services.orders.domain.policy import in_force


def dispute(command: Dispute, state: Need) -> list[Event]:
    """As long as somebody still decides on the need."""
    if state.decided:
        raise Rejected("need.already_decided", stage=state.stage)
    if state.disputed:
        return []
    return [Disputed(reason=command.reason, by=command.by, role=command.role, at=command.at)]


def hold_review(command: HoldReview, state: Need) -> list[Event]:
    """Only of a need that is disputed (paper 000, part 2 (2)); more than half of those present support it, or not."""
    before = state.review
    told = (command.held_on, command.present, command.in_favour)
    if not state.disputed:
        if before is not None and (before.held_on, before.present, before.in_favour) == told:
            return []
        raise Rejected("need.not_disputed")
    _not_in_the_future(command.held_on, command.at)
    if command.in_favour > command.present:
        raise Rejected("need.review_numbers_wrong")
    return [
        ReviewHeld(
            held_on=command.held_on,
            form=command.form,
            present=command.present,
            in_favour=command.in_favour,
            supported=2 * command.in_favour > command.present,
            minutes=command.minutes,
            by=command.by,
            at=command.at,
        )
    ]


def decide_case(command: DecideCase, state: Need) -> list[Event]:
    """By several departments, none of whose decision is recorded by who surveyed."""
    if state.decided or state.approved is not None:
        raise Rejected("need.already_decided", stage=state.stage)
    if command.by in state.surveyors:
        raise Rejected("need.surveyor_decided")
    _not_in_the_future(command.held_on, command.at)
    before = state.case
    told = (command.held_on, command.outcome_code, command.most_fen)
    if before is not None and (before.held_on, before.outcome_code, before.most_fen) == told:
        return []
    return [
        CaseDecided(
            held_on=command.held_on,
            departments=command.departments,
            outcome_code=command.outcome_code,
            most_fen=command.most_fen,
            minutes=command.minutes,
            by=command.by,
            at=command.at,
        )
    ]


def withdraw(command: Withdraw, state: Need) -> list[Event]:
    """Until it is decided; what is given already is stopped, not withdrawn."""
    if state.stage == "withdrawn":
        return []
    if state.stage in OVER or state.approved is not None:
        raise Rejected("need.already_decided", stage=state.stage)
    return [Withdrawn(reason_code=command.reason_code, by=command.by, at=command.at)]


def watch(command: Watch, state: Need, known: Known) -> list[Event]:
    """Not refused and not forgotten: looked at again on a day to come (paper 002, part 3 (5) item 20)."""
    policy = in_force(known.policies, business_day(command.at))
    only(command.role, policy.approves, policy.assesses)
    if state.stage in OVER or state.approved is not None:
        raise Rejected("need.already_decided", stage=state.stage)
    if command.by in state.surveyors:
        raise Rejected("need.surveyor_decided")
    if command.look_again_on <= business_day(command.at):
        raise Rejected("need.watch_day_wrong")
    if state.watched_until == command.look_again_on:
        return []
    return [
        Watched(
            reason=command.reason,
            look_again_on=command.look_again_on,
            by=command.by,
            role=command.role,
            at=command.at,
        )
    ]


def look_again(command: LookAgain, state: Need, known: Known) -> list[Event]:
    """On its day a watched need is back where it stood, and timed anew."""
    today = business_day(command.at)
    if state.stage != "watched" or state.watched_until is None or today < state.watched_until:
        return []
    policy = in_force(known.policies, today)
    step = "assess" if state.confirmed else "review" if state.surveyed else "survey"
    return [LookedAgain(at=command.at), *starts(policy, command.at, step, fast=state.fast)]


def hand_refusal(command: HandRefusal, state: Need) -> list[Event]:
    """The person gets the written reason, and when is on record."""
    if state.refused is None:
        raise Rejected("need.not_refused")
    if state.handed_on is not None:
        return []
    _not_in_the_future(command.handed_on, command.at)
    return [RefusalHanded(handed_on=command.handed_on, way=command.way, by=command.by, at=command.at)]


def note_plan(command: NotePlan, state: Need) -> list[Event]:
    """An approval may have widened a plan that ran already."""
    return [] if state.plan_id == command.plan_id else [PlanNoted(plan_id=command.plan_id, at=command.at)]


def hang_notice(command: HangNotice, state: Need, known: Known) -> list[Event]:
    """Only what was reviewed hangs in the village (paper 000: review, notice, payment): surveyed, and confirmed by
    somebody else than who approved it at once."""
    if state.approved is None or not state.reviewed:
        raise Rejected("need.not_reviewed")
    if state.notice_on is not None:
        return []
    rules = in_force(known.policies, business_day(command.at)).needs
    hangs_to = None if rules.long_term else command.posted_on + ONE_DAY * (rules.posted_days - 1)
    return [NoticeHung(posted_on=command.posted_on, hangs_to=hangs_to, by=command.by, at=command.at)]


def _not_in_the_future(day: date, at: datetime) -> None:
    if day > business_day(at):
        raise Rejected("need.day_in_the_future")
