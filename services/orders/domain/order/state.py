"""An order's state: what is asked, who serves it, and each completion with its verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from services.orders.domain.days import business_day
from services.orders.domain.order.doubted import Cleared, Colours, Doubted, grey
from services.orders.domain.order.judged import Accepted, DrawnForInspection, Returned, TurnedDown
from services.orders.domain.order.officers import SearchedAgain, TurnedToLove, WindowChanged
from services.orders.domain.order.words import (
    Cancelled,
    Completed,
    Event,
    FellBack,
    Kind,
    Lapsed,
    LoveFormed,
    Matched,
    NobodyFound,
    Opened,
    Released,
)
from services.orders.domain.planned import Mode

Verdict = Literal["waiting", "accepted", "turned_down", "returned"]
Stage = Literal[
    "opened", "nobody_found", "matched", "completed", "returned", "accepted", "turned_down", "cancelled", "lapsed"
]


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A completion: by whom, of what, when, and what became of it; ``judged_by`` is empty where nobody judged.

    ``exceptions`` are those that stand, with ``colours`` where they were told. Once ``grey`` it is always drawn.
    """

    visit_id: UUID
    provider: UUID
    units: int
    day: date
    time: str
    red: bool
    reported_by: str
    accepts_at: datetime | None
    verdict: Verdict = "waiting"
    draw: UUID | None = None
    judged_by: str = ""
    exceptions: tuple[str, ...] = ()
    colours: Colours = ()
    grey: bool = False


@dataclass(frozen=True, kw_only=True)
class Order:
    """``servers`` hold its places, in order of matching; a purchased order has one place.

    ``provider`` is who was assigned to the person when the order was opened and is asked first. ``helper`` is who helps
    where nobody is paid by tariff (kind ``aid``). ``bought_as`` is the kind it has while it is not a love order.
    """

    kind: Kind
    person: UUID
    plan_id: UUID | None
    item: str
    units: int
    township: str
    village: str
    window_from: date
    window_to: date
    purchaser: str
    policy: str
    opened_at: datetime
    provider: UUID | None = None
    mode: Mode = "purchase"
    helper: UUID | None = None
    need_id: UUID | None = None
    emergency: bool = False
    bought_as: Kind = "purchase"
    places: int = 1
    price_fen: int = 0
    rule: str = ""
    servers: tuple[UUID, ...] = ()
    visits: tuple[Visit, ...] = ()
    cancelled_on: date | None = None
    nobody: bool = False
    lapsed: bool = False

    @property
    def stage(self) -> Stage:
        """Where the order stands: what is to be judged comes first, then how it ended, then who serves it."""
        verdicts = [visit.verdict for visit in self.visits]
        ends: list[tuple[bool, Stage]] = [
            ("waiting" in verdicts, "completed"),
            (verdicts.count("accepted") >= self.places, "accepted"),
            ("turned_down" in verdicts, "turned_down"),
            (self.cancelled_on is not None, "cancelled"),
            (self.lapsed, "lapsed"),
            (verdicts[-1:] == ["returned"], "returned"),
            (bool(self.servers), "matched"),
            (self.nobody, "nobody_found"),
        ]
        return next((stage for holds, stage in ends if holds), "opened")

    def visit(self, visit_id: UUID) -> Visit | None:
        """The completion of this id."""
        return next((visit for visit in self.visits if visit.visit_id == visit_id), None)

    @property
    def waiting(self) -> Visit | None:
        """The first completion without a verdict."""
        return next((visit for visit in self.visits if visit.verdict == "waiting"), None)


