"""Satisfaction 满意度: one rating of a visit, by who was served, by a guardian or by somebody of the household.

    Rate ─▶ Rated* (changed: again)        TryPage with a wrong code ─▶ CodeTried

The rating code is another one than the code that the worker is told at the door, so nobody rates their own visit.
Ratings are ids and codes; they are shown as counts only, and only where there are enough of them.
"""

from __future__ import annotations

import hmac
import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Literal
from uuid import UUID

from chassis.kernel import Decider, Rejected, topics
from services.providers.domain.grading import Grading

NAMESPACE = uuid.UUID("d7e6c5b4-2a31-5f0e-9b8c-7d6e5f4a3b22")
CATEGORY = "providers.rating"
DIGITS = 8
TRIES_MAX = 5
"""So many wrong codes on the public page and it takes no more for that visit; a person still can by phone."""

Way = Literal["code", "phone", "page"]
RatedBy = Literal["self", "guardian", "household"]
Reason = Literal["on_time", "late", "kind", "rude", "well_done", "not_done", "hurried", "unsafe", "asked_for_money"]


@dataclass(frozen=True, kw_only=True)
class Known:
    """The visit, None where there is none, and the rules in force on its day; None: nobody rates by a sheet here."""

    provider: UUID
    township: str
    item: str
    month: str
    ended_at: datetime
    rules: Grading | None


@dataclass(frozen=True, kw_only=True)
class Rate:
    """``code_right`` is None where none was given; ``ticket`` is the hot-line's number."""

    visit: UUID
    way: Way
    code_right: bool | None
    ticket: str
    stars: int
    reasons: tuple[Reason, ...]
    rated_by: RatedBy
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Rated:
    """The rating, and whose service of which month in which township it is about."""

    visit: UUID
    provider: UUID
    township: str
    item: str
    month: str
    way: Way
    ticket: str
    stars: int
    reasons: tuple[Reason, ...]
    rated_by: RatedBy
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CodeTried:
    """A wrong code on the public page."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Rating:
    """What stands, and how many wrong codes were tried."""

    rated: Rated | None = None
    wrong_tries: int = 0


Event = Rated | CodeTried


def decide(command: Rate, state: Rating, known: Known | None) -> list[Event]:
    """One rating a visit, changeable for some days; items for minors are rated by a guardian."""
    if known is None:
        raise Rejected("rating.visit_unknown")
    if known.rules is None:
        raise Rejected("grade_round.none_here")
    if command.way == "page" and (state.wrong_tries >= TRIES_MAX or not command.code_right):
        return [] if state.wrong_tries >= TRIES_MAX else [CodeTried(at=command.at)]
    if command.way == "code" and not command.code_right:
        raise Rejected("rating.code_wrong")
    if command.way == "phone" and not command.ticket:
        raise Rejected("rating.ticket_missing")
    if command.rated_by != "guardian" and known.item in known.rules.for_minors:
        raise Rejected("rating.guardian_rates")
    if command.at > known.ended_at + known.rules.rating_time:
        raise Rejected("rating.too_late", days=known.rules.rating_days)
    rated = _rated(command, known)
    return [] if state.rated is not None and replace(rated, at=state.rated.at) == state.rated else [rated]


def _rated(command: Rate, known: Known) -> Rated:
    return Rated(
        visit=command.visit,
        provider=known.provider,
        township=known.township,
        item=known.item,
        month=known.month,
        way=command.way,
        ticket=command.ticket,
        stars=command.stars,
        reasons=command.reasons,
        rated_by=command.rated_by,
        by=command.by,
        at=command.at,
    )


def evolve(state: Rating, event: Event) -> Rating:
    """The last rating stands."""
    match event:
        case Rated():
            return replace(state, rated=event)
        case CodeTried():
            return replace(state, wrong_tries=state.wrong_tries + 1)


def code_of(key: bytes, county: str, visit: UUID) -> str:
    """The code with which a visit is rated."""
    digest = hmac.new(key, f"{county}/rating/{visit}".encode(), sha256).digest()
    return str(int.from_bytes(digest[:8], "big") % 10**DIGITS).zfill(DIGITS)


def stream_of(visit: UUID) -> UUID:
    """The stream of a visit's rating."""
    return uuid.uuid5(NAMESPACE, str(visit))


decider: Decider[Rate, Rating, Event, Known | None] = Decider(
    category=CATEGORY, initial=Rating(), decide=decide, evolve=evolve, events=topics(CATEGORY, Rated, CodeTried)
)
