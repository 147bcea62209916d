"""A pot of money and goods given freely: an appeal 募捐倡议, a village's fund 社区基金, or what is bound to one order.
    Open ─▶ open ─ Receive* ─ Allot* ─ Spend* ─ Return* ─ Close ─▶ closed (nothing more comes in)

A charity sets amounts aside for love orders (paper 003, part 2 (7) item 15). A pledge or donation for one order is a
pot of its own (S14): all of it is set aside for that order, and what the order does not need goes where the donor said.
"""

from __future__ import annotations

from chassis.kernel import Decider, topics
from services.charity.domain.pot.deciding import Known, decide
from services.charity.domain.pot.messages import (
    Allot,
    Allotted,
    Close,
    Closed,
    Command,
    Event,
    Finish,
    Finished,
    Kind,
    Moved,
    Open,
    Opened,
    Receive,
    Received,
    Return,
    Returned,
    Spend,
    Spent,
    Take,
    TakeBack,
    Taken,
    TakenBack,
    Terms,
    Unspend,
    Unspent,
    Wish,
    Wished,
    bound_to,
)
from services.charity.domain.pot.state import Pot, evolve

CATEGORY = "charity.pot"

decider: Decider[Command, Pot, Event, Known | None] = Decider(
    category=CATEGORY,
    initial=Pot(),
    decide=decide,
    evolve=evolve,
    events=topics(
        CATEGORY, Opened, Received, TakenBack, Allotted, Spent, Unspent, Returned, Finished, Wished, Moved, Taken,
        Closed,
    ),
)  # fmt: skip

__all__ = [
    "CATEGORY",
    "Allot",
    "Allotted",
    "Close",
    "Closed",
    "Command",
    "Event",
    "Finish",
    "Finished",
    "Kind",
    "Known",
    "Moved",
    "Open",
    "Opened",
    "Pot",
    "Receive",
    "Received",
    "Return",
    "Returned",
    "Spend",
    "Spent",
    "Take",
    "TakeBack",
    "Taken",
    "TakenBack",
    "Terms",
    "Unspend",
    "Unspent",
    "Wish",
    "Wished",
    "bound_to",
    "decide",
    "decider",
    "evolve",
]
