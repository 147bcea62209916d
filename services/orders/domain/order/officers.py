"""Words of what officers decide about an order: nobody was found, it is called off, put off, or help was recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chassis.kernel import Sealed


@dataclass(frozen=True, kw_only=True)
class SearchAgain:
    """Look for a provider once more."""

    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class TurnToLove:
    """Nobody was found: let a charity publish it, as a gift."""

    charity_id: UUID
    expires_at: datetime
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CallOff:
    """The order is not needed any more, says an officer."""

    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ChangeWindow:
    """Serve it on other days."""

    window_from: date
    window_to: date
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Record:
    """The village or township records help that nobody is paid for by tariff: how much, and what, which is sealed."""

    visit_id: UUID
    units: int
    day: date
    time: str
    content: Sealed
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SearchedAgain:
    """The order waits for a provider again."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class TurnedToLove:
    """The order is a love order now, for one who gives, until it expires."""

    charity_id: UUID
    expires_at: datetime
    policy: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class WindowChanged:
    """The order is to be served between these days; a search for it begins anew."""

    window_from: date
    window_to: date
    reason_code: str
    at: datetime
