"""A statement of one payee, purchaser and month, from the close on; before it, it is only computed.

Finalise ─▶ Finalised ─ Confirm | TakeSilence ─▶ Confirmed ┐
                └─ Dispute ─▶ Disputed* (stops nothing) ───┴─ Approve × 2 ─▶ Approved × 2 ─ Pay ─▶ Paid
"""

from services.settlement.domain.statement.deciding import decider
from services.settlement.domain.statement.words import (
    CATEGORY,
    Approve,
    Approved,
    Confirm,
    Confirmed,
    Dispute,
    Disputed,
    Final,
    Finalise,
    Finalised,
    Paid,
    Pay,
    Signing,
    Statement,
    TakeSilence,
    stream_of,
)

__all__ = [
    "CATEGORY",
    "Approve",
    "Approved",
    "Confirm",
    "Confirmed",
    "Dispute",
    "Disputed",
    "Final",
    "Finalise",
    "Finalised",
    "Paid",
    "Pay",
    "Signing",
    "Statement",
    "TakeSilence",
    "decider",
    "stream_of",
]
