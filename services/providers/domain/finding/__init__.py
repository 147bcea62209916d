"""A finding 检查发现问题 and its rectification 整改, until somebody who did not open it has looked again.

Open ─▶ Opened ─ Answer ─▶ Answered ─ Reinspect ─▶ Closed
          │  └ past its day ─▶ Overdue      └▶ Failed ─ again: another deadline
          └ never answered: Failed                   └ worker removed, carer replaced, agreement reviewed: the end
"""

from services.providers.domain.finding.rules import CATEGORY, decider, ends_at
from services.providers.domain.finding.words import (
    Answer,
    Answered,
    Closed,
    Consequence,
    Failed,
    Finding,
    Known,
    MarkOverdue,
    Open,
    Opened,
    Overdue,
    Reinspect,
    Source,
)

__all__ = [
    "CATEGORY",
    "Answer",
    "Answered",
    "Closed",
    "Consequence",
    "Failed",
    "Finding",
    "Known",
    "MarkOverdue",
    "Open",
    "Opened",
    "Overdue",
    "Reinspect",
    "Source",
    "decider",
    "ends_at",
]
