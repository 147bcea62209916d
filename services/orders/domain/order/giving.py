"""The love side of an order: formed of a declared need, and never lost on its way.

    formed ─ accepted by the charity ─ published ─ claimed …
       └ declined ─▶ the bureau's desk ─ referred elsewhere │ bought │ called off
    unclaimed ─▶ the desk, or bought by itself: at once, or if settlement says that a fund can bear it

What the bus tells never refuses. Of an order in pieces only what is left is referred again or bought
(paper 003, part 2 (3) item 4; who bears it: settlement's S14).
"""

from __future__ import annotations

from datetime import timedelta

from chassis.kernel import Rejected
from services.orders.domain.days import business_day
from services.orders.domain.duplicates import Given, duplicates_of
from services.orders.domain.order.known import Known
from services.orders.domain.order.loving_words import (
    Buy,
    CharityAccepted,
    CharityDeclined,
    ClaimConfirmed,
    FormLove,
    LoveCommand,
    LoveFormed,
    LovePublished,
    NotBorne,
    NoteAccepted,
    NoteBorne,
    NoteConfirmed,
    NoteDeclined,
    NotePublished,
    Overlap,
    PurchaseAsked,
    ReferElsewhere,
    ReferredElsewhere,
    Unclaimed,
)
from services.orders.domain.order.state import Order
from services.orders.domain.order.words import Event, FallBack, FellBack, Lapsed
from services.orders.domain.policy import GOODS, MODES, PURCHASE, Policy, in_force

MOST_NAMED = 10
"""So many of what an order repeats are named in it; the radar lists all."""
ASKS, BUYS, CHARITY = "purchase_if_borne", "purchase", "charity"


def form(command: FormLove, state: Order | None, known: Known) -> list[Event]:
    """The amount is agreed here, once for all, and never above what the need was approved with.

    In a county where charities decide what is given, only a charity's decision forms it (paper 001, part (6) item 7).
    """
    if state is not None:
        if command.referral_id is not None:
            return []
        raise Rejected("order.love_order_exists")
    today = business_day(command.at)
    policy = in_force(known.policies, today)
    _check_form(command, known, policy)
    need = known.need
    assert need is not None
    item = policy.items.get(command.item)
    goods = item is not None and item.group == GOODS
    wanted = Given(
        id=command.need_id, source="love", item=command.item, first=today, last=business_day(command.expires_at)
    )
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
            form=command.form or ("goods" if goods else "service"),
            claimants=command.claimants,
            min_age=command.min_age,
            skills=command.skills,
            referral_id=command.referral_id,
            approved_fen=need.price_fen,
            overlaps=overlaps(wanted, known, policy if command.referral_id is None else None),
        )
    ]


def _check_form(command: FormLove, known: Known, policy: Policy) -> None:
    need = known.need
    if command.referral_id is None:
        if command.role != policy.forms_love:
            raise Rejected("order.not_yours_to_form", body=policy.forms_love)
        if policy.loving.content == CHARITY:
            raise Rejected("order.content_is_the_charitys")
    if need is None or need.mode != "charity":
        raise Rejected("order.need_not_for_charity")
    if policy.loving.from_declared and not need.declared:
        raise Rejected("order.need_not_declared")
    approved = dict(need.items).get(command.item)
    if approved is None or command.units > approved:
        raise Rejected("order.not_in_the_need")
    if command.price_fen > need.price_fen or (command.price_fen and command.rule != need.rule):
        raise Rejected("order.price_not_approved", approved_fen=need.price_fen)
    if command.expires_at <= command.at:
        raise Rejected("order.expires_in_the_past")


def overlaps(wanted: Given, known: Known, refusing: Policy | None) -> tuple[Overlap, ...]:
    """What the person has already of this item in these days, the first of it; refused where the policy says so."""
    found = duplicates_of(wanted, known.given)
    if found and refusing is not None and refusing.loving.duplicates == "refuse":
        raise Rejected("order.duplicate", duplicates=len(found), source=found[0].source, id=str(found[0].id))
    return tuple(
        Overlap(id=one.id, source=one.source, window_from=one.first, window_to=one.last) for one in found[:MOST_NAMED]
    )


def fall_back(command: FallBack, state: Order, known: Known) -> list[Event]:
    """Nobody claimed what is left: where the section says nothing, bought or lapsed as ``fallback`` has it."""
    if state.kind != "love" or not state.left or state.cancelled_on or state.lapsed or state.desk:
        return []
    policy = in_force(known.policies, business_day(command.at))
    buys = _purchasable(state, policy)
    if not policy.loving.unclaimed:
        return [_bought(state, policy, command)] if buys and policy.fallback == PURCHASE else [Lapsed(at=command.at)]
    by_itself = buys and policy.loving.unclaimed in {ASKS, BUYS}
    if by_itself and not policy.loving.first_bureau_days:
        return _buying(state, policy, command)
    buys_at = command.at + timedelta(days=policy.loving.first_bureau_days) if by_itself else None
    return [Unclaimed(left=state.left, buys_at=buys_at, at=command.at)]


