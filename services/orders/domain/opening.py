"""An order that a plan opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.orders.domain.planned import Kind, Mode


@dataclass(frozen=True, kw_only=True)
class Opening:
    """An order to be opened.

    ``base`` names the slot it is for (absent: the order's own id does), ``turn`` how often the slot's person has moved
    or changed the provider before it; a slot that is opened anew has another order. Empty ``township`` and ``village``:
    the plan's. ``helper`` is who helps where nobody is paid.
    """

    order_id: UUID
    kind: Kind
    item: str
    units: int
    window_from: date
    window_to: date
    base: UUID | None = None
    turn: int = 0
    township: str = ""
    village: str = ""
    mode: Mode = "purchase"
    provider: UUID | None = None
    helper: UUID | None = None

    @property
    def slot(self) -> UUID:
        """The slot it is for."""
        return self.base or self.order_id
