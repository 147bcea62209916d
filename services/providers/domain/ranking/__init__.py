"""Matching of one order: hard conditions, what each choice costs, the ranking with everybody's reason."""

from services.providers.domain.ranking.conditions import CONDITIONS, failed, hand_fails, hands
from services.providers.domain.ranking.cost import PARTS, changes_provider, over_share
from services.providers.domain.ranking.rules import behind, main_reason, put_first, rank, weigh
from services.providers.domain.ranking.words import Candidate, Certificate, Hand, Order, Served, Weighed

__all__ = [
    "CONDITIONS",
    "PARTS",
    "Candidate",
    "Certificate",
    "Hand",
    "Order",
    "Served",
    "Weighed",
    "behind",
    "changes_provider",
    "failed",
    "hand_fails",
    "hands",
    "main_reason",
    "over_share",
    "put_first",
    "rank",
    "weigh",
]
