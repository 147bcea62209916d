"""What it costs, in the county's own weights, to send a worker: an integer, the smaller the better.

    cost = continuity * (another worker than last time)     + same_provider * (another provider than so far)
         + minute * (minutes of the way)                    + load * (thousandths of the capacity in use)
         + fairness * (thousandths above its part)

Where the pack names no weights, a person's own provider comes first, then the nearest, then the least loaded.
"""

from __future__ import annotations

from services.providers.domain.policy import Policy
from services.providers.domain.ranking.words import Candidate, Hand, Order, Served

PARTS = ("continuity", "same_provider", "distance", "load", "fairness")
BEHIND = ("another_worker_serves_the_person", "another_serves_the_person", "farther", "more_loaded", "had_its_share")
"""By part: why somebody stands behind another, where that part made the difference."""


def parts(
    order: Order, candidate: Candidate, hand: Hand | None, served: Served | None, policy: Policy
) -> tuple[int, ...]:
    """What each of ``PARTS`` adds. A way that is not known counts as one minute beyond the circle."""
    weight = policy.matching.weight
    minutes = candidate.minutes(policy) if hand is None else hand.minutes
    if minutes is None:
        minutes = policy.reach_within_minutes + 1
    return (
        weight.continuity if changes_worker(hand, served) else 0,
        weight.same_provider if changes_provider(order, candidate, served, policy) else 0,
        weight.minute * minutes,
        weight.load * (candidate.taken * 1000 // candidate.capacity),
        weight.fairness * candidate.over_share,
    )


def changes_worker(hand: Hand | None, served: Served | None) -> bool:
    """Whether somebody else than last time would come."""
    return hand is not None and served is not None and hand.worker != served.worker


def changes_provider(order: Order, candidate: Candidate, served: Served | None, policy: Policy) -> bool:
    """Whether another provider than the assigned one would come; than the last one, where continuity has a weight."""
    serves = order.assigned
    if serves is None and served is not None and policy.matching.weight.continuity:
        serves = served.provider
    return serves is not None and serves != candidate.provider


def over_share(taken: int, all_taken: int, capacity: int, all_capacity: int) -> int:
    """Thousandths of its agreed capacity by which a provider has had more than its part of the orders; never below 0.

    Its part is that of its capacity in all capacity. With 12 of 40 agreed orders where everybody together has 20 of
    100, it has had 4 more than its part of 8: 100 thousandths.
    """
    if not capacity or not all_capacity:
        return 0
    return max(0, (taken * all_capacity - all_taken * capacity) * 1000 // (all_capacity * capacity))
