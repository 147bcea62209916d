"""The round of a month 月度考核: which townships are drawn, of those in which something was to be served.

    Begin ─▶ Begun*      once a month, by itself on the first of the next, or by the bureau

Drawn are the townships with the smallest SHA-256 of ``<seed>|<township>``; the seed is SHA-256 of
``careloop.grade_round.1|<month>|<hash of the county log's head>``. Both are kept, so anybody can draw again.
Paper 000, part 2 (6) point 1: before the tenth, townships chosen at random, the month before is assessed.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from chassis.kernel import Decider, Rejected, topics
from services.providers.domain import calendar
from services.providers.domain.grading import Grading

NAMESPACE = uuid.UUID("8c0b7c5e-6a35-5d1c-9f0e-3a7d2b9c4e10")
CATEGORY = "providers.grade_round"
TAG = "careloop.grade_round.1"
LOOKED_BACK = 60
"""So many months back a round that became due is looked for."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A provider that was to serve in a township."""

    provider: UUID
    township: str


@dataclass(frozen=True, kw_only=True)
class Known:
    """``rules`` of the version in force on the month's last day, None where nobody is graded by a sheet; who was to
    serve where in the month; the hash of the county log's head, in hex, before the draw."""

    rules: Grading | None
    pairs: tuple[Pair, ...]
    head_hash: str


@dataclass(frozen=True, kw_only=True)
class Begin:
    """``by`` is empty where it begins by itself."""

    month: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Begun:
    """``candidates`` are the townships drawn from, ``due`` the grades to be given in those that were ``drawn``."""

    month: str
    sheet: str
    percent: int
    candidates: tuple[str, ...]
    drawn: tuple[str, ...]
    due: tuple[Pair, ...]
    head_hash: str
    seed: str
    due_on: date
    by: str
    at: datetime


def decide(command: Begin, state: Begun | None, known: Known) -> list[Begun]:
    """Once, when the month is over; by itself only where there is a sheet."""
    if state is not None:
        return []
    if calendar.day_of(command.at) < calendar.first_day_after(command.month):
        raise Rejected("grade_round.month_not_over", over_on=calendar.first_day_after(command.month).isoformat())
    if known.rules is None:
        if not command.by:
            return []
        raise Rejected("grade_round.none_here")
    return [_begun(command, known.rules, known)]


def _begun(command: Begin, rules: Grading, known: Known) -> Begun:
    candidates = tuple(sorted({pair.township for pair in known.pairs}))
    seed = seed_of(command.month, known.head_hash)
    drawn = draw(seed, candidates, rules.townships_percent)
    return Begun(
        month=command.month,
        sheet=rules.sheet,
        percent=rules.townships_percent,
        candidates=candidates,
        drawn=drawn,
        due=tuple(sorted((pair for pair in known.pairs if pair.township in drawn), key=_by_township)),
        head_hash=known.head_hash,
        seed=seed,
        due_on=calendar.first_day_after(command.month).replace(day=rules.by_day),
        by=command.by,
        at=command.at,
    )


def seed_of(month: str, head_hash: str) -> str:
    """The seed of a month's draw, in hex."""
    return sha256(f"{TAG}|{month}|{head_hash}".encode()).hexdigest()


def draw(seed: str, candidates: Iterable[str], percent: int) -> tuple[str, ...]:
    """So many percent of the candidates, rounded up exactly, by keyed hash; sorted."""
    found = set(candidates)
    count = -(-len(found) * percent // 100)
    ranked = sorted(found, key=lambda township: (sha256(f"{seed}|{township}".encode()).hexdigest(), township))
    return tuple(sorted(ranked[:count]))


def _by_township(pair: Pair) -> tuple[str, str]:
    return pair.township, str(pair.provider)


def evolve(_state: Begun | None, event: Begun) -> Begun:
    """A round begins once."""
    return event


def stream_of(month: str) -> UUID:
    """The stream of a month's round; the same id in every county, each in its own log."""
    return uuid.uuid5(NAMESPACE, month)


def month_of(stream: UUID, day: date) -> str | None:
    """The month whose round a stream is, of those before ``day``; None where it is none of them."""
    for _ in range(LOOKED_BACK):
        month = calendar.month_before(day)
        if stream_of(month) == stream:
            return month
        day = date.fromisoformat(f"{month}-01")
    return None


decider: Decider[Begin, Begun | None, Begun, Known] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, Begun)
)
