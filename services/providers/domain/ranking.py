"""Who may serve an order, in which order they are asked, and for everybody else why not.

A provider fits with an agreement that lists the item and the township, covers the window and has capacity left that
month, with a worker of the township who is near enough. First comes who serves the person already, then the nearest,
then the least loaded, then the smaller id: the same input always gives the same answer (paper 003, part 1: matching
of supply and demand that can be checked).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from uuid import UUID

from services.providers.domain import reach
from services.providers.domain.policy import Policy

UNKNOWN_MINUTES = 1_000_000
"""Sorts after every real distance."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is wanted: ``units`` of ``item`` between two days, inclusive, in a village; ``assigned`` serves already."""

    kind: str
    person: UUID
    item: str
    units: int
    township: str
    village: str
    window_from: date
    window_to: date
    assigned: UUID | None
    policy: str


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One agreement of one provider as it stands: ``taken`` orders of the month, ``workers`` in the township.

    ``metres`` is from its nearest point to the village, None where the village is not on the map: a gap in the map
    keeps nobody from being served. ``unfit`` is why the provider may take no order of these days at all, whatever it
    has agreed to: suspended, not qualified, used up, no outlet open.
    """

    provider: UUID
    agreement: str
    items: tuple[str, ...]
    townships: tuple[str, ...]
    valid_from: date
    valid_to: date
    qualified_to: date | None
    capacity: int
    taken: int
    workers: int
    metres: int | None
    unfit: str | None = None


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """A provider in an explained match: its rank from 1, or none; ``reason_code`` says why it was not chosen."""

    provider: UUID
    agreement: str
    rank: int | None = None
    minutes: int | None = None
    load: int = 0
    reason_code: str | None = None


def rank(
    order: Order, candidates: Iterable[Candidate], policy: Policy, refused: Mapping[UUID, str]
) -> tuple[Weighed, ...]:
    """One entry a provider: those who fit by rank, then the others with their reason."""
    by_provider = sorted(candidates, key=lambda candidate: (candidate.provider, candidate.taken, candidate.agreement))
    fit: list[Weighed] = []
    unfit: list[Weighed] = []
    for provider, agreements in groupby(by_provider, key=lambda candidate: candidate.provider):
        weighed = _best(order, list(agreements), policy, refused.get(provider))
        (fit if weighed.reason_code is None else unfit).append(weighed)
    fit.sort(key=lambda weighed: _key(order, weighed))
    ranked = [
        replace(weighed, rank=place, reason_code=_behind(order, fit[0], weighed) if place > 1 else None)
        for place, weighed in enumerate(fit, 1)
    ]
    return (*ranked, *unfit)


def _best(order: Order, agreements: Sequence[Candidate], policy: Policy, refused: str | None) -> Weighed:
    """The least loaded agreement that fits; if none fits, the one that came furthest."""
    tried = [(_misfit(order, candidate, policy), candidate) for candidate in agreements]
    step, candidate = max(tried, key=lambda pair: pair[0][0])
    minutes = None if candidate.metres is None else reach.minutes(candidate.metres, policy)
    return Weighed(
        provider=candidate.provider,
        agreement=candidate.agreement,
        minutes=minutes,
        load=candidate.taken,
        reason_code=refused or step[1],
    )


def _misfit(order: Order, candidate: Candidate, policy: Policy) -> tuple[int, str | None]:
    """How many conditions hold before the first that does not, and that one's code; None where all hold."""
    near = candidate.metres is None or reach.minutes(candidate.metres, policy) <= policy.reach_within_minutes
    covers = candidate.valid_from <= order.window_from and order.window_to <= candidate.valid_to
    conditions = (
        ("item_not_agreed", order.item in candidate.items),
        ("township_not_agreed", order.township in candidate.townships),
        ("agreement_not_valid", covers),
        (candidate.unfit or "", candidate.unfit is None),
        ("qualification_ends", candidate.qualified_to is None or order.window_to <= candidate.qualified_to),
        ("no_worker_there", candidate.workers > 0),
        ("out_of_reach", near),
        ("capacity_reached", candidate.taken < candidate.capacity),
    )
    for place, (code, holds) in enumerate(conditions):
        if not holds:
            return place, code
    return len(conditions), None


def _key(order: Order, weighed: Weighed) -> tuple[bool, int, int, UUID]:
    minutes = UNKNOWN_MINUTES if weighed.minutes is None else weighed.minutes
    return weighed.provider != order.assigned, minutes, weighed.load, weighed.provider


def _behind(order: Order, first: Weighed, weighed: Weighed) -> str:
    """Why ``weighed`` stands behind ``first``: the first part of the key in which they differ."""
    codes = ("another_serves_the_person", "farther", "more_loaded", "later_id")
    pairs = zip(codes, _key(order, first), _key(order, weighed), strict=True)
    return next(code for code, one, other in pairs if one != other)
