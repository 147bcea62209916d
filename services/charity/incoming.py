"""What the service hears: their public event to our command."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from chassis import policies
from chassis.service import Heard, Incoming, Step
from contracts import orders, settlement
from services.charity.domain import love_order, month, referral
from services.charity.domain.love_order.messages import Work


def love_order_formed(heard: Heard) -> Iterable[Step]:
    """The bureau refers a love order."""
    formed = orders.LoveOrderFormed.model_validate_json(heard.body)
    work = Work(
        charity=formed.charity_id,
        item=formed.item,
        units=formed.units,
        township=formed.township,
        village=formed.village,
        places=formed.places,
        expires_at=formed.expires_at,
        price_fen=formed.price_fen,
        policy=formed.policy,
    )
    command = love_order.Refer(work=work, at=formed.at)
    yield Step(decider=love_order.decider, stream=formed.order_id, command=command)


def people_referred(heard: Heard) -> Iterable[Step]:
    """The bureau refers a list of people, of whom the charity decides itself."""
    told = orders.PeopleReferred.model_validate_json(heard.body)
    people = tuple(
        referral.Listed(
            need_id=one.need_id,
            person=one.person,
            township=one.township,
            village=one.village,
            items=tuple((item, (one.units or {}).get(item, 0)) for item in one.items),
        )
        for one in told.people
    )
    command = referral.Receive(charity_id=told.charity_id, people=people, decide_by=told.decide_by, at=told.at)
    yield Step(decider=referral.decider, stream=told.referral_id, command=command)


def order_matched(heard: Heard) -> Iterable[Step]:
    """A provider has the order after all: nobody needs to claim it."""
    matched = orders.OrderMatched.model_validate_json(heard.body)
    if matched.road == "providers":
        command = love_order.Cancel(reason_code="taken", at=matched.at)
        yield Step(decider=love_order.decider, stream=matched.order_id, command=command)


def order_cancelled(heard: Heard) -> Iterable[Step]:
    """Nobody is needed any more."""
    cancelled = orders.OrderCancelled.model_validate_json(heard.body)
    command = love_order.Cancel(reason_code=cancelled.reason_code, at=cancelled.at)
    yield Step(decider=love_order.decider, stream=cancelled.order_id, command=command)


def order_returned(heard: Heard) -> Iterable[Step]:
    """The claimant mends what was done; for a love order the visit is the claim."""
    returned = orders.OrderReturned.model_validate_json(heard.body)
    command = love_order.Return(claim_id=returned.visit_id, at=returned.at)
    yield Step(decider=love_order.decider, stream=returned.order_id, command=command)


def month_close_requested(heard: Heard) -> Iterable[Step]:
    """Seal the month."""
    asked = settlement.MonthCloseRequested.model_validate_json(heard.body)
    stream = month.stream_of(heard.county, asked.month)
    yield Step(decider=month.decider, stream=stream, command=month.Seal(month=asked.month, at=asked.at))


HEARS: Mapping[str, Mapping[str, Incoming]] = {
    "orders": {
        orders.PolicyAdopted.TYPE: policies.incoming("charity"),
        orders.LoveOrderFormed.TYPE: love_order_formed,
        orders.PeopleReferred.TYPE: people_referred,
        orders.OrderMatched.TYPE: order_matched,
        orders.OrderCancelled.TYPE: order_cancelled,
        orders.OrderReturned.TYPE: order_returned,
    },
    "settlement": {settlement.MonthCloseRequested.TYPE: month_close_requested},
}
