"""An order: opened, matched by one of two roads, completed, verified.

    Opened ─ Matched ─ Completed ─▶ Accepted | TurnedDown          Returned ─ Completed again
    Accepted | TurnedDown ─ Undone ─▶ judged anew by a person
    Opened ─ NobodyFound ─ SearchedAgain | TurnedToLove             Opened (aid) ─ Completed ─▶ Accepted | TurnedDown
    LoveFormed ─ Matched (claimed) ─ Completed ─▶ Accepted | …     declined, unclaimed: see ``giving``

The order takes the first road that comes. What the bus brings never refuses: it happened elsewhere; a completion
nobody expected is recorded with a red exception for a person to judge. Love orders are verified by a person, always
(S3; paper 003, part 2 (3) item 4).
"""

from __future__ import annotations

from datetime import timedelta

from chassis.kernel import Decider, Rejected, topics
from services.orders.domain.order.attended import AppealNoted, CheckMending, MendingLate, NoteAppeal
from services.orders.domain.order.attending import check_mending, note_appeal
from services.orders.domain.order.deciding import call_off, change_window, record, search_again, turn_to_love
from services.orders.domain.order.doubted import Clear, Cleared, Doubt, Doubted, grey
from services.orders.domain.order.giving import decide_love, fall_back, form
from services.orders.domain.order.judged import (
    Accepted,
    AcceptUnsampled,
    DrawnForInspection,
    Inspect,
    Inspected,
    NoteInspection,
    Returned,
    TurnedDown,
    Verify,
)
from services.orders.domain.order.judging import clear, doubt, inspect, note_inspection, unsampled, verify
from services.orders.domain.order.known import Known
from services.orders.domain.order.loving_words import LOVE_EVENTS, FormLove, LoveFormed, LowPrice
from services.orders.domain.order.officers import (
    CallOff,
    ChangeWindow,
    Record,
    SearchAgain,
    SearchedAgain,
    TurnedToLove,
    TurnToLove,
    WindowChanged,
)
from services.orders.domain.order.presence import doubts
from services.orders.domain.order.single import opened
from services.orders.domain.order.state import Order, evolve
from services.orders.domain.order.undoing import undo
from services.orders.domain.order.undone import Undo, Undone
from services.orders.domain.order.words import (
    Cancel,
    Cancelled,
    Command,
    Complete,
    Completed,
    Event,
    FallBack,
    FellBack,
    Lapsed,
    Match,
    Matched,
    NobodyFound,
    NoteNobody,
    Open,
    Opened,
    Release,
    Released,
)
from services.orders.domain.policy import in_force


def decide(command: Command, state: Order | None, known: Known) -> list[Event]:
    """What a person asks may be refused; what others tell is noted or passes by."""
    match command:
        case Open():
            return [] if state is not None else [opened(command, known)]
        case FormLove():
            return form(command, state, known)
    if state is None:
        raise Rejected("order.unknown")
    match command:
        case Match():
            return _match(command, state)
        case Release():
            released = Released(
                provider=command.provider,
                from_day=command.from_day,
                reason_code=command.reason_code,
                at=command.at,
            )
            served = state.stage not in {"matched", "returned"} and state.kind != "love"
            return [released] if command.provider in state.servers and not served else []
        case NoteNobody():
            nobody = NobodyFound(reason_codes=command.reason_codes, at=command.at)
            return [nobody] if state.stage == "opened" else []
        case FallBack():
            return fall_back(command, state, known)
        case Complete():
            return _complete(command, state, known)
        case Doubt():
            return doubt(command, state)
        case Clear():
            return clear(command, state, known)
        case Inspect():
            return inspect(command, state)
        case NoteInspection():
            return note_inspection(command, state)
        case Verify():
            return verify(command, state, known)
        case AcceptUnsampled():
            return unsampled(command, state, known)
        case Undo():
            return undo(command, state, known)
        case CheckMending():
            return check_mending(command, state)
        case NoteAppeal():
            return note_appeal(command, state)
        case Cancel():
            ended = state.cancelled_on or state.stage in {"accepted", "turned_down", "lapsed"}
            return [] if ended else [Cancelled(reason_code=command.reason_code, at=command.at)]
        case SearchAgain() | TurnToLove() | CallOff() | ChangeWindow() | Record():
            return _decided(command, state, known)
        case _:
            return decide_love(command, state, known)


