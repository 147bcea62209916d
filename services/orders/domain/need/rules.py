"""A need: found, surveyed by two, confirmed by the township, assessed by the county, met by purchase or by charity.

    Registered ─ Surveyed ─ Confirmed ─▶ Approved | Refused | Withdrawn
    Registered (urgent) ─▶ Approved ─ Surveyed ─ Confirmed        help first, papers after
    … ─ Disputed ─ ReviewHeld ─ …        … ─ Watched ─ LookedAgain ─ …        … ─ ClockStarted ─ StepOverdue …

Who confirms and who assesses is the county's policy (paper 003, part 4 (2) and (3); part 2 (3) item 4).
"""

from __future__ import annotations

from chassis.kernel import Decider, Rejected, topics
from services.orders.domain.need import beside, clocks, deciding, intake, papers, surveying
from services.orders.domain.need.state import Event, Known, Need, evolve
from services.orders.domain.need.words import (
    Approved,
    Assess,
    Confirm,
    Confirmed,
    Refuse,
    Refused,
    Register,
    Registered,
    Survey,
    Surveyed,
)
from services.orders.domain.need.words_beside import (
    CaseDecided,
    CheckClocks,
    Classified,
    Classify,
    ClockStarted,
    DecideCase,
    Dispute,
    Disputed,
    HandRefusal,
    HangNotice,
    HoldReview,
    LookAgain,
    LookedAgain,
    MissingTold,
    NotePaper,
    NotePlan,
    NoticeHung,
    PaperNoted,
    PlanNoted,
    RefusalHanded,
    ReviewHeld,
    StepOverdue,
    TellMissing,
    Watch,
    Watched,
    Withdraw,
    Withdrawn,
)

OnTheWay = Register | Survey | Confirm | Assess | Refuse
Beside = (
    Classify | Dispute | HoldReview | DecideCase | Withdraw | Watch | LookAgain | HandRefusal | TellMissing | NotePaper
    | CheckClocks | NotePlan | HangNotice
)  # fmt: skip
Command = OnTheWay | Beside


def decide(command: Command, state: Need | None, known: Known) -> list[Event]:
    """One step after the other, each by the body the policy names; urgent needs may be helped first."""
    if isinstance(command, Register):
        return [] if state is not None else intake.register(command, known)
    if state is None:
        raise Rejected("need.unknown")
    match command:
        case Survey():
            return surveying.survey(command, state, known)
        case Confirm():
            return deciding.confirm(command, state, known)
        case Assess():
            return deciding.assess(command, state, known)
        case Refuse():
            return deciding.refuse(command, state, known)
        case _:
            return _beside(command, state, known)


def _beside(command: Beside, state: Need, known: Known) -> list[Event]:
    match command:
        case Classify():
            return intake.classify(command, state, known)
        case Dispute():
            return beside.dispute(command, state)
        case HoldReview():
            return beside.hold_review(command, state)
        case DecideCase():
            return beside.decide_case(command, state)
        case Withdraw():
            return beside.withdraw(command, state)
        case Watch():
            return beside.watch(command, state, known)
        case LookAgain():
            return beside.look_again(command, state, known)
        case HandRefusal():
            return beside.hand_refusal(command, state)
        case TellMissing():
            return papers.tell_missing(command, state, known)
        case NotePaper():
            return papers.note_paper(command, state, known)
        case CheckClocks():
            return clocks.check(command, state)
        case NotePlan():
            return beside.note_plan(command, state)
        case HangNotice():
            return beside.hang_notice(command, state, known)


CATEGORY = "orders.need"
EVENTS: tuple[type[Event], ...] = (
    Registered, Surveyed, Confirmed, Approved, Refused, Classified, Disputed, ReviewHeld, CaseDecided, Withdrawn,
    Watched, LookedAgain, RefusalHanded, MissingTold, PaperNoted, ClockStarted, StepOverdue, PlanNoted, NoticeHung,
)  # fmt: skip
decider: Decider[Command, Need | None, Event, Known] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, *EVENTS)
)
