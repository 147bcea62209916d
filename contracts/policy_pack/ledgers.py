"""``[orders.ledgers]``: within how many days each step of the work is to be done, for the lists of what is overdue."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from contracts.policy_pack.entries import Cite
from contracts.values import Count, Many, Name, Value


class Ledgers(Value):
    """Calendar days from one step to the next; and programmes of which a person has one at a time.

    ``follow_up_days``: from the entry into the roll to a decided need; ``decide_days``: from registration to decision;
    ``notice_days``: from the drawn plan to the notice; ``start_days``: from the notice to the first day of service;
    ``serve_days``: after the last day of an order's window.
    """

    follow_up_days: Count
    decide_days: Count
    notice_days: Count
    start_days: Count
    serve_days: Annotated[int, Field(ge=0, le=365)] = 0
    exclusive: Many[Annotated[Many[Name], Field(min_length=2)]] = ()
    cite: Cite
