"""An appeal of who served against a rejection, with a clock; another officer answers than who rejected.

    Lodged ─▶ Upheld (the rejection is taken back, the completion accepted) | Dismissed | Withdrawn | Settled
           ─(not answered in time)─▶ Overdue ─▶ Upheld | …

One appeal a rejection: what is rejected anew can be appealed against anew. Only rejections; a return is mended.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID, uuid5

from chassis.kernel import Decider, Rejected, Sealed, topics
from services.orders.domain.appeal.words import (
    Answer,
    CheckClock,
    Command,
    Dismissed,
    Event,
    Lodge,
    Lodged,
    Overdue,
    Result,
    Settle,
    Settled,
    Upheld,
    Withdraw,
    Withdrawn,
)
from services.orders.domain.cause import Cause
from services.orders.domain.days import business_day
from services.orders.domain.policy import Policy, in_force

__all__ = [
    "CATEGORY",
    "Answer",
    "Appeal",
    "CheckClock",
    "Command",
    "Dismissed",
    "Event",
    "Judged",
    "Known",
    "Lodge",
    "Lodged",
    "Overdue",
    "Result",
    "Settle",
    "Settled",
    "Upheld",
    "Withdraw",
    "Withdrawn",
    "decide",
    "decider",
    "evolve",
    "stream_of",
]

Stage = Literal["lodged", "withdrawn", "upheld", "dismissed", "settled"]


@dataclass(frozen=True, kw_only=True)
class Judged:
    """The judgement that stands on a completion, and whose it is."""

    person: UUID
    provider: UUID
    township: str
    item: str
    verdict: str
    by: str
    at: datetime
    reason_code: str
    reported_by: str


@dataclass(frozen=True, kw_only=True)
class Known:
    """The county's policies; for an appeal the judgement that stands (None: there is no such completion), for its
    answer who surveyed, confirmed or assessed a need of the person."""

    policies: tuple[Policy, ...]
    judged: Judged | None = None
    hands: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Appeal:
    """What was lodged, and what became of it."""

    lodged: Lodged
    stage: Stage = "lodged"
    overdue: bool = False
    answered_at: datetime | None = None
    reason_code: str = ""
    cause: Cause | None = None
    text: Sealed | None = None


def stream_of(visit_id: UUID, rejected_at: datetime) -> UUID:
    """The appeal against one rejection of a completion."""
    return uuid5(visit_id, f"appeal/{rejected_at.isoformat()}")


def decide(command: Command, state: Appeal | None, known: Known) -> list[Event]:
    """Lodged once, by who served; answered once, by who did not reject."""
    if isinstance(command, Lodge):
        return [] if state is not None else _lodge(command, known)
    if state is None:
        raise Rejected("appeal.unknown")
    match command:
        case Withdraw():
            return _withdraw(command, state)
        case Answer():
            return _answer(command, state, known)
        case CheckClock():
            late = state.stage == "lodged" and not state.overdue and command.at >= state.lodged.answer_by
            return [Overdue(at=command.at)] if late else []
        case Settle():
            return [Settled(at=command.at)] if state.stage == "lodged" else []


def _lodge(command: Lodge, known: Known) -> list[Event]:
    """Within the days of the policy, counted from the day of the rejection."""
    judged = known.judged
    if judged is None or str(judged.provider) != command.owner:
        raise Rejected("appeal.not_yours")
    if judged.verdict != "turned_down":
        raise Rejected("appeal.nothing_rejected")
    desk = in_force(known.policies, business_day(command.at)).desk
    if command.at >= desk.until(business_day(judged.at), desk.appeal_within_days):
        raise Rejected("appeal.too_late", days=desk.appeal_within_days)
    return [
        Lodged(
            order_id=command.order_id,
            visit_id=command.visit_id,
            person=judged.person,
            provider=judged.provider,
            township=judged.township,
            item=judged.item,
            rejected_by=judged.by,
            rejected_at=judged.at,
            rejected_for=judged.reason_code,
            reported_by=judged.reported_by,
            grounds=command.grounds,
            evidence=command.evidence,
            answer_by=desk.until(business_day(command.at), desk.answer_within_days),
            by=command.by,
            at=command.at,
        )
    ]


def _withdraw(command: Withdraw, state: Appeal) -> list[Event]:
    if command.owner != str(state.lodged.provider):
        raise Rejected("appeal.not_yours")
    if state.stage == "withdrawn":
        return []
    if state.stage != "lodged":
        raise Rejected("appeal.answered_already")
    return [Withdrawn(at=command.at)]


def _answer(command: Answer, state: Appeal, known: Known) -> list[Event]:
    """By the body that verifies; late is better than never. Upheld without a class it is a mistake in good faith."""
    policy = in_force(known.policies, business_day(command.at))
    if command.role != policy.verifies:
        raise Rejected("order.not_yours_to_verify", body=policy.verifies)
    if state.stage == command.result:
        return []
    if state.stage != "lodged":
        raise Rejected("appeal.answered_already")
    if command.by in {state.lodged.rejected_by, state.lodged.reported_by}:
        raise Rejected("appeal.answered_by_who_rejected")
    if command.by in known.hands:
        raise Rejected("order.verifier_handled_the_need")
    code, text, by, at = command.reason_code, command.text, command.by, command.at
    if command.result == "dismissed":
        return [Dismissed(reason_code=code, text=text, by=by, at=at)]
    cause = command.cause or "mistake"
    return [Upheld(cause=cause, reason_code=code, text=text, by=by, role=command.role, at=at)]


def evolve(state: Appeal | None, event: Event) -> Appeal:
    """The appeal after ``event``."""
    if isinstance(event, Lodged):
        return Appeal(lodged=event)
    assert state is not None
    match event:
        case Withdrawn():
            return replace(state, stage="withdrawn", answered_at=event.at)
        case Upheld():
            done = replace(state, stage="upheld", answered_at=event.at, reason_code=event.reason_code)
            return replace(done, cause=event.cause, text=event.text)
        case Dismissed():
            return replace(
                state, stage="dismissed", answered_at=event.at, reason_code=event.reason_code, text=event.text
            )
        case Overdue():
            return replace(state, overdue=True)
        case Settled():
            return replace(state, stage="settled", answered_at=event.at)


CATEGORY = "orders.appeal"
EVENTS: tuple[type[Event], ...] = (Lodged, Withdrawn, Upheld, Dismissed, Overdue, Settled)
decider: Decider[Command, Appeal | None, Event, Known] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, *EVENTS)
)
