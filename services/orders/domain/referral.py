"""A list of people referred to a charity, which itself decides what each is given (paper 001, part (6) item 7).

    Refer ─▶ Referred ─ Decided │ SentBack │ NotFormed (each person once) ─▶ decided
                └ decide_by passed ─▶ Overdue: the bureau may refer the rest to another

``Decided`` forms the love order of that person and item. What the charity tells never refuses: where the need is not
approved any more, nothing is formed and the person is back with the bureau.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID, uuid5

from chassis.kernel import Decider, Rejected, topics
from services.orders.domain.days import business_day
from services.orders.domain.order.known import Asked
from services.orders.domain.policy import Policy, in_force

Standing = Literal["waiting", "decided", "sent_back"]
Stage = Literal["waiting", "overdue", "decided"]
LONGEST_AHEAD = timedelta(days=366)
CHARITY = "charity"


def love_stream(need_id: UUID, item: str) -> UUID:
    """The love order of a need and item: one, whoever forms it."""
    return uuid5(need_id, f"love/{item}")


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One of the list: the approved need, whose it is, where, and its items with their approved units."""

    need_id: UUID
    person: UUID
    township: str
    village: str
    items: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True)
class Refer:
    """Hand these needs to the charity, to be decided by the end of ``decide_by``; None: as the policy has it."""

    charity_id: UUID
    need_ids: tuple[UUID, ...]
    decide_by: date | None
    by: str
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NoteContent:
    """The charity decided what a person is given."""

    charity_id: UUID
    need_id: UUID
    item: str
    units: int
    places: int
    expires_at: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NoteSentBack:
    """The charity gives nothing to a person."""

    need_id: UUID
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Expire:
    """The charity's days may be over."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Referred:
    """The charity has the list."""

    charity_id: UUID
    people: tuple[Listed, ...]
    decide_by: date
    policy: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Decided:
    """A person is given this; the love order follows."""

    charity_id: UUID
    need_id: UUID
    item: str
    units: int
    places: int
    expires_at: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SentBack:
    """The bureau decides how it goes on for this person."""

    need_id: UUID
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NotFormed:
    """What the charity decided cannot be given: the need is not approved for it any more."""

    need_id: UUID
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Overdue:
    """So many of the list are undecided after the last day."""

    left: int
    at: datetime


Command = Refer | NoteContent | NoteSentBack | Expire
Event = Referred | Decided | SentBack | NotFormed | Overdue


@dataclass(frozen=True, kw_only=True)
class Referral:
    """The list as it was referred, and where each of it stands, by need; ``reasons`` of those sent back."""

    referred: Referred
    standings: Mapping[UUID, Standing]
    reasons: Mapping[UUID, str]
    overdue: bool = False

    @property
    def undecided(self) -> tuple[UUID, ...]:
        """The needs that the charity has not decided about, in the list's order."""
        return tuple(need for need, standing in self.standings.items() if standing == "waiting")

    @property
    def stage(self) -> Stage:
        """Decided as soon as nobody waits."""
        if not self.undecided:
            return "decided"
        return "overdue" if self.overdue else "waiting"


@dataclass(frozen=True, kw_only=True)
class Known:
    """The policies; the named needs as they are approved now; those that have a love order, or wait in another list."""

    policies: tuple[Policy, ...]
    needs: Mapping[UUID, Asked]
    taken: frozenset[UUID] = frozenset()


def decide(command: Command, state: Referral | None, known: Known) -> list[Event]:
    """What the bureau asks may be refused; what the charity tells is noted once for each person."""
    if isinstance(command, Refer):
        return [] if state is not None else [_refer(command, known)]
    if state is None:
        raise Rejected("referral.unknown")
    match command:
        case NoteContent():
            return _content(command, state, known)
        case NoteSentBack():
            waits = command.need_id in state.undecided
            back = SentBack(need_id=command.need_id, reason_code=command.reason_code, at=command.at)
            return [back] if waits else []
        case Expire():
            over = not state.overdue and state.undecided
            return [Overdue(left=len(state.undecided), at=command.at)] if over else []


def _refer(command: Refer, known: Known) -> Referred:
    today = business_day(command.at)
    policy = in_force(known.policies, today)
    if policy.loving.content == "bureau":
        raise Rejected("referral.content_is_the_bureaus")
    if command.role != policy.forms_love:
        raise Rejected("referral.not_yours", body=policy.forms_love)
    decide_by = command.decide_by or today + timedelta(days=policy.loving.decide_days)
    if not today <= decide_by <= today + LONGEST_AHEAD:
        raise Rejected("referral.decide_by_wrong")
    people = tuple(
        _listed(number, need_id, known, policy) for number, need_id in enumerate(dict.fromkeys(command.need_ids), 1)
    )
    return Referred(
        charity_id=command.charity_id,
        people=people,
        decide_by=decide_by,
        policy=policy.version,
        by=command.by,
        at=command.at,
    )


def _listed(number: int, need_id: UUID, known: Known, policy: Policy) -> Listed:
    """``number`` says which of the list is wrong; never who it is."""
    need = known.needs.get(need_id)
    if need is None or need.mode != CHARITY:
        raise Rejected("referral.need_not_for_charity", number=number)
    if policy.loving.from_declared and not need.declared:
        raise Rejected("referral.need_not_declared", number=number)
    if need_id in known.taken:
        raise Rejected("referral.referred_already", number=number)
    return Listed(
        need_id=need_id, person=need.person, township=need.township, village=need.village, items=need.items
    )  # fmt: skip


def _content(command: NoteContent, state: Referral, known: Known) -> list[Event]:
    if command.need_id not in state.undecided:
        return []
    need = known.needs.get(command.need_id)
    approved = dict(need.items).get(command.item, 0) if need is not None and need.mode == CHARITY else 0
    if command.units > approved:
        return [NotFormed(need_id=command.need_id, reason_code="need_changed", at=command.at)]
    return [
        Decided(
            charity_id=command.charity_id,
            need_id=command.need_id,
            item=command.item,
            units=command.units,
            places=command.places,
            expires_at=command.expires_at,
            at=command.at,
        )
    ]


def evolve(state: Referral | None, event: Event) -> Referral:
    """The list after ``event``."""
    if isinstance(event, Referred):
        return Referral(referred=event, standings={one.need_id: "waiting" for one in event.people}, reasons={})
    assert state is not None
    match event:
        case Decided():
            return replace(state, standings={**state.standings, event.need_id: "decided"})
        case SentBack() | NotFormed():
            return replace(
                state,
                standings={**state.standings, event.need_id: "sent_back"},
                reasons={**state.reasons, event.need_id: event.reason_code},
            )
        case Overdue():
            return replace(state, overdue=True)


CATEGORY = "orders.referral"
decider: Decider[Command, Referral | None, Event, Known] = Decider(
    category=CATEGORY,
    initial=None,
    decide=decide,
    evolve=evolve,
    events=topics(CATEGORY, Referred, Decided, SentBack, NotFormed, Overdue),
)
