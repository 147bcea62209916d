"""The county's supply as matching sees it: agreements, crews, the ways to a village, and the loads of the months.

Read once for many orders. A way is taken from the county's travel times where they name it, else reckoned from points.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from services.providers.domain import calendar, ranking, reach
from services.providers.domain.policy import Policy
from services.providers.domain.provider import Held
from services.providers.domain.qualification import may_not_be_sent
from services.providers.domain.ranking import Candidate, Certificate, Hand, Order
from services.providers.domain.reach import Point
from services.providers.views.register_rows import Supplier


@dataclass(frozen=True, kw_only=True)
class Start:
    """Where a worker sets out: a place by code, a point, or both."""

    code: str = ""
    point: Point | None = None


@dataclass(frozen=True, kw_only=True)
class Staff:
    """A worker as the register has it, and until when and from when it may be sent."""

    worker: UUID
    outlet: str
    village: str
    qualifications: tuple[str, ...]
    trained_to: date | None
    monthly_capacity: int
    left_on: date | None = None
    evaluated: str = ""
    leaves: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Shares:
    """By provider: orders of the month taken, orders a month agreed."""

    taken: Counter[UUID] = field(default_factory=Counter)
    agreed: Counter[UUID] = field(default_factory=Counter)


@dataclass(kw_only=True)
class Supply:
    """What there is, and how much of it is taken already."""

    suppliers: list[Supplier]
    staff: dict[tuple[UUID, str], list[Staff]]
    points: dict[str, Point]
    ways: dict[str, Mapping[str, int]] = field(default_factory=dict)
    taken: Counter[tuple[UUID, str, str]] = field(default_factory=Counter)
    taken_ever: Counter[tuple[UUID, str]] = field(default_factory=Counter)
    busy: Counter[tuple[UUID, str]] = field(default_factory=Counter)
    _minutes: dict[tuple[Start, str, str, str], int | None] = field(default_factory=dict)
    _shares: dict[date, Shares] = field(default_factory=dict)
    _crews: dict[tuple[object, ...], tuple[Hand, ...]] = field(default_factory=dict)

    def candidates(self, order: Order, policy: Policy) -> tuple[Candidate, ...]:
        """Every agreement as it stands for one order."""
        return tuple(self._candidate(order, policy, who, held) for who in self.suppliers for held in who.agreements)

    def likely(self, order: Order, policy: Policy) -> tuple[Candidate, ...]:
        """Only the agreements that list the order's item and township, for a batch: nobody else can fit.

        An agreement that limits its orders in all takes no more of them than are left, whatever its month has room for.
        """
        found = []
        for supplier in self.suppliers:
            for held in supplier.agreements:
                agreement = held.during(order.window_from, order.window_to)
                if order.township in agreement.townships and order.item in agreement.items:
                    one = self._candidate(order, policy, supplier, held)
                    left = agreement.most_orders - self.taken_ever[supplier.id, agreement.number]
                    most = one.taken + max(0, left) if agreement.most_orders else one.capacity
                    found.append(one if most >= one.capacity else replace(one, capacity=most))
        return tuple(found)

    def take(self, order: Order, provider: UUID, agreement: str, worker: UUID | None) -> None:
        """Count an order that a decision before the next will have given away."""
        month = calendar.month_of(order.window_from)
        self.taken[provider, agreement, month] += 1
        self.taken_ever[provider, agreement] += 1
        if worker is not None:
            self.busy[worker, month] += 1
        self._shares.clear()
        self._crews.clear()

    def _candidate(self, order: Order, policy: Policy, supplier: Supplier, held: Held) -> Candidate:
        first, last, month = order.window_from, order.window_to, calendar.month_of(order.window_from)
        agreement = held.during(first, last)
        key = (supplier.id, agreement.number)
        starts = _open(supplier, order)
        crew = self._crew(supplier, starts, order, policy)
        used_up = "agreement_used_up" if 0 < agreement.most_orders <= self.taken_ever[key] else None
        return Candidate(
            provider=supplier.id,
            agreement=agreement.number,
            items=agreement.items,
            townships=agreement.townships,
            valid_from=agreement.valid_from,
            valid_to=agreement.valid_to,
            qualified_to=agreement.qualified_to,
            capacity=agreement.monthly_capacity,
            taken=self.taken[*key, month],
            workers=len(crew),
            metres=self._metres(starts, order),
            crew=crew,
            certificates=tuple(
                Certificate(kind=one.kind, valid_from=one.valid_from, valid_to=one.valid_to)
                for one in supplier.certificates
            ),
            over_share=self._over_share(supplier.id, order, month) if policy.matching.weight.fairness else 0,
            unfit=supplier.unfit(policy, first, last) or used_up or (None if starts else "no_outlet_open"),
        )

    def _crew(
        self, supplier: Supplier, starts: tuple[tuple[str, Start], ...], order: Order, policy: Policy
    ) -> tuple[Hand, ...]:
        """The provider's workers of the township who may be sent, as they stand until somebody is."""
        days = (order.window_from, order.window_to)
        key = (supplier.id, order.township, order.village, *days, policy.version)
        if key not in self._crews:
            self._crews[key] = tuple(
                self._hand(one, starts, order, policy)
                for one in self.staff.get((supplier.id, order.township), [])
                if _sent(one, policy, *days)
            )
        return self._crews[key]

    def _hand(self, staff: Staff, starts: tuple[tuple[str, Start], ...], order: Order, policy: Policy) -> Hand:
        ways = [self._way(start, order, policy) for start in _starts(staff, starts)]
        known = [minutes for minutes in ways if minutes is not None]
        return Hand(
            worker=staff.worker,
            minutes=min(known) if known else None,
            taken=self.busy[staff.worker, calendar.month_of(order.window_from)],
            monthly_capacity=staff.monthly_capacity,
            qualifications=staff.qualifications,
            trained_to=staff.trained_to,
        )

    def _way(self, start: Start, order: Order, policy: Policy) -> int | None:
        """Minutes from a start to the order's village, remembered; None where neither table nor map knows."""
        key = (start, order.village, order.township, policy.version)
        if key not in self._minutes:
            self._minutes[key] = self._reckon(start, order, policy)
        return self._minutes[key]

    def _reckon(self, start: Start, order: Order, policy: Policy) -> int | None:
        for here, there in ((start.code, order.village), (order.village, start.code)):
            if here and (told := self.ways.get(here, {}).get(there)) is not None:
                return told
        village = self._village(order)
        point = start.point or self.points.get(start.code)
        return None if village is None or point is None else reach.minutes(reach.metres(point, village), policy)

    def _village(self, order: Order) -> Point | None:
        return self.points.get(order.village) or self.points.get(order.township)

    def _metres(self, starts: tuple[tuple[str, Start], ...], order: Order) -> int | None:
        village = self._village(order)
        points = [start.point for _, start in starts if start.point is not None]
        return min(reach.metres(point, village) for point in points) if village and points else None

    def _over_share(self, provider: UUID, order: Order, month: str) -> int:
        """Of all that is taken in the month against all that is agreed for the order's first day."""
        day = order.window_from
        if day not in self._shares:
            self._shares[day] = self._all_shares(day, month)
        shares = self._shares[day]
        return ranking.over_share(
            shares.taken[provider], shares.taken.total(), shares.agreed[provider], shares.agreed.total()
        )

    def _all_shares(self, day: date, month: str) -> Shares:
        shares = Shares()
        for supplier in self.suppliers:
            for agreement in (held.during(day, day) for held in supplier.agreements):
                if agreement.valid_from <= day <= agreement.valid_to:
                    shares.taken[supplier.id] += self.taken[supplier.id, agreement.number, month]
                    shares.agreed[supplier.id] += agreement.monthly_capacity
        return shares


def _open(supplier: Supplier, order: Order) -> tuple[tuple[str, Start], ...]:
    """The outlets from which the order's village is served on its days, by name."""
    outlets = supplier.open_outlets(order.window_from, order.window_to, (order.village, order.township))
    return tuple((outlet.name, Start(code=outlet.village, point=outlet.point)) for outlet in outlets)


def _starts(staff: Staff, starts: tuple[tuple[str, Start], ...]) -> tuple[Start, ...]:
    """The worker's own village, else the outlet it belongs to, else all of the provider's open ones."""
    if staff.village:
        return (Start(code=staff.village),)
    own = tuple(start for name, start in starts if name == staff.outlet)
    return own or tuple(start for _, start in starts)


def _sent(staff: Staff, policy: Policy, first: date, last: date) -> bool:
    """Whether the register lets the worker be sent on some day of the window."""
    amiss = may_not_be_sent(
        policy.registers,
        trained_to=staff.trained_to,
        evaluated=staff.evaluated,
        left_on=staff.left_on,
        leaves=staff.leaves,
        first=first,
        last=last,
    )
    return amiss is None
