"""The hard conditions, in their order: who does not fit is left out, with the first that failed.

Agreement (item, township, the window's days), the provider's papers, a worker of the township with what the item asks
for, thirty minutes' way (paper 000, part 2 (5) point 3), capacity of worker and agreement. The one list is used where
a single order is offered and where a batch is decided and verified.
"""

from __future__ import annotations

from services.providers.domain.policy import Policy
from services.providers.domain.ranking.words import Candidate, Hand, Order

CONDITIONS = (
    "item_not_agreed",
    "township_not_agreed",
    "agreement_not_valid",
    "provider_suspended",
    "certificate_missing",
    "certificate_ends",
    "agreement_used_up",
    "no_outlet_open",
    "qualification_ends",
    "no_worker_there",
    "worker_not_qualified",
    "worker_not_trained",
    "out_of_reach",
    "workers_full",
    "capacity_reached",
)
"""Codes in the order in which they are looked at; the later one fails, the nearer the candidate came."""


def failed(order: Order, candidate: Candidate, policy: Policy) -> str | None:
    """The code of the first condition that does not hold; None where all hold."""
    asks = policy.matching.asks.get(order.item)
    covers = candidate.valid_from <= order.window_from and order.window_to <= candidate.valid_to
    if order.item not in candidate.items:
        return "item_not_agreed"
    if order.township not in candidate.townships:
        return "township_not_agreed"
    if not covers:
        return "agreement_not_valid"
    if candidate.unfit is not None:
        return candidate.unfit
    if candidate.qualified_to is not None and candidate.qualified_to < order.window_to:
        return "qualification_ends"
    if asks and asks.certificates_any and not _certified(order, candidate, asks.certificates_any):
        return "certificate_missing"
    if candidate.workers <= 0:
        return "no_worker_there"
    without = _crew_fails(order, candidate, policy)
    if without is not None:
        return without
    return None if candidate.taken < candidate.capacity else "capacity_reached"


def hands(order: Order, candidate: Candidate, policy: Policy) -> tuple[Hand, ...]:
    """The workers of the crew who can be sent for the order."""
    return tuple(hand for hand in candidate.crew if hand_fails(order, hand, policy) is None)


def hand_fails(order: Order, hand: Hand, policy: Policy) -> str | None:
    """Why this worker cannot be sent: the first condition that fails."""
    asks = policy.matching.asks.get(order.item)
    if asks is not None:
        if asks.qualifications_any and not set(asks.qualifications_any) & set(hand.qualifications):
            return "worker_not_qualified"
        if asks.trained and (hand.trained_to is None or hand.trained_to < order.window_from):
            return "worker_not_trained"
    if hand.minutes is not None and hand.minutes > policy.reach_within_minutes:
        return "out_of_reach"
    return None if hand.has_time else "workers_full"


def furthest(codes: tuple[str, ...]) -> str:
    """Of several conditions that failed, the one looked at last: that one came nearest to serving."""
    return max(codes, key=CONDITIONS.index)


def _certified(order: Order, candidate: Candidate, kinds: tuple[str, ...]) -> bool:
    return any(one.kind in kinds and one.covers(order.window_from, order.window_to) for one in candidate.certificates)


def _crew_fails(order: Order, candidate: Candidate, policy: Policy) -> str | None:
    """The best worker's failing; with no crew told, whether the provider's nearest point is near enough."""
    if not candidate.crew:
        minutes = candidate.minutes(policy)
        return "out_of_reach" if minutes is not None and minutes > policy.reach_within_minutes else None
    codes = [hand_fails(order, hand, policy) for hand in candidate.crew]
    missing = tuple(code for code in codes if code is not None)
    return None if len(missing) < len(codes) else furthest(missing)
