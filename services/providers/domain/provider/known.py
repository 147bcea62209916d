"""What a decision on a provider may know beyond its own stream."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.providers.domain import calendar
from services.providers.domain.policy import Policy
from services.providers.domain.provider.agreement import OpenOrder


@dataclass(frozen=True, kw_only=True)
class Tendered:
    """A registered tender as an agreement of one provider meets it, amounts in fen.

    ``awarded_fen`` is what this provider was awarded, None: nothing. ``committed_fen`` is what all other agreements of
    the tender commit, ``committed_here_fen`` what those of them are that this provider has.
    """

    items: tuple[str, ...]
    amount_fen: int
    awarded_fen: int | None
    committed_fen: int
    committed_here_fen: int


@dataclass(frozen=True, kw_only=True)
class Known:
    """The policy in force on the day, the tender that an agreement names, and the orders the provider holds."""

    policy: Policy | None = None
    tender: Tendered | None = None
    orders: tuple[OpenOrder, ...] = ()

    def release_at(self, from_day: date) -> datetime:
        """When what was done before ``from_day`` has been reported: the pack's hours after the day begins."""
        hours = self.policy.report_within_hours if self.policy else 0
        return calendar.beginning_of(from_day) + timedelta(hours=hours)


NOTHING = Known()
"""For a decision that needs nothing."""
