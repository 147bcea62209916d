"""An order: opened, matched by one of two roads, completed, verified.

    Opened ─ Matched ─ Completed ─▶ Accepted | TurnedDown          Returned ─ Completed again
    Opened ─ NobodyFound ─ SearchedAgain | TurnedToLove             Opened (aid) ─ Completed ─▶ Accepted | TurnedDown
    LoveFormed ─ Matched (claimed) ─ Completed ─▶ Accepted | …     unclaimed ─ FellBack ─ Matched …

The order takes the first road that comes. What the bus brings never refuses: it happened elsewhere; a completion
nobody expected is recorded with a red exception for a person to judge. Love orders are verified by a person, always
(S3; paper 003, part 2 (3) item 4).
"""

from __future__ import annotations

from datetime import timedelta

from chassis.kernel import Decider, Rejected, topics
from services.orders.domain.days import business_day
from services.orders.domain.order.deciding import call_off, change_window, record, search_again, turn_to_love
from services.orders.domain.order.doubted import Clear, Cleared, Doubt, Doubted, grey
from services.orders.domain.order.judged import (
    Accepted,
    AcceptUnsampled,
    DrawnForInspection,
    Inspect,
    Returned,
    TurnedDown,
    Verify,
)
from services.orders.domain.order.judging import clear, doubt, inspect, unsampled, verify
from services.orders.domain.order.known import Known
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
from services.orders.domain.order.words import (
    Cancel,
    Cancelled,
    Command,
    Complete,
    Completed,
    Event,
    FallBack,
    FellBack,
    FormLove,
    Lapsed,
    LoveFormed,
    Match,
    Matched,
    NobodyFound,
    NoteNobody,
    Open,
    Opened,
    Release,
    Released,
)
from services.orders.domain.policy import MODES, PURCHASE, in_force


def decide(command: Command, state: Order | None, known: Known) -> list[Event]:
    """What a person asks may be refused; what others tell is noted or passes by."""
    match command:
        case Open():
            return [] if state is not None else [opened(command, known)]
        case FormLove():
            return _form(command, state, known)
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
            return _fall_back(command, state, known)
        case Complete():
            return _complete(command, state, known)
        case Doubt():
            return doubt(command, state)
        case Clear():
            return clear(command, state, known)
        case Inspect():
            return inspect(command, state)
        case Verify():
            return verify(command, state, known)
        case AcceptUnsampled():
            return unsampled(command, state, known)
        case Cancel():
            ended = state.cancelled_on or state.stage in {"accepted", "turned_down", "lapsed"}
            return [] if ended else [Cancelled(reason_code=command.reason_code, at=command.at)]
        case SearchAgain() | TurnToLove() | CallOff() | ChangeWindow() | Record():
            return _decided(command, state, known)


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


def _form(command: FormLove, state: Order | None, known: Known) -> list[Event]:
    """The amount is agreed here, once for all, and never above what the need was approved with."""
    if state is not None:
        raise Rejected("order.love_order_exists")
    policy = in_force(known.policies, business_day(command.at))
    need = known.need
    if command.role != policy.forms_love:
        raise Rejected("order.not_yours_to_form", body=policy.forms_love)
    if need is None or need.mode != "charity":
        raise Rejected("order.need_not_for_charity")
    approved = dict(need.items).get(command.item)
    if approved is None or command.units > approved:
        raise Rejected("order.not_in_the_need")
    if command.price_fen > need.price_fen or (command.price_fen and command.rule != need.rule):
        raise Rejected("order.price_not_approved", approved_fen=need.price_fen)
    if command.expires_at <= command.at:
        raise Rejected("order.expires_in_the_past")
    return [
        LoveFormed(
            need_id=command.need_id,
            person=need.person,
            item=command.item,
            units=command.units,
            township=need.township,
            village=need.village,
            charity_id=command.charity_id,
            places=command.places,
            expires_at=command.expires_at,
            price_fen=command.price_fen,
            rule=need.rule if command.price_fen else "",
            purchaser=policy.county,
            policy=policy.version,
            at=command.at,
        )
    ]


def _match(command: Match, state: Order) -> list[Event]:
    """First come, first served, by the road that fits; a place nobody holds any more can be taken again."""
    fits = (state.kind == "love") == (command.road == "charity")
    taken = command.provider in state.servers or len(state.servers) >= state.places
    if not fits or taken or state.cancelled_on or state.lapsed:
        return []
    return [Matched(provider=command.provider, road=command.road, at=command.at)]


def _fall_back(command: FallBack, state: Order, known: Known) -> list[Event]:
    """Unclaimed: bought instead, in a window as long as the love order was open, if policy and catalogue allow it."""
    if state.kind != "love" or state.servers or state.cancelled_on or state.lapsed:
        return []
    today = business_day(command.at)
    policy = in_force(known.policies, today)
    item = policy.items.get(state.item)
    if policy.fallback != PURCHASE or item is None or not item.purchasable or MODES["purchase"] not in item.modes:
        return [Lapsed(at=command.at)]
    until = today + (state.window_to - state.window_from)
    return [FellBack(window_from=today, window_to=until, policy=policy.version, at=command.at)]


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
    by_itself = state.kind != "love" and not red
    return [
        Completed(
            visit_id=command.visit_id,
            provider=command.provider,
            item=command.item or state.item,
            units=min(command.units or state.units, state.units),
            day=command.day,
            time=command.time,
            exceptions=(*command.exceptions, *unexpected),
            red=red,
            reported_by=command.reported_by,
            accepts_at=command.at + timedelta(days=days) if by_itself else None,
            at=command.at,
            colours=(*command.colours, *((code, "red") for code in unexpected)),
            grey=grey(command.colours),
        )
    ]


def _unexpected(command: Complete, state: Order) -> tuple[str, ...]:
    """What does not fit the order; each is for a person to judge."""
    live = [visit for visit in state.visits if visit.verdict in {"waiting", "accepted"}]
    checks = {
        "not_matched": command.provider not in state.servers,
        "one_visit_too_many": len(live) >= state.places,
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
    Accepted,
    TurnedDown,
    Returned,
    Cancelled,
    SearchedAgain,
    TurnedToLove,
    WindowChanged,
)
decider: Decider[Command, Order | None, Event, Known] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, *EVENTS)
)
