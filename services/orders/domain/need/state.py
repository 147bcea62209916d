"""What is known of a need, and how each event changes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from services.orders.domain.deadline import Running, with_one, without
from services.orders.domain.need.words import (
    Approved,
    Confirmed,
    Refused,
    Registered,
    Stage,
    Surveyed,
    Urgency,
)
from services.orders.domain.need.words_beside import (
    CaseDecided,
    Classified,
    ClockStarted,
    Disputed,
    LookedAgain,
    MissingTold,
    NoticeHung,
    PaperNoted,
    PlanNoted,
    RefusalHanded,
    ReviewHeld,
    StepOverdue,
    Watched,
    Withdrawn,
)
from services.orders.domain.policy import Policy

Event = (
    Registered | Surveyed | Confirmed | Approved | Refused | Classified | Disputed | ReviewHeld | CaseDecided
    | Withdrawn | Watched | LookedAgain | RefusalHanded | MissingTold | PaperNoted | ClockStarted | StepOverdue
    | PlanNoted | NoticeHung
)  # fmt: skip
OVER = frozenset({"refused", "withdrawn"})
"""Stages after which nothing is decided any more, an approval apart."""


@dataclass(frozen=True, kw_only=True)
class Need:
    """A registered need; ``approved`` is the decision once it is made. ``surveyors`` are the two who went there.

    ``missing`` are documents asked for and not settled yet, ``asked`` whether they were asked for at all. ``clocks``
    are the steps that run now.
    """

    registered: Registered
    urgency: Urgency
    stage: Stage = "registered"
    surveyed: bool = False
    confirmed: bool = False
    approved: Approved | None = None
    surveyors: tuple[str, ...] = ()
    confirmer: str = ""
    survey: Surveyed | None = None
    difficulty: str = ""
    disputed: bool = False
    review: ReviewHeld | None = None
    case: CaseDecided | None = None
    refused: Refused | None = None
    handed_on: date | None = None
    watched_until: date | None = None
    asked: tuple[str, ...] | None = None
    missing: tuple[str, ...] = ()
    clocks: tuple[Running, ...] = ()
    plan_id: UUID | None = None
    notice_on: date | None = None
    notice_to: date | None = None
    decided_at: datetime | None = None

    @property
    def urgent(self) -> bool:
        """Whether help may come before the papers."""
        return self.urgency == "urgent"

    @property
    def fast(self) -> bool:
        """Whether the shorter days of a clock hold."""
        return self.urgency != "ordinary"

    @property
    def reviewed(self) -> bool:
        """Whether two have been there and somebody else has confirmed."""
        return self.surveyed and self.confirmed

    @property
    def decided(self) -> bool:
        """Whether nothing can be decided any more: refused, withdrawn, or approved with its papers."""
        return self.stage in OVER or (self.approved is not None and self.confirmed)


@dataclass(frozen=True, kw_only=True)
class Home:
    """Where the person of a need lives, of which categories they are, and whether help would come too late."""

    township: str
    village: str
    died: bool
    categories: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Known:
    """The county's policies, the number the next need gets, in all and in the year, and the person's home (None:
    nobody known). ``verifiers`` are those who judged what was done for the person."""

    policies: tuple[Policy, ...]
    next_number: int
    home: Home | None
    next_in_year: int = 1
    verifiers: frozenset[str] = frozenset()


def evolve(state: Need | None, event: Event) -> Need:
    """The need after ``event``."""
    if isinstance(event, Registered):
        urgency: Urgency = "urgent" if event.urgent else "fast_lane" if event.fast_lane else "ordinary"
        return Need(registered=event, urgency=urgency)
    assert state is not None
    match event:
        case Surveyed() | Confirmed() | Approved() | Refused():
            return _further(state, event)
        case MissingTold() | PaperNoted():
            return _papers(state, event)
        case ClockStarted() | StepOverdue():
            return _timed(state, event)
        case Classified():
            clocks = without(state.clocks, "accept")
            return replace(state, difficulty=event.difficulty, urgency=event.urgency, clocks=clocks)
        case Disputed():
            return replace(state, disputed=True)
        case ReviewHeld():
            return replace(state, disputed=False, review=event)
        case CaseDecided():
            return replace(state, case=event)
        case Withdrawn():
            return replace(state, stage="withdrawn", clocks=(), decided_at=event.at)
        case Watched():
            return replace(state, stage="watched", watched_until=event.look_again_on, clocks=())
        case LookedAgain():
            return replace(state, stage=_stage(state), watched_until=None)
        case RefusalHanded():
            return replace(state, handed_on=event.handed_on, clocks=without(state.clocks, "refusal_notice"))
        case PlanNoted():
            return replace(state, plan_id=event.plan_id)
        case NoticeHung():
            clocks = without(state.clocks, "notice")
            return replace(state, notice_on=event.posted_on, notice_to=event.hangs_to, clocks=clocks)


def _further(state: Need, event: Surveyed | Confirmed | Approved | Refused) -> Need:
    """One step on the way to the decision."""
    match event:
        case Surveyed():
            stage: Stage = state.stage if state.approved else "surveyed"
            team, clocks = (event.village_worker, event.aide), without(state.clocks, "accept", "survey")
            return replace(state, surveyed=True, stage=stage, surveyors=team, survey=event, clocks=clocks)
        case Confirmed():
            stage = state.stage if state.approved else "confirmed"
            clocks = without(state.clocks, "accept", "review", "filing")
            return replace(state, confirmed=True, stage=stage, confirmer=event.by, clocks=clocks)
        case Approved():
            # What is still to be done of an urgent approval's papers, the clock of the filing times.
            clocks = without(state.clocks, "accept", "survey", "review", "assess")
            plan_id, at = event.plan_id, event.at
            return replace(
                state, approved=event, stage="approved", plan_id=plan_id, clocks=clocks, decided_at=at, refused=None
            )
        case Refused():
            return replace(state, stage="refused", refused=event, clocks=(), decided_at=event.at)


def _papers(state: Need, event: MissingTold | PaperNoted) -> Need:
    match event:
        case MissingTold():
            return replace(state, asked=event.documents, missing=event.documents)
        case PaperNoted():
            missing = tuple(document for document in state.missing if document != event.document)
            clocks = state.clocks if missing else without(state.clocks, "papers")
            return replace(state, missing=missing, clocks=clocks)


def _timed(state: Need, event: ClockStarted | StepOverdue) -> Need:
    match event:
        case ClockStarted():
            running = Running(step=event.step, due_on=event.due_on, county_on=event.county_on)
            return replace(state, clocks=with_one(state.clocks, running))
        case StepOverdue():
            clocks = tuple(replace(one, level=event.level) if one.step == event.step else one for one in state.clocks)
            return replace(state, clocks=clocks)


def _stage(state: Need) -> Stage:
    """Where a watched need stood before."""
    return "confirmed" if state.confirmed else "surveyed" if state.surveyed else "registered"
