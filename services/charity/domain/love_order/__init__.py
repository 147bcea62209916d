"""A love order 爱心服务订单: referred by the bureau, published by a charity, claimed by people and companies.
    Refer ─▶ referred ─ Publish ─▶ published ─ Claim* ─▶ … ─▶ closed (done) │ lapsed (nobody did it) │ cancelled

    a claim:  Claim ─▶ held ─ Confirm ─▶ confirmed ─ Fulfil ─▶ fulfilled ─ Return ─▶ confirmed
                │        └ Withdraw, or the hold runs out ─▶ released
                └ no place left ─▶ waiting ─ a place is freed ─▶ held

Of N people and k places exactly k hold one; who comes later waits in order of arrival and gets the next place that is
freed; a claimant claims an order once; nobody waits longer than the order stands (paper 003, part 2 (3) item 4).
"""

from __future__ import annotations

from chassis.kernel import Decider, topics
from services.charity.domain.love_order.deciding import decide, evolve
from services.charity.domain.love_order.messages import (
    Cancel,
    Cancelled,
    Claim,
    Claimed,
    Closed,
    Command,
    Confirm,
    Confirmed,
    Event,
    Fulfil,
    Fulfilled,
    Lapse,
    Lapsed,
    Promoted,
    Publish,
    Published,
    Queued,
    Refer,
    Referred,
    Released,
    Return,
    Returned,
    Withdraw,
    claim_id_of,
)
from services.charity.domain.love_order.state import LoveOrder, Place
from services.charity.domain.policy import Policy

CATEGORY = "charity.love_order"

decider: Decider[Command, LoveOrder, Event, Policy | None] = Decider(
    category=CATEGORY,
    initial=LoveOrder(),
    decide=decide,
    evolve=evolve,
    events=topics(
        CATEGORY, Referred, Published, Claimed, Queued, Promoted, Confirmed, Released, Fulfilled, Returned, Lapsed,
        Closed, Cancelled,
    ),
)  # fmt: skip

__all__ = [
    "CATEGORY",
    "Cancel",
    "Cancelled",
    "Claim",
    "Claimed",
    "Closed",
    "Command",
    "Confirm",
    "Confirmed",
    "Event",
    "Fulfil",
    "Fulfilled",
    "Lapse",
    "Lapsed",
    "LoveOrder",
    "Place",
    "Promoted",
    "Publish",
    "Published",
    "Queued",
    "Refer",
    "Referred",
    "Released",
    "Return",
    "Returned",
    "Withdraw",
    "claim_id_of",
    "decider",
]
