"""An order is taken from its provider, because an agreement ended or it takes no orders: others are looked for.

What is visited stays visited and is paid by its day; the order is free again before anybody else is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from services.providers.domain.search.messages import State


@dataclass(frozen=True, kw_only=True)
class Release:
    """Take the order from ``provider``, who has it under ``agreement`` and may not serve it from ``from_day`` on."""

    provider: UUID
    agreement: str
    from_day: date
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Released:
    """The order is not the provider's any more; another search follows."""

    provider: UUID
    agreement: str
    from_day: date
    reason_code: str
    at: datetime


def release(command: Release, search: State) -> list[Released]:
    """Only while that provider has it under that agreement, and has reported no visit."""
    held = (search.provider, search.agreement) == (command.provider, command.agreement)
    if search.status not in ("offered", "found") or search.visit is not None or not held:
        return []
    return [
        Released(
            provider=command.provider,
            agreement=command.agreement,
            from_day=command.from_day,
            reason_code=command.reason_code,
            at=command.at,
        )
    ]
