"""The steps of a case and of an order as they are shown: what happened, with codes, numbers and days, never a text.

What is sealed stays sealed, and who did it is shown as a role: names of people are looked up by who may.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

UNTOLD = frozenset({"by", "at", "role", "born"})
"""Shown elsewhere or not at all: a sign-in name, the instant, the role, a birthday."""
MONEY = "_fen"
"""What ends so is an amount, which not everybody sees who sees a case."""
CODES = frozenset(
    {
        "channel", "mode", "township", "village", "tier", "category", "grade", "month", "reason_code", "item", "kind",
        "how", "road", "result", "code", "step", "level", "difficulty", "urgency", "degree", "way", "form", "relation",
        "material", "instrument", "state", "outcome_code", "policy", "remark_code", "register_number", "service_number",
        "time", "goods", "department", "matter_code", "document",
    }
)  # fmt: skip
"""Fields of text that hold a code or a number; any other text may be about a person and is left out."""

Shown = str | int | bool


def shown(event: Any) -> dict[str, Shown]:
    """The plain facts of a stored event, by field."""
    told: dict[str, Shown] = {}
    for field in fields(event):
        value = getattr(event, field.name)
        if field.name in UNTOLD or field.name.endswith(MONEY):
            continue
        if isinstance(value, (bool, int)):
            told[field.name] = value
        elif isinstance(value, (date, datetime)):
            told[field.name] = value.isoformat()
        elif isinstance(value, UUID) or (isinstance(value, str) and value and field.name in CODES):
            told[field.name] = str(value)
    return told
