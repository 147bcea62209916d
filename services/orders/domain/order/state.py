"""An order's state: what is asked, who serves it, and each completion with its verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from services.orders.domain.cause import Cause
from services.orders.domain.days import business_day
from services.orders.domain.order.attended import AppealNoted, MendingLate, Report
from services.orders.domain.order.doubted import Cleared, Colours, Doubted, grey
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

Verdict = Literal["waiting", "accepted", "turned_down", "returned"]
Stage = Literal[
    "opened", "nobody_found", "matched", "completed", "returned", "accepted", "turned_down", "cancelled", "lapsed",
    "declined", "unclaimed", "considered",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What was judged of a completion, or taken back: ``by`` is empty where it was accepted by itself."""

    verdict: Literal["accepted", "turned_down", "returned", "undone"]
    reason_code: str
    by: str
    at: datetime
    cause: Cause | None = None


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A completion: by whom, of what, when, and what became of it; ``judged_by`` is empty where nobody judged.

    ``judgements`` are all that were made of it, those before it was mended too. ``mend_by`` is when a mending is due,
    ``appeal`` the one that is open against its rejection.
    ``exceptions`` are those that stand, with ``colours`` where they were told. Once ``grey`` it is always drawn.
    ``pieces`` of a love order at ``price_fen`` each; ``love``: done while it was one, whatever it is now. ``over``: it
    was turned down, and the order went on without it.
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
    inspected: bool = False
    judged_by: str = ""
    judgements: tuple[Judgement, ...] = ()
    exceptions: tuple[str, ...] = ()
    colours: Colours = ()
    grey: bool = False
    told_at: datetime | None = None
    report: Report | None = None
    mend_by: datetime | None = None
    mending_late: bool = False
    appeal: UUID | None = None

    @property
    def undone(self) -> bool:
        """Whether a judgement on it was ever taken back: then a person judges it, always."""
        return any(one.verdict == "undone" for one in self.judgements)

    @property
    def cause(self) -> Cause | None:
        """The cause of the last judgement that was taken back."""
        return next((one.cause for one in reversed(self.judgements) if one.verdict == "undone"), None)

    pieces: int = 1
    love: bool = False
    price_fen: int = 0
    rule: str = ""
    over: bool = False


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
            return replace(state, visits=(*others, _visit(state, event)))
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
        case Inspected():
            return _changed(state, event.visit_id, lambda visit: replace(visit, draw=event.draw, inspected=True))
        case Accepted():
            return _judged(state, event, "accepted")
        case TurnedDown():
            return _judged(state, event, "turned_down")
        case Returned():
            return _judged(state, event, "returned")
        case Undone():
            return _undone(state, event)
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


def _visit(state: Order, event: Completed) -> Visit:
    """Done again it is of the same turn as before."""
    told = state.visit(event.visit_id)
    love, price_fen, rule = (
        (state.kind == "love", state.price_fen, state.rule) if told is None else (told.love, told.price_fen, told.rule)
    )
    return Visit(
        visit_id=event.visit_id,
        provider=event.provider,
        units=event.units,
        day=event.day,
        time=event.time,
        red=event.red,
        reported_by=event.reported_by,
        accepts_at=event.accepts_at,
        draw=told.draw if told else None,
        inspected=told is not None and told.inspected,
        judgements=told.judgements if told else (),
        told_at=event.at,
        report=event.report,
        exceptions=event.exceptions,
        colours=event.colours,
        grey=event.grey,
        pieces=event.pieces,
        love=love,
        price_fen=price_fen,
        rule=rule,
    )


def _noticed(visit: Visit, event: Doubted | Cleared) -> Visit:
    """What stands now; what was once the platform's fault stays in the sample."""
    return replace(visit, exceptions=event.exceptions, colours=event.colours, grey=visit.grey or grey(event.colours))


def _judged(
    state: Order, event: Accepted | TurnedDown | Returned, verdict: Literal["accepted", "turned_down", "returned"]
) -> Order:
    reason_code = "" if isinstance(event, Accepted) else event.reason_code
    mend_by = event.mend_by if isinstance(event, Returned) else None
    one = Judgement(verdict=verdict, reason_code=reason_code, by=event.by, at=event.at)
    return _changed(
        state,
        event.visit_id,
        lambda visit: replace(
            visit,
            verdict=verdict,
            judged_by=event.by,
            judgements=(*visit.judgements, one),
            mend_by=mend_by,
            mending_late=False,
        ),
    )


def _undone(state: Order, event: Undone) -> Order:
    one = Judgement(verdict="undone", reason_code=event.reason_code, by=event.by, at=event.at, cause=event.cause)
    return _changed(
        state,
        event.visit_id,
        lambda visit: replace(
            visit, verdict="waiting", judged_by="", accepts_at=None, judgements=(*visit.judgements, one)
        ),
    )


def _changed(state: Order, visit_id: UUID, change: Callable[[Visit], Visit]) -> Order:
    return replace(
        state, visits=tuple(change(visit) if visit.visit_id == visit_id else visit for visit in state.visits)
    )
