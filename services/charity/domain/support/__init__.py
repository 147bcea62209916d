"""What is behind a love order: the money and goods that pots promise it, and what of them was used.
    Promise* ─▶ Promised ─ Fund* ─▶ Funded ─ Count ─▶ Used (a verified claim) ─ End ─▶ Released (the rest)

All promises together never exceed the order's price for its places, or its pieces in kind: it is promised nothing
twice. A claim that the bureau verified uses what is there, the first promise first; undone, it is there again. When the
order is over, what no claim waits for goes back to its pots.
"""

from __future__ import annotations

from chassis.kernel import Decider, topics
from services.charity.domain.support.deciding import Known, decide
from services.charity.domain.support.messages import (
    Await,
    Awaited,
    Command,
    Count,
    Counted,
    Drop,
    Dropped,
    End,
    Ended,
    Event,
    Fund,
    Funded,
    Promise,
    Promised,
    Released,
    Uncount,
    Uncounted,
    Used,
    Wanted,
    Withdraw,
    stream_of,
)
from services.charity.domain.support.state import Given, Support, evolve

CATEGORY = "charity.support"

decider: Decider[Command, Support, Event, Known | None] = Decider(
    category=CATEGORY,
    initial=Support(),
    decide=decide,
    evolve=evolve,
    events=topics(CATEGORY, Promised, Funded, Awaited, Dropped, Counted, Uncounted, Used, Released, Ended),
)

__all__ = [
    "CATEGORY",
    "Await",
    "Awaited",
    "Command",
    "Count",
    "Counted",
    "Drop",
    "Dropped",
    "End",
    "Ended",
    "Event",
    "Fund",
    "Funded",
    "Given",
    "Known",
    "Promise",
    "Promised",
    "Released",
    "Support",
    "Uncount",
    "Uncounted",
    "Used",
    "Wanted",
    "Withdraw",
    "decide",
    "decider",
    "evolve",
    "stream_of",
]
