"""How orders and lists of people are told to those who serve, give or pay."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from contracts import orders as told
from services.orders.domain import order, referral


def order_opened(
    stream: UUID, event: order.Opened | order.FellBack | order.SearchedAgain | order.WindowChanged, state: order.Order
) -> told.OrderOpened | None:
    """Nobody searches for who helps without a tariff: the plan names them."""
    if state.kind == "aid":
        return None
    return told.OrderOpened(
        at=event.at,
        order_id=stream,
        kind=state.kind,
        person=state.person,
        plan_id=state.plan_id,
        item=state.item,
        units=state.units,
        township=state.township,
        village=state.village,
        window_from=state.window_from,
        window_to=state.window_to,
        provider=state.provider,
        policy=state.policy,
    )


def love_order_formed(
    stream: UUID, event: order.LoveFormed | order.TurnedToLove | order.ReferredElsewhere, state: order.Order
) -> told.LoveOrderFormed:
    """Referred again it is about what is left."""
    who: Any = {"form": state.form or None, "claimants": state.claimants or None}
    return told.LoveOrderFormed(
        at=event.at,
        order_id=stream,
        item=state.item,
        units=state.units,
        township=state.township,
        village=state.village,
        charity_id=event.charity_id,
        places=event.places if isinstance(event, order.ReferredElsewhere) else state.places,
        expires_at=event.expires_at,
        price_fen=state.price_fen,
        policy=state.policy,
        min_age=state.min_age,
        skills=state.skills or None,
        referral_id=state.referral_id,
        **who,
    )


def purchase_considered(stream: UUID, event: order.PurchaseAsked, state: order.Order) -> told.PurchaseConsidered:
    return told.PurchaseConsidered(
        at=event.at,
        order_id=stream,
        item=state.item,
        units=event.units,
        day=event.day,
        township=state.township,
        policy=event.policy,
        agreed_fen=event.agreed_fen or None,
        rule=event.rule or None,
    )


def people_referred(stream: UUID, event: referral.Referred) -> told.PeopleReferred:
    people = tuple(
        told.ReferredPerson(
            need_id=one.need_id,
            person=one.person,
            township=one.township,
            village=one.village,
            items=tuple(item for item, _ in one.items),
            units=dict(one.items),
        )
        for one in event.people
    )
    return told.PeopleReferred(
        at=event.at,
        referral_id=stream,
        charity_id=event.charity_id,
        decide_by=event.decide_by,
        people=people,
        policy=event.policy,
    )
