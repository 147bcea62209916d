"""A care plan's state: its items day by day, its days, its orders of two months, what each month was told as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from chassis.kernel import Sealed
from services.orders.domain.counting import Bundle
from services.orders.domain.days import month_of, months_before, next_month
from services.orders.domain.place import Home
from services.orders.domain.plan.entries import Entry
from services.orders.domain.planned import Planned
from services.orders.domain.segments import Life


@dataclass(frozen=True, kw_only=True)
class Live:
    """The order of a slot: open or taken back, and how often it was taken back before."""

    month: str
    order_id: UUID
    turn: int
    open: bool = True
    taken_back: int = 0


@dataclass(frozen=True)
class Restart:
    """From this day on orders are searched for anew: the person moved, or a provider (named) was ended."""

    from_day: date
    provider: UUID | None


@dataclass(frozen=True, kw_only=True)
class Phase:
    """The months in which a plan is phased out."""

    first_month: str
    months: int
    shrinking: bool


@dataclass(frozen=True, kw_only=True)
class ServicePlan:
    """A provider's plan of service for an item."""

    provider: UUID
    text: Sealed
    stage: Literal["submitted", "agreed", "returned"]
    reason: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A drawn plan. ``opened`` is the last month with orders, ``live`` the slots of it and of the month before.

    ``stopped``: its last day is fixed; ``finished``: that day has passed. ``urgent``: it may start before its notice.
    ``barred`` are providers that were ended. ``unposted`` are needs that came after the notice.
    """

    plan_id: UUID
    person: UUID
    needs: frozenset[UUID]
    entries: tuple[Entry, ...]
    life: Life
    homes: tuple[Home, ...]
    township: str
    village: str
    urgent: bool = False
    started: bool = False
    stopped: bool = False
    finished: bool = False
    notice_on: date | None = None
    agreed_on: date | None = None
    agreed_by: str = ""
    drawn_on: date = date.min
    opened: str = ""
    live: Mapping[UUID, Live] = field(default_factory=dict)
    restarts: tuple[Restart, ...] = ()
    barred: frozenset[UUID] = frozenset()
    unposted: frozenset[UUID] = frozenset()
    phase: Phase | None = None
    refreshed_on: date | None = None
    refresh_due: date | None = None
    stale: bool = False
    entitled: bool = True
    service_plans: Mapping[int, ServicePlan] = field(default_factory=dict)
    told: Mapping[str, tuple[Bundle, ...]] = field(default_factory=dict)

    @property
    def items(self) -> tuple[Planned, ...]:
        """What it gives, now or later: items whose last day is not fixed."""
        return tuple(entry.planned for entry in self.entries if entry.last == date.max)

    @property
    def provider(self) -> UUID | None:
        """Who is assigned now."""
        return self.life.assigned[-1].provider if self.life.assigned else None

    @property
    def next_opening(self) -> str:
        """The month whose orders are opened next; empty before the start."""
        if not self.started:
            return ""
        return next_month(self.opened) if self.opened else month_of(self.life.begins_on)

    @property
    def running(self) -> bool:
        """Whether there are or will be days of service."""
        return self.started and not self.finished and self.life.died_on is None

    @property
    def open_orders(self) -> tuple[UUID, ...]:
        """Orders of the opened month and of the one before that were not taken back."""
        return tuple(live.order_id for live in self.live.values() if live.open)

    def waits_for_notice(self, entry: Entry) -> bool:
        """Of a plan that was started urgently, only what was urgent comes before the notice; what came after it waits
        until it hangs again."""
        return entry.unposted or (self.urgent and self.notice_on is None and not entry.urgent)

    def kept_of(self, slots: int, month: str) -> int:
        """How many of an item's slots are left in ``month``: in a shrinking phase-out of n months, in its k-th month
        the first (n + 1 - k) of n + 1 parts, rounded up."""
        phase = self.phase
        if phase is None or not phase.shrinking or month < phase.first_month:
            return slots
        parts = phase.months + 1
        gone = next((k for k in range(1, parts) if months_before(month, k - 1) == phase.first_month), parts)
        return -(-slots * (parts - gone) // parts)