def evolve(state: Order | None, event: Event) -> Order:
    """The order after ``event``."""
    match event:
        case Opened():
            return _opened(event)
        case LoveFormed():
            return _formed(event)
    assert state is not None
    match event:
        case Matched():
            return replace(state, servers=(*state.servers, event.provider), nobody=False)
        case Released():
            return replace(state, servers=tuple(server for server in state.servers if server != event.provider))
        case NobodyFound():
            return replace(state, nobody=True)
        case FellBack():
            return _bought(state, event)
        case Lapsed():
            return replace(state, lapsed=True)
        case SearchedAgain():
            return replace(state, nobody=False)
        case TurnedToLove():
            return _given_away(state, event)
        case WindowChanged():
            return replace(state, window_from=event.window_from, window_to=event.window_to, nobody=False)
        case Completed():
            others = tuple(visit for visit in state.visits if visit.visit_id != event.visit_id)
            return replace(state, visits=(*others, _visit(event)))
        case Doubted():
            return _changed(
                state, event.visit_id, lambda visit: _noticed(replace(visit, red=True, accepts_at=None), event)
            )
        case Cleared():
            clear = event.accepts_at
            return _changed(
                state, event.visit_id, lambda visit: _noticed(replace(visit, red=event.red, accepts_at=clear), event)
            )
        case DrawnForInspection():
            return _changed(state, event.visit_id, lambda visit: replace(visit, draw=event.draw))
        case Accepted():
            return _judged(state, event, "accepted")
        case TurnedDown():
            return _judged(state, event, "turned_down")
        case Returned():
            return _judged(state, event, "returned")
        case Cancelled():
            return replace(state, cancelled_on=business_day(event.at))


def _opened(event: Opened) -> Order:
    return Order(
        kind=event.kind,
        person=event.person,
        plan_id=event.plan_id,
        item=event.item,
        units=event.units,
        township=event.township,
        village=event.village,
        window_from=event.window_from,
        window_to=event.window_to,
        purchaser=event.purchaser,
        policy=event.policy,
        opened_at=event.at,
        provider=event.provider,
        mode=event.mode,
        helper=event.helper,
        need_id=event.need_id,
        emergency=event.emergency,
        bought_as=event.kind,
    )


def _formed(event: LoveFormed) -> Order:
    return Order(
        kind="love",
        mode="charity",
        need_id=event.need_id,
        person=event.person,
        plan_id=None,
        item=event.item,
        units=event.units,
        township=event.township,
        village=event.village,
        window_from=business_day(event.at),
        window_to=business_day(event.expires_at),
        purchaser=event.purchaser,
        policy=event.policy,
        opened_at=event.at,
        places=event.places,
        price_fen=event.price_fen,
        rule=event.rule,
    )


def _bought(state: Order, event: FellBack) -> Order:
    return replace(
        state,
        kind=state.bought_as,
        mode="purchase",
        places=1,
        price_fen=0,
        rule="",
        policy=event.policy,
        window_from=event.window_from,
        window_to=event.window_to,
    )


def _given_away(state: Order, event: TurnedToLove) -> Order:
    return replace(
        state,
        kind="love",
        mode="charity",
        places=1,
        nobody=False,
        policy=event.policy,
        window_from=business_day(event.at),
        window_to=business_day(event.expires_at),
    )


def _visit(event: Completed) -> Visit:
    return Visit(
        visit_id=event.visit_id,
        provider=event.provider,
        units=event.units,
        day=event.day,
        time=event.time,
        red=event.red,
        reported_by=event.reported_by,
        accepts_at=event.accepts_at,
        exceptions=event.exceptions,
        colours=event.colours,
        grey=event.grey,
    )


def _noticed(visit: Visit, event: Doubted | Cleared) -> Visit:
    """What stands now; what was once the platform's fault stays in the sample."""
    return replace(visit, exceptions=event.exceptions, colours=event.colours, grey=visit.grey or grey(event.colours))


def _judged(state: Order, event: Accepted | TurnedDown | Returned, verdict: Verdict) -> Order:
    return _changed(state, event.visit_id, lambda visit: replace(visit, verdict=verdict, judged_by=event.by))


def _changed(state: Order, visit_id: UUID, change: Callable[[Visit], Visit]) -> Order:
    return replace(
        state, visits=tuple(change(visit) if visit.visit_id == visit_id else visit for visit in state.visits)
    )
