"""What a decision reads that another stream changes: two such decisions never share a batch."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from chassis.service import Step, Timely
from services.charity.domain import certificate, donation, fundraising, love_order, pledge, pot, service_entry
from services.charity.views.known import claims

ENDING = (love_order.Cancel, love_order.Fulfil, love_order.Withdraw, love_order.Refer, love_order.Return, Timely)
"""What may end a love order, or change what it can take."""


def guards(step: Step, _state: Any) -> Iterable[str]:
    """What gifts and claims each keep from being decided unseen."""
    return (*_of_giving(step), *claims.guards(step))


def _of_giving(step: Step) -> Iterable[str]:
    """Numbers without a gap; what an order can take and its end; a certificate and the deeds that it counts."""
    match step.command:
        case donation.Record(gift=gift):
            return (f"receipts:{gift.charity}", *((f"order:{gift.order_id}",) if gift.order_id else ()))
        case pot.Allot(order_id=order_id):
            return (f"order:{order_id}",)
        case pledge.Make(terms=terms):
            return (f"order:{terms.order_id}",) if terms.order_id else (f"pot:{terms.pot}",)
        case pot.Close():
            return (f"pot:{step.stream}",)
        case pot.Open(terms=terms):
            return (f"fundraising:{terms.charity}",)
        case fundraising.Qualify(charity=charity):
            return (f"fundraising:{charity}",)
        case certificate.Issue() | service_entry.Count() | service_entry.Void():
            return ("certificates",)
        case _ if step.decider.category == love_order.CATEGORY and isinstance(step.command, ENDING):
            return (f"order:{step.stream}",)
    return ()