def _decided(
    command: SearchAgain | TurnToLove | CallOff | ChangeWindow | Record, state: Order, known: Known
) -> list[Event]:
    match command:
        case SearchAgain():
            return search_again(command, state, known)
        case TurnToLove():
            return turn_to_love(command, state, known)
        case CallOff():
            return call_off(command, state)
        case ChangeWindow():
            return change_window(command, state)
        case Record():
            return record(command, state)


def _match(command: Match, state: Order) -> list[Event]:
    """First come, first served, by the road that fits; a place nobody holds any more can be taken again."""
    fits = (state.kind == "love") == (command.road == "charity")
    full = command.pieces > state.left if state.kind == "love" else len(state.servers) >= state.places
    taken = command.provider in state.servers or full
    if not fits or taken or state.cancelled_on or state.lapsed or state.desk:
        return []
    return [Matched(provider=command.provider, road=command.road, at=command.at, pieces=command.pieces)]


def _complete(command: Complete, state: Order, known: Known) -> list[Event]:
    """Recorded whatever it is; only an expected one without a red exception is accepted by itself later (S3).

    Told again it is a repetition, unless it was returned: then the same claim is done anew.
    """
    told = state.visit(command.visit_id)
    if told is not None and told.verdict != "returned":
        return []
    policy = in_force(known.policies, command.day)
    unexpected = _unexpected(command, state)
    if state.kind not in {"love", "aid"}:
        unexpected += doubts(command.day, state.item, known.whereabouts, policy)
    red = command.red or bool(unexpected)
    days = policy.accept_after_days
    love = state.kind == "love" if told is None else told.love
    by_itself = not love and not red and not (told is not None and told.undone)
    ordered = state.units_of(command.pieces)
    return [
        Completed(
            visit_id=command.visit_id,
            provider=command.provider,
            item=command.item or state.item,
            units=min(command.units or ordered, ordered),
            day=command.day,
            time=command.time,
            exceptions=(*command.exceptions, *unexpected),
            red=red,
            reported_by=command.reported_by,
            accepts_at=command.at + timedelta(days=days) if by_itself else None,
            at=command.at,
            colours=(*command.colours, *((code, "red") for code in unexpected)),
            report=command.report,
            grey=grey(command.colours),
            pieces=command.pieces,
            low_price=_low_price(command, state),
        )
    ]


def _low_price(command: Complete, state: Order) -> LowPrice | None:
    """A love order that a company does at its low price is paid so, never more than was agreed."""
    asked = command.low_price if state.kind == "love" else None
    return asked if asked is not None and asked.price_fen <= state.price_fen else None


def _unexpected(command: Complete, state: Order) -> tuple[str, ...]:
    """What does not fit the order; each is for a person to judge."""
    live = sum(visit.pieces for visit in state.own_visits if visit.verdict in {"waiting", "accepted"})
    checks = {
        "not_matched": command.provider not in state.servers,
        "one_visit_too_many": live + command.pieces > state.places,
        "other_item": command.item not in {None, state.item},
        "more_units_than_ordered": (command.units or 0) > state.units,
        "after_cancellation": state.cancelled_on is not None and command.day > state.cancelled_on,
    }
    return tuple(code for code, holds in checks.items() if holds)


CATEGORY = "orders.order"
EVENTS: tuple[type[Event], ...] = (
    Opened,
    LoveFormed,
    Matched,
    Released,
    NobodyFound,
    FellBack,
    Lapsed,
    Completed,
    Doubted,
    Cleared,
    DrawnForInspection,
    Inspected,
    Accepted,
    TurnedDown,
    Returned,
    Undone,
    MendingLate,
    AppealNoted,
    Cancelled,
    SearchedAgain,
    TurnedToLove,
    WindowChanged,
    *LOVE_EVENTS,
)
decider: Decider[Command, Order | None, Event, Known] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, *EVENTS)
)