def decide_love(command: LoveCommand, state: Order, known: Known) -> list[Event]:
    """What charity and settlement tell, and what the bureau decides of what came back."""
    match command:
        case NoteAccepted() | NotePublished() | NoteDeclined() | NoteConfirmed():
            return _note(command, state)
        case ReferElsewhere():
            return _refer(command, state, known)
        case Buy():
            return _buy(command, state, known)
        case NoteBorne():
            if state.desk != "considered" or state.cancelled_on:
                return []
            if not command.borne:
                return [NotBorne(reason_code=command.reason_code, at=command.at)]
            return [_bought(state, in_force(known.policies, business_day(command.at)), command)]


def _note(command: NoteAccepted | NotePublished | NoteDeclined | NoteConfirmed, state: Order) -> list[Event]:
    if state.kind != "love" or state.cancelled_on or state.desk:
        return []
    match command:
        case NoteAccepted():
            known_already = state.accepted_by is not None or command.charity_id != state.charity
            return [] if known_already else [CharityAccepted(charity_id=command.charity_id, at=command.at)]
        case NotePublished():
            return [] if state.published_on else [LovePublished(at=command.at)]
        case NoteDeclined():
            if command.charity_id != state.charity or state.servers:
                return []
            return [
                CharityDeclined(charity_id=command.charity_id, reason_code=command.reason_code, at=command.at)
            ]  # fmt: skip
        case NoteConfirmed():
            holds = command.claimant in state.servers
            return [ClaimConfirmed(claimant=command.claimant, until=command.until, at=command.at)] if holds else []


def _refer(command: ReferElsewhere, state: Order, known: Known) -> list[Event]:
    policy = in_force(known.policies, business_day(command.at))
    _check_desk(state, command.role, policy)
    if command.expires_at <= command.at:
        raise Rejected("order.expires_in_the_past")
    return [
        ReferredElsewhere(
            charity_id=command.charity_id,
            places=state.left,
            expires_at=command.expires_at,
            policy=policy.version,
            at=command.at,
        )
    ]


def _buy(command: Buy, state: Order, known: Known) -> list[Event]:
    policy = in_force(known.policies, business_day(command.at))
    if not command.role:
        return _buying(state, policy, command) if state.desk == "unclaimed" and _purchasable(state, policy) else []
    if state.desk == "considered" or state.kind != "love":
        return []
    _check_desk(state, command.role, policy)
    if not _purchasable(state, policy):
        raise Rejected("order.not_purchasable")
    return _buying(state, policy, command)


def _check_desk(state: Order, role: str, policy: Policy) -> None:
    """What was turned down for good left the person without help: it can be given anew."""
    if role != policy.forms_love:
        raise Rejected("order.not_yours_to_form", body=policy.forms_love)
    over = state.kind == "love" and state.stage == "turned_down"
    if state.cancelled_on or not state.left or not (state.desk in {"declined", "unclaimed"} or over):
        raise Rejected("order.not_on_the_desk")


def _buying(state: Order, policy: Policy, command: FallBack | Buy) -> list[Event]:
    """Where a fund must be able to bear it settlement is asked first."""
    if policy.loving.unclaimed != ASKS:
        return [_bought(state, policy, command)]
    rule = policy.loving.bought_by if state.approved_fen else ""
    return [
        PurchaseAsked(
            units=state.units_left,
            day=business_day(command.at),
            policy=policy.version,
            at=command.at,
            agreed_fen=state.approved_fen * state.left if rule else 0,
            rule=rule,
        )
    ]


def _bought(state: Order, policy: Policy, command: FallBack | Buy | NoteBorne) -> FellBack:
    """In a window as long as the love order was open."""
    today = business_day(command.at)
    until = today + (state.window_to - state.window_from)
    borne = command if isinstance(command, NoteBorne) else None
    agreed = borne is not None and bool(borne.rule) and borne.rule == state.bought_by
    return FellBack(
        window_from=today,
        window_to=until,
        policy=policy.version,
        at=command.at,
        units=state.units_left,
        fund=borne.fund if borne else "",
        price_fen=borne.amount_fen if borne and agreed else 0,
        rule=state.bought_by if agreed else "",
    )


def _purchasable(state: Order, policy: Policy) -> bool:
    item = policy.items.get(state.item)
    return item is not None and item.purchasable and MODES["purchase"] in item.modes
