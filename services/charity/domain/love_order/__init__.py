"""A love order 爱心服务订单: referred by the bureau, published by a charity, claimed by people and companies.
    Refer ─▶ referred ─ Accept ─▶ accepted ─ Publish ─▶ published ─ Claim* ─▶ … ─▶ closed │ lapsed │ cancelled
                  └───────────────────┴ Decline, or not published in time ─▶ declined ─ Refer ─▶ referred

    a claim:  Claim ─▶ held ─ Confirm ─▶ confirmed ─ Fulfil ─▶ fulfilled ─ Return ─▶ confirmed
                        │                    │                     └ TurnDown ─▶ turned_down
                        └ Withdraw, or its time runs out ─▶ released
              Join ─▶ waiting ─ pieces are freed ─▶ held
    of money: confirmed ─ ReceiveShare ─▶ paid ─ Fulfil (the charity delivers, all shares at once) ─▶ fulfilled

An order is of pieces, a claim takes some of them; never more are held and done than there are. Who comes too late is
told who was first and may wait; whoever waits is served in order of arrival, each as many pieces as are free and it
waits for. A claimant claims an order once; nobody waits longer than the order stands (paper 003, part 2 (3) item 4).
"""

from __future__ import annotations

from chassis.kernel import Decider, topics
from services.charity.domain.love_order.deciding import Known, decide
from services.charity.domain.love_order.events import (
    EVENTS,
    Accepted,
    Cancelled,
    Claimed,
    Closed,
    Confirmed,
    Declined,
    Event,
    Fulfilled,
    Lapsed,
    OfferNamed,
    Promoted,
    Published,
    Queued,
    Referred,
    Released,
    Returned,
    ShareReceived,
    TurnedDown,
)
from services.charity.domain.love_order.messages import (
    Accept,
    Acting,
    Cancel,
    Claim,
    Command,
    Confirm,
    Decline,
    Fulfil,
    Join,
    Lapse,
    NameOffer,
    Offered,
    Planned,
    Publish,
    ReceiveShare,
    Refer,
    ReportNoShow,
    Return,
    Terms,
    TurnDown,
    Withdraw,
    Work,
    claim_id_of,
)
from services.charity.domain.love_order.planning import planned_on
from services.charity.domain.love_order.state import LoveOrder, Past, Place, evolve

CATEGORY = "charity.love_order"

decider: Decider[Command, LoveOrder, Event, Known | None] = Decider(
    category=CATEGORY, initial=LoveOrder(), decide=decide, evolve=evolve, events=topics(CATEGORY, *EVENTS)
)

__all__ = [
    "CATEGORY",
    "Accept",
    "Accepted",
    "Acting",
    "Cancel",
    "Cancelled",
    "Claim",
    "Claimed",
    "Closed",
    "Command",
    "Confirm",
    "Confirmed",
    "Decline",
    "Declined",
    "Event",
    "Fulfil",
    "Fulfilled",
    "Join",
    "Known",
    "Lapse",
    "Lapsed",
    "LoveOrder",
    "NameOffer",
    "OfferNamed",
    "Offered",
    "Past",
    "Place",
    "Planned",
    "Promoted",
    "Publish",
    "Published",
    "Queued",
    "ReceiveShare",
    "Refer",
    "Referred",
    "Released",
    "ReportNoShow",
    "Return",
    "Returned",
    "ShareReceived",
    "Terms",
    "TurnDown",
    "TurnedDown",
    "Withdraw",
    "Work",
    "claim_id_of",
    "decider",
    "planned_on",
]
