"""A list of people that the bureau referred to a charity, which decides content and plan for each itself.

    Receive ─▶ Received ─ DecideContent ─▶ ContentDecided │ SendBack ─▶ PersonSentBack     (once for each person)

The content keeps within what was approved for the person: an item of the need, at most its units. After the last day
the bureau may refer the rest elsewhere; a decision that comes late still stands (paper 001, part (6) item 7).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from chassis.kernel import Decider, Rejected, Sealed, topics

Standing = Literal["waiting", "decided", "sent_back"]


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One of the list: the need, whose it is, the village, and the items with approved units (0: not told)."""

    need_id: UUID
    person: UUID
    township: str
    village: str
    items: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True)
class Receive:
    """The bureau refers a list."""

    charity_id: UUID
    people: tuple[Listed, ...]
    decide_by: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class DecideContent:
    """Give a person this: ``places`` claimants or pieces until ``expires_at``; ``plan`` says how, sealed."""

    need_id: UUID
    item: str
    units: int
    places: int
    expires_at: datetime | None
    plan: Sealed | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SendBack:
    """Give this person nothing, for a reason."""

    need_id: UUID
    reason_code: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Received:
    """The charity has the list."""

    charity_id: UUID
    people: tuple[Listed, ...]
    decide_by: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ContentDecided:
    """The bureau forms a love order of it."""

    need_id: UUID
    item: str
    units: int
    places: int
    expires_at: datetime
    plan: Sealed | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PersonSentBack:
    """The bureau decides how it goes on."""

    need_id: UUID
    reason_code: str
    by: str
    at: datetime


Command = Receive | DecideContent | SendBack
Event = Received | ContentDecided | PersonSentBack


@dataclass(frozen=True, kw_only=True)
class Referral:
    """``received`` is there from the beginning on; what was decided stands by need."""

    received: Received | None = None
    contents: Mapping[UUID, ContentDecided] = field(default_factory=dict)
    sent_back: Mapping[UUID, str] = field(default_factory=dict)

    def standing(self, need_id: UUID) -> Standing:
        """Where one of the list stands."""
        if need_id in self.contents:
            return "decided"
        return "sent_back" if need_id in self.sent_back else "waiting"

    @property
    def undecided(self) -> int:
        """How many of the list wait."""
        people = self.received.people if self.received else ()
        return sum(self.standing(one.need_id) == "waiting" for one in people)


def decide(command: Command, state: Referral, _known: None) -> list[Event]:
    """A decision told again is a repetition; another one about the same person is refused."""
    if isinstance(command, Receive):
        received = Received(
            charity_id=command.charity_id, people=command.people, decide_by=command.decide_by, at=command.at
        )
        return [] if state.received is not None else [received]
    if state.received is None:
        raise Rejected("referral.unknown")
    listed = next((one for one in state.received.people if one.need_id == command.need_id), None)
    if listed is None:
        raise Rejected("referral.person_unknown")
    standing = state.standing(command.need_id)
    match command:
        case DecideContent():
            if standing != "waiting":
                return _again(standing == "decided" and _same(command, state.contents[command.need_id]))
            return [_content(command, listed)]
        case SendBack():
            if standing != "waiting":
                return _again(state.sent_back.get(command.need_id) == command.reason_code)
            if not command.reason_code:
                raise Rejected("referral.reason_missing")
            return [
                PersonSentBack(
                    need_id=command.need_id, reason_code=command.reason_code, by=command.by, at=command.at
                )
            ]  # fmt: skip


def _again(same: bool) -> list[Event]:
    if not same:
        raise Rejected("referral.decided_already")
    return []


def _same(command: DecideContent, decided: ContentDecided) -> bool:
    """The words of the plan are sealed anew each time and not compared."""
    names = ("item", "units", "places", "expires_at")
    return all(getattr(command, name) == getattr(decided, name) for name in names)


def _content(command: DecideContent, listed: Listed) -> ContentDecided:
    if not command.item or command.expires_at is None:
        raise Rejected("referral.content_incomplete")
    items = dict(listed.items)
    if command.item not in items:
        raise Rejected("referral.item_not_in_the_need")
    approved = items[command.item]
    if approved and command.units > approved:
        raise Rejected("referral.units_beyond_the_need", approved=approved)
    if command.expires_at <= command.at:
        raise Rejected("referral.expires_in_the_past")
    return ContentDecided(
        need_id=command.need_id,
        item=command.item,
        units=command.units,
        places=command.places,
        expires_at=command.expires_at,
        plan=command.plan,
        by=command.by,
        at=command.at,
    )


def evolve(state: Referral, event: Event) -> Referral:
    """What happened, one after another."""
    match event:
        case Received():
            return replace(state, received=event)
        case ContentDecided():
            return replace(state, contents={**state.contents, event.need_id: event})
        case PersonSentBack():
            return replace(state, sent_back={**state.sent_back, event.need_id: event.reason_code})


CATEGORY = "charity.referral"
decider: Decider[Command, Referral, Event, None] = Decider(
    category=CATEGORY,
    initial=Referral(),
    decide=decide,
    evolve=evolve,
    events=topics(CATEGORY, Received, ContentDecided, PersonSentBack),
)
