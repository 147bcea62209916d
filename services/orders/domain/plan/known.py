"""What decisions about a plan may know beyond its stream."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.orders.domain.policy import Policy


@dataclass(frozen=True, kw_only=True)
class Known:
    """The county's policies; to adjust, which orders of the plan are served already; to start, the last day of another
    plan of the person (None: there is none); to agree, what is known of the person's guardian."""

    policies: tuple[Policy, ...]
    served: frozenset[UUID] = frozenset()
    other_plan_until: date | None = None
    guardian: str = ""
