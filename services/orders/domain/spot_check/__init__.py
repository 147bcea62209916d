"""Spot checks: batches, the inspections that come of them, who inspects, the year and its calendar.

``batch``, ``inspection``, ``inspector``, ``year`` and ``calendar`` are decision boundaries of their own.
"""

from services.orders.domain.spot_check import calendar, inspection, inspector, year
from services.orders.domain.spot_check import rules as batch
from services.orders.domain.spot_check.state import Batch, Stage
from services.orders.domain.spot_check.words import (
    BUREAU,
    CloseList,
    Commit,
    CommitmentsClosed,
    Committed,
    Drawn,
    Found,
    Known,
    ListClosed,
    Listed,
    Picked,
    Reopened,
    Reveal,
    Revealed,
    Stratified,
    Turn,
    stream_of,
)

__all__ = [
    "BUREAU",
    "Batch",
    "CloseList",
    "Commit",
    "CommitmentsClosed",
    "Committed",
    "Drawn",
    "Found",
    "Known",
    "ListClosed",
    "Listed",
    "Picked",
    "Reopened",
    "Reveal",
    "Revealed",
    "Stage",
    "Stratified",
    "Turn",
    "batch",
    "calendar",
    "inspection",
    "inspector",
    "stream_of",
    "year",
]
