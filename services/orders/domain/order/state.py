"""An order's state: what is asked, who serves it, and each completion with its verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from services.orders.domain.days import business_day
from services.orders.domain.order import completion
from services.orders.domain.order.attended import AppealNoted, MendingLate
from services.orders.domain.order.completion import Verdict, Visit
from services.orders.domain.order.doubted import Cleared, Doubted
from services.orders.domain.order.judged import Accepted, DrawnForInspection, Inspected, Returned, TurnedDown
from services.orders.domain.order.love_side import LoveSide
from services.orders.domain.order.loved import bought, given_away, loved, released
from services.orders.domain.order.loving_words import LoveFormed
from services.orders.domain.order.officers import SearchedAgain, TurnedToLove, WindowChanged
from services.orders.domain.order.undone import Undone
from services.orders.domain.order.words import (
    Cancelled,
    Completed,
    Event,
    FellBack,
    Kind,
    Lapsed,
    Matched,
    NobodyFound,
    Opened,
    Released,
)
from services.orders.domain.planned import Mode

Stage = Literal[
    "opened", "nobody_found", "matched", "completed", "returned", "accepted", "turned_down", "cancelled", "lapsed",
    "declined", "unclaimed", "considered",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Order(LoveSide):
    """``servers`` hold its places, in order of matching; a purchased order has one place.

    ``provider`` is who was assigned to the person when the order was opened and is asked first. ``helper`` is who helps
    where nobody is paid by tariff (kind ``aid``). ``bought_as`` is the kind it has while it is not a love order.

    ``taken`` are the pieces that each server holds; ``confirmed`` until when which claimant may know the person.
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
    taken: tuple[tuple[UUID, int], ...] = ()

    @property
    def stage(self) -> Stage:
        """Where the order stands: what is to be judged comes first, then how it ended, then who serves it."""
        verdicts = [visit.verdict for visit in self.visits]
        accepted = self._pieces("accepted")
        turned_down = sum(one.pieces for one in self.own_visits if one.verdict == "turned_down" and not one.over)
        desk = "" if self.cancelled_on else self.desk
        ends: list[tuple[bool, Stage]] = [
            ("waiting" in verdicts, "completed"),
            (accepted >= self.places, "accepted"),
            (desk == "declined", "declined"),
            (desk == "unclaimed", "unclaimed"),
            (desk == "considered", "considered"),
            (turned_down > 0 and accepted + turned_down >= self.places, "turned_down"),
            (self.cancelled_on is not None, "cancelled"),
            (self.lapsed, "lapsed"),
            (verdicts[-1:] == ["returned"], "returned"),
            (bool(self.servers), "matched"),
            (self.nobody, "nobody_found"),
        ]
        return next((stage for holds, stage in ends if holds), "opened")

    @property
    def own_visits(self) -> tuple[Visit, ...]:
        """The completions of what the order is now: given, or bought."""
        return tuple(visit for visit in self.visits if visit.love == (self.kind == "love"))

    def _pieces(self, *verdicts: Verdict) -> int:
        return sum(visit.pieces for visit in self.own_visits if visit.verdict in verdicts)

    @property
    def accepted_pieces(self) -> int:
        """The places whose completion was accepted."""
        return self._pieces("accepted")

    @property
    def left(self) -> int:
        """The places that nobody holds or has done; what was turned down is left again."""
        ended = {visit.provider for visit in self.own_visits if visit.verdict != "returned"}
        held = sum(pieces for server, pieces in self.taken if server not in ended)
        return max(0, self.places - self._pieces("waiting", "accepted") - held)

    def units_of(self, pieces: int) -> int:
        """The units of so many places: goods are counted by piece, a service is the same for each who does it."""
        return self.units * pieces if self.form == "goods" else self.units

    @property
    def units_left(self) -> int:
        """The units of the places that are left."""
        return self.units_of(self.left)

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
            taken = (*state.taken, (event.provider, event.pieces))
            return replace(state, servers=(*state.servers, event.provider), taken=taken, nobody=False)
        case Released():
            return released(state, event)
        case NobodyFound():
            return replace(state, nobody=True)
        case FellBack():
            return bought(state, event)
        case Lapsed():
            return replace(state, lapsed=True)
        case SearchedAgain():
            return replace(state, nobody=False)
        case TurnedToLove():
            return given_away(state, event)
        case WindowChanged():
            return replace(state, window_from=event.window_from, window_to=event.window_to, nobody=False)
        case Completed():
            others = tuple(visit for visit in state.visits if visit.visit_id != event.visit_id)
            told = completion.completed(
                event,
                state.visit(event.visit_id),
                love=state.kind == "love",
                price_fen=state.price_fen,
                rule=state.rule,
            )
            return replace(state, visits=(*others, told))
        case Doubted() | Cleared():
            return _changed(state, event.visit_id, lambda visit: completion.noticed(visit, event))
        case DrawnForInspection():
            return _changed(state, event.visit_id, lambda visit: replace(visit, draw=event.draw))
        case Inspected():
            return _changed(state, event.visit_id, lambda visit: replace(visit, draw=event.draw, inspected=True))
        case Accepted() | TurnedDown() | Returned():
            return _changed(state, event.visit_id, lambda visit: completion.judged(visit, event))
        case Undone():
            return _changed(state, event.visit_id, lambda visit: completion.undone(visit, event))
        case MendingLate():
            return _changed(state, event.visit_id, lambda visit: replace(visit, mending_late=True))
        case AppealNoted():
            appeal = event.appeal_id if event.open else None
            return _changed(state, event.visit_id, lambda visit: replace(visit, appeal=appeal))
        case Cancelled():
            return replace(state, cancelled_on=business_day(event.at))
        case _:
            return loved(state, event)


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
        overlaps=event.overlaps,
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
        approved_fen=event.approved_fen,
        charity=event.charity_id,
        form=event.form,
        claimants=event.claimants,
        min_age=event.min_age,
        skills=event.skills,
        referral_id=event.referral_id,
        overlaps=event.overlaps,
    )


def _changed(state: Order, visit_id: UUID, change: Callable[[Visit], Visit]) -> Order:
    return replace(
        state, visits=tuple(change(visit) if visit.visit_id == visit_id else visit for visit in state.visits)
    )
