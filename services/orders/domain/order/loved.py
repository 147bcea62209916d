"""How an order changes on its way through charity: released, sent back, referred again, bought, given away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from services.orders.domain.days import business_day
from services.orders.domain.order.loving_words import (
    CharityAccepted,
    CharityDeclined,
    ClaimConfirmed,
    LoveEvent,
    LovePublished,
    NotBorne,
    PurchaseAsked,
    ReferredElsewhere,
    Unclaimed,
)
from services.orders.domain.order.officers import TurnedToLove
from services.orders.domain.order.words import FellBack, Released

if TYPE_CHECKING:
    from services.orders.domain.order.state import Order


def loved(state: Order, event: LoveEvent) -> Order:
    """A love order's way through charity and back."""
    today = business_day(event.at)
    match event:
        case CharityAccepted():
            return replace(state, accepted_by=event.charity_id)
        case LovePublished():
            return replace(state, published_on=today)
        case CharityDeclined():
            return replace(state, desk="declined", desk_since=today)
        case ClaimConfirmed():
            others = tuple(one for one in state.confirmed if one[0] != event.claimant)
            return replace(state, confirmed=(*others, (event.claimant, event.until)))
        case Unclaimed() | NotBorne():
            return replace(state, desk="unclaimed", desk_since=today)
        case PurchaseAsked():
            return replace(state, desk="considered", desk_since=today, bought_by=event.rule)
        case ReferredElsewhere():
            return replace(
                _off_the_desk(state),
                charity=event.charity_id,
                accepted_by=None,
                published_on=None,
                policy=event.policy,
                window_from=today,
                window_to=business_day(event.expires_at),
            )


def _off_the_desk(state: Order) -> Order:
    """It goes on: what was turned down before does not end it."""
    visits = tuple(replace(one, over=True) if one.verdict == "turned_down" else one for one in state.visits)
    gone = {one.provider for one in visits if one.over}
    kept = tuple(one for one in state.taken if one[0] not in gone)
    servers = tuple(one for one in state.servers if one not in gone)
    return replace(state, desk="", desk_since=None, visits=visits, taken=kept, servers=servers)


def released(state: Order, event: Released) -> Order:
    return replace(
        state,
        servers=tuple(server for server in state.servers if server != event.provider),
        taken=tuple(one for one in state.taken if one[0] != event.provider),
        confirmed=tuple(one for one in state.confirmed if one[0] != event.provider),
    )


def bought(state: Order, event: FellBack) -> Order:
    return replace(
        _off_the_desk(state),
        kind=state.bought_as,
        mode="purchase",
        places=1,
        price_fen=event.price_fen,
        rule=event.rule,
        units=event.units or state.units,
        form="",
        servers=(),
        taken=(),
        confirmed=(),
        policy=event.policy,
        window_from=event.window_from,
        window_to=event.window_to,
    )


def given_away(state: Order, event: TurnedToLove) -> Order:
    return replace(
        state,
        kind="love",
        mode="charity",
        places=1,
        nobody=False,
        charity=event.charity_id,
        accepted_by=None,
        published_on=None,
        policy=event.policy,
        window_from=business_day(event.at),
        window_to=business_day(event.expires_at),
    )
