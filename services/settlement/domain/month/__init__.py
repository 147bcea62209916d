"""A month of a county, until it is closed.

    RequestClose ─▶ CloseRequested ─ NoteSeal × 3 ─▶ SealNoted × 3 ─ Close ─▶ Closed
                      └ again: CloseRetried                           └▶ CloseDelayed (parked, earlier month, grades)

NoteDrawn ─▶ DrawnNoted: only the grades of these townships are due (S10).
Seals may come before the request is repeated; nothing is decided twice. The close decides on the facts known when the
last seal, or the last grade, is here. Through which positions it goes, the seals say (S2).
"""

from services.settlement.domain.month.deciding import decider, grades_due, waits_of
from services.settlement.domain.month.words import (
    CATEGORY,
    SEALING,
    Close,
    Closed,
    CloseDelayed,
    CloseRequested,
    CloseRetried,
    DrawnNoted,
    Known,
    Month,
    NoteDrawn,
    NoteSeal,
    RequestClose,
    SealNoted,
    Total,
    Wait,
    stream_of,
)

__all__ = [
    "CATEGORY",
    "SEALING",
    "Close",
    "CloseDelayed",
    "CloseRequested",
    "CloseRetried",
    "Closed",
    "DrawnNoted",
    "Known",
    "Month",
    "NoteDrawn",
    "NoteSeal",
    "RequestClose",
    "SealNoted",
    "Total",
    "Wait",
    "decider",
    "grades_due",
    "stream_of",
    "waits_of",
]
