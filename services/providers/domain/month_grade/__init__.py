"""The grade of a provider's month in a drawn township.

Open ─▶ Opened ─ Enter* ─▶ Entered* ─ Issue ─▶ Issued ─ Object ─▶ Objected ─ Rejudge ─▶ Rejudged
          │                     └ Waive ─▶ Waived (nothing was served)
          └ past its day ─▶ Overdue (on the list above; no grade by itself)
"""

from services.providers.domain.month_grade.rules import CATEGORY, decider, stream_of
from services.providers.domain.month_grade.words import (
    Enter,
    Entered,
    Grade,
    Issue,
    Issued,
    Judged,
    Known,
    MarkOverdue,
    Object,
    Objected,
    Open,
    Opened,
    Overdue,
    Rejudge,
    Rejudged,
    Waive,
    Waived,
)

__all__ = [
    "CATEGORY",
    "Enter",
    "Entered",
    "Grade",
    "Issue",
    "Issued",
    "Judged",
    "Known",
    "MarkOverdue",
    "Object",
    "Objected",
    "Open",
    "Opened",
    "Overdue",
    "Rejudge",
    "Rejudged",
    "Waive",
    "Waived",
    "decider",
    "stream_of",
]
