"""Words of a batch: a list is closed, numbers are committed to and told, visits and inspectors are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID, uuid5

from services.orders.domain.drawing import Inspector, Line, Part, Pick, Stratum
from services.orders.domain.policy import Policy

NAMESPACE = UUID("4d3f7a51-0c1e-5f2b-9b7a-6f0f3a5d8c21")
BUREAU = "bureau"
"""The party that is the county bureau; every other is a provider by its id."""


def stream_of(county: str, year: int, number: int) -> UUID:
    """The stream of a batch: batches of a year are numbered from 1."""
    return uuid5(NAMESPACE, f"{county}/{year}/{number}")


@dataclass(frozen=True, kw_only=True)
class CloseList:
    """Close the list of what has not been listed yet; ``by_itself``: by the calendar, which is never refused."""

    county: str
    year: int
    number: int
    at: datetime
    by_itself: bool = False


@dataclass(frozen=True, kw_only=True)
class Commit:
    """A party binds itself to a number of 32 bytes by its SHA-256."""

    party: str
    commitment: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Reveal:
    """A party tells its number."""

    party: str
    number: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Turn:
    """A deadline may have passed."""

    at: datetime


Command = CloseList | Commit | Reveal | Turn


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A page of the list."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class Stratified:
    """A page of the strata of the list, as it finds them."""

    strata: tuple[Stratum, ...]


@dataclass(frozen=True, kw_only=True)
class ListClosed:
    """Nothing joins the list any more; its digest is told before any number is known."""

    county: str
    year: int
    number: int
    digest: str
    visits: int
    strata_of: tuple[Part, ...]
    percent: int
    surprise_percent: int
    inspectors_per: Literal["visit", "township"]
    inspect_within_days: int
    inspectors: tuple[Inspector, ...]
    hands: tuple[tuple[UUID, UUID], ...]
    parties: tuple[str, ...]
    commit_hours: int
    reveal_hours: int
    commit_until: datetime
    policy: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Committed:
    """A party has bound itself."""

    party: str
    commitment: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CommitmentsClosed:
    """From now on numbers are told. The log's head of this moment enters the seed: whoever reads or writes the log
    after it can change nothing any more."""

    head_position: int
    head_hash: str
    reveal_until: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Revealed:
    """A party's number, which is what it was bound to."""

    party: str
    number: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Reopened:
    """Nobody committed: everybody is asked anew, for the same list."""

    commit_until: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Picked:
    """A page of what was drawn."""

    picks: tuple[Pick, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """The draw is done; ``withheld`` are the parties that gave no number and were left out."""

    seed: str
    picks: int
    withheld: tuple[str, ...]
    at: datetime


Event = Listed | Stratified | ListClosed | Committed | CommitmentsClosed | Revealed | Reopened | Picked | Drawn


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a list is closed with: visits not listed yet, strata and results of the year so far, inspectors and their
    hands in the visits, how often each party withheld its number this year."""

    lines: tuple[Line, ...]
    strata: Mapping[str, Stratum]
    results: Mapping[str, tuple[int, int]]
    inspectors: tuple[Inspector, ...]
    hands: tuple[tuple[UUID, UUID], ...]
    withheld: Mapping[str, int]
    next_number: int
    running: bool
    closed: bool


@dataclass(frozen=True, kw_only=True)
class Known:
    """The county's policies, the head of its log, and, to close a list, what was found."""

    policies: tuple[Policy, ...]
    head_position: int = 0
    head_hash: str = ""
    found: Found | None = field(default=None)
