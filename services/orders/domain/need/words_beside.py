"""The words of what happens to a need beside its way: classified, disputed, watched, timed, posted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from chassis.kernel import Sealed
from services.orders.domain.deadline import Level
from services.orders.domain.need.words import Urgency

How = Literal["brought", "committed", "looked_up"]


@dataclass(frozen=True, kw_only=True)
class Classify:
    """The township accepts the need and says of which kind it is (paper 001, part 4 (2))."""

    difficulty: str
    urgency: Urgency
    by: str
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Dispute:
    """Somebody objects; the sealed reason says who and why."""

    reason: Sealed
    by: str
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class HoldReview:
    """A democratic review was held of a need that is disputed, and only then (paper 000, part 2 (2))."""

    held_on: date
    form: Literal["meeting", "phone", "online"]
    present: int
    in_favour: int
    minutes: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class DecideCase:
    """One case, one discussion: several departments decided beyond limits or doubts (paper 004,
    part 2 (3) item 3; paper 002, part 3 (3) item 10)."""

    held_on: date
    departments: tuple[str, ...]
    outcome_code: str
    most_fen: int
    minutes: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Withdraw:
    """The person does not want it any more."""

    reason_code: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Watch:
    """Not eligible yet: kept on the watch list and looked at again (paper 002, part 3 (5) item 20)."""

    reason: Sealed
    look_again_on: date
    by: str
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class LookAgain:
    """The day has come to look at a watched need again."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class HandRefusal:
    """The written reason was handed to the person (Social Assistance Law, art. 45)."""

    handed_on: date
    way: Literal["in_person", "post", "electronic"]
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class TellMissing:
    """All documents that are still missing, told once (paper 004, part 2 (3) item 2)."""

    documents: tuple[str, ...]
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NotePaper:
    """A document that was asked for is there, looked up, or replaced by a signed commitment (paper 002,
    part 3 (5) item 17)."""

    document: str
    how: How
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CheckClocks:
    """A clock may have run out."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class NotePlan:
    """The approval went into this plan, which may have run already."""

    plan_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class HangNotice:
    """The notice about what this need brings is posted in the village."""

    posted_on: date
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Classified:
    """Accepted, with kind of difficulty and urgency."""

    difficulty: str
    urgency: Urgency
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Disputed:
    """Not to be confirmed before a democratic review."""

    reason: Sealed
    by: str
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ReviewHeld:
    """The review's result: ``supported`` where more than half of those present were in favour."""

    held_on: date
    form: str
    present: int
    in_favour: int
    supported: bool
    minutes: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CaseDecided:
    """The meeting's decision; ``most_fen`` is what may be given at most."""

    held_on: date
    departments: tuple[str, ...]
    outcome_code: str
    most_fen: int
    minutes: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Withdrawn:
    """Over, at the person's wish."""

    reason_code: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Watched:
    """On the watch list until ``look_again_on``."""

    reason: Sealed
    look_again_on: date
    by: str
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class LookedAgain:
    """Off the watch list, back where it stood."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class RefusalHanded:
    """The person has the written reason."""

    handed_on: date
    way: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class MissingTold:
    """These documents, and no others, are asked for."""

    documents: tuple[str, ...]
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PaperNoted:
    """One of them is settled."""

    document: str
    how: How
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ClockStarted:
    """A step has begun: late after ``due_on``, the county's business after ``county_on``."""

    step: str
    due_on: date
    county_on: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class StepOverdue:
    """A step is late, and whose business that is now."""

    step: str
    level: Level
    due_on: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PlanNoted:
    """The plan the need is met by."""

    plan_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NoticeHung:
    """The notice hangs from ``posted_on`` to ``hangs_to``, or as long as the help where that is None."""

    posted_on: date
    hangs_to: date | None
    by: str
    at: datetime
