"""An agreement 服务协议 with its purchaser 服务购买主体, as it was concluded and as it was changed since, day by day.
    Agree ─▶ Agreed ─ Amend* │ Extend* ─ Terminate ─▶ AgreementEnded

Purchasers are the county or city bureau and the townships (paper 001, part 3 (3)); what is bought comes from a tender
(paper 003, part 3 (1)). A change counts from its day on, so that every day keeps the terms it had.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """What a provider has agreed to: ``items`` in ``townships`` from day to day, so many orders a month.

    ``qualified_to`` is the last day of the licence it shows, None where that has no end. ``purchaser`` is the region
    that buys, empty for the county. ``amount_fen`` is the most it costs in all and ``most_orders`` the most orders in
    all, 0 where nothing limits them.
    """

    number: str
    items: tuple[str, ...]
    townships: tuple[str, ...]
    valid_from: date
    valid_to: date
    monthly_capacity: int
    tender: str
    qualified_to: date | None = None
    purchaser: str = ""
    amount_fen: int = 0
    most_orders: int = 0


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What an agreement says from ``from_day`` on."""

    from_day: date
    items: tuple[str, ...]
    townships: tuple[str, ...]
    monthly_capacity: int
    amount_fen: int
    most_orders: int


@dataclass(frozen=True, kw_only=True)
class Held:
    """An agreement with its changes; ``valid_to`` as extended; ``ended_from`` is the first day without it."""

    agreed: Agreement
    valid_to: date
    changes: tuple[Terms, ...] = ()
    ended_from: date | None = None
    reason_code: str = ""
    release_at: datetime | None = None

    @property
    def last_day(self) -> date:
        """The last day on which it counts; before ``valid_from`` where it never did."""
        return self.valid_to if self.ended_from is None else min(self.valid_to, self.ended_from - timedelta(days=1))

    @property
    def first_terms(self) -> Terms:
        """As concluded."""
        told = self.agreed
        return Terms(
            from_day=told.valid_from,
            items=told.items,
            townships=told.townships,
            monthly_capacity=told.monthly_capacity,
            amount_fen=told.amount_fen,
            most_orders=told.most_orders,
        )

    @property
    def terms(self) -> tuple[Terms, ...]:
        """All terms by their first day; of two with one day the later decision stands."""
        by_day = {self.agreed.valid_from: self.first_terms} | {change.from_day: change for change in self.changes}
        return tuple(by_day[day] for day in sorted(by_day))

    @property
    def latest(self) -> Terms:
        """What it says in the end."""
        return self.terms[-1]

    def terms_before(self, change: Terms) -> Terms:
        """What it said on the day of ``change`` before that was decided."""
        earlier = replace(self, changes=self.changes[: self.changes.index(change)])
        return [self.first_terms, *(terms for terms in earlier.terms if terms.from_day <= change.from_day)][-1]

    def during(self, first: date, last: date) -> Agreement:
        """What it says on every day from ``first`` to ``last``: the items and townships that all of them have.

        The capacity is the least of them, the limits are those of the last day.
        """
        begun = [terms for terms in self.terms if terms.from_day <= last]
        standing = [terms for terms in begun if terms.from_day > first]
        standing = [*[terms for terms in begun if terms.from_day <= first][-1:], *standing] or [self.first_terms]
        common = standing[-1]
        return replace(
            self.agreed,
            items=tuple(item for item in common.items if all(item in terms.items for terms in standing)),
            townships=tuple(code for code in common.townships if all(code in terms.townships for terms in standing)),
            monthly_capacity=min(terms.monthly_capacity for terms in standing),
            amount_fen=common.amount_fen,
            most_orders=common.most_orders,
            valid_to=self.last_day,
        )


@dataclass(frozen=True, kw_only=True)
class Agree:
    """Conclude an agreement."""

    agreement: Agreement
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Amend:
    """Change an agreement from a day on; None leaves what it is."""

    number: str
    from_day: date
    items: tuple[str, ...] | None
    townships: tuple[str, ...] | None
    monthly_capacity: int | None
    amount_fen: int | None
    most_orders: int | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Extend:
    """Let an agreement last longer."""

    number: str
    valid_to: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Terminate:
    """End an agreement; ``from_day`` is the first day without it."""

    number: str
    from_day: date
    reason_code: str
    document: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ReleaseOrders:
    """Look for orders that the provider holds and may not serve any more."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """An agreement stands. ``policy`` is the version it was held against."""

    agreement: Agreement
    policy: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AgreementAmended:
    """It says this from the terms' day on."""

    number: str
    terms: Terms
    policy: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AgreementExtended:
    """Its last day is a later one."""

    number: str
    valid_to: date
    policy: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AgreementEnded:
    """It ends: nothing is offered under it for days from ``from_day`` on, and from ``release_at`` on what its provider
    has not served by then goes to others. ``items`` and ``townships`` are what it covered on that day."""

    number: str
    from_day: date
    reason_code: str
    document: str
    items: tuple[str, ...]
    townships: tuple[str, ...]
    release_at: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class OpenOrder:
    """An order that a provider was offered or has taken, and has not served."""

    order_id: UUID
    agreement: str
    item: str
    township: str
    window_from: date
    window_to: date


@dataclass(frozen=True, kw_only=True)
class Lost:
    """An order that goes to somebody else, from which day on, and why."""

    order_id: UUID
    agreement: str
    from_day: date
    reason_code: str


@dataclass(frozen=True, kw_only=True)
class OrdersReleased:
    """These orders are not the provider's any more; ``more`` says whether others follow."""

    orders: tuple[Lost, ...]
    more: bool
    at: datetime
