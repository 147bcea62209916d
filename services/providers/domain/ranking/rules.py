"""Who may serve an order, in which order they are asked, and for everybody else why not.

A provider fits with an agreement for which every hard condition holds (``conditions``); those who fit come by their
``cost``, then by id: the same input always gives the same answer (paper 003, part 1: matching of supply and demand
that can be checked).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from uuid import UUID

from services.providers.domain.policy import Policy
from services.providers.domain.ranking import cost
from services.providers.domain.ranking.conditions import CONDITIONS, failed, hands
from services.providers.domain.ranking.words import Candidate, Hand, Order, Served, Weighed


def rank(
    order: Order,
    candidates: Iterable[Candidate],
    policy: Policy,
    refused: Mapping[UUID, str],
    served: Served | None = None,
) -> tuple[Weighed, ...]:
    """One entry a provider: those who fit by rank, then the others with their reason."""
    by_provider = sorted(candidates, key=lambda candidate: (candidate.provider, candidate.taken, candidate.agreement))
    fit: list[Weighed] = []
    unfit: list[Weighed] = []
    for provider, agreements in groupby(by_provider, key=lambda candidate: candidate.provider):
        weighed = _provider(order, list(agreements), policy, refused.get(provider), served)
        (fit if weighed.reason_code is None else unfit).append(weighed)
    fit.sort(key=_key)
    ranked = [
        replace(weighed, rank=place, reason_code=behind(fit[0], weighed) if place > 1 else None)
        for place, weighed in enumerate(fit, 1)
    ]
    return (*ranked, *unfit)


def put_first(considered: Sequence[Weighed], chosen: Weighed) -> tuple[Weighed, ...]:
    """The same, with ``chosen`` in front: a batch that costs least as a whole chose it.

    Who would cost less for this order alone is needed elsewhere; the others stay behind for the reason they have.
    """
    others = [one for one in considered if one.provider != chosen.provider and one.rank is not None]
    rest = [one for one in considered if one.provider != chosen.provider and one.rank is None]
    ranked = [
        replace(one, rank=place, reason_code="needed_elsewhere" if _key(one) < _key(chosen) else behind(chosen, one))
        for place, one in enumerate(others, 2)
    ]
    return (replace(chosen, rank=1, reason_code=None), *ranked, *rest)


def main_reason(considered: Iterable[Weighed]) -> str:
    """Of the reasons why nobody serves, the one of who came nearest to it; ``no_agreement`` where nobody was there."""
    codes = [one.reason_code for one in considered if one.reason_code]
    return max(codes, key=_nearness, default="no_agreement")


def weigh(order: Order, candidate: Candidate, hand: Hand | None, served: Served | None, policy: Policy) -> Weighed:
    """A candidate that fits, served by ``hand``, with its cost."""
    parts = cost.parts(order, candidate, hand, served, policy)
    return Weighed(
        provider=candidate.provider,
        agreement=candidate.agreement,
        minutes=candidate.minutes(policy) if hand is None else hand.minutes,
        load=candidate.taken,
        worker=hand.worker if hand else None,
        cost=sum(parts),
        parts=parts,
    )


def behind(first: Weighed, other: Weighed) -> str:
    """Why ``other`` stands behind ``first``: the part that adds most to the difference, or ``later_id``."""
    if other.cost == first.cost:
        return "later_id"
    more = [theirs - ours for ours, theirs in zip(first.parts, other.parts, strict=True)]
    return cost.BEHIND[more.index(max(more))]


def _provider(
    order: Order, agreements: Sequence[Candidate], policy: Policy, refused: str | None, served: Served | None
) -> Weighed:
    """The least loaded agreement that fits, with its best worker; if none fits, the one that came furthest."""
    tried = [(failed(order, candidate, policy), candidate) for candidate in agreements]
    code, candidate = max(tried, key=lambda pair: len(CONDITIONS) if pair[0] is None else CONDITIONS.index(pair[0]))
    if refused is None and code is None:
        crew = hands(order, candidate, policy)
        options = [weigh(order, candidate, hand, served, policy) for hand in crew or (None,)]
        return min(options, key=lambda one: (one.cost, str(one.worker)))
    minutes = [hand.minutes for hand in candidate.crew if hand.minutes is not None]
    return Weighed(
        provider=candidate.provider,
        agreement=candidate.agreement,
        minutes=min(minutes) if minutes else candidate.minutes(policy),
        load=candidate.taken,
        reason_code=refused or code,
    )


def _key(weighed: Weighed) -> tuple[int, UUID]:
    return weighed.cost or 0, weighed.provider


def _nearness(code: str) -> int:
    """How near to serving somebody came: by its condition; a refusal, or no offer left to make, is nearest."""
    return CONDITIONS.index(code) if code in CONDITIONS else len(CONDITIONS)
