"""What the service hears: their public event to our command."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from chassis import policies
from chassis.service import Heard, Incoming, Step
from contracts import orders, settlement
from services.charity.domain import love_order, month, referral, service_entry
from services.charity.domain.love_order.messages import Work


def love_order_formed(heard: Heard) -> Iterable[Step]:
    """The bureau refers a love order, or refers it anew."""
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
        form=formed.form or "service",
        claimants=formed.claimants or "anybody",
        min_age=formed.min_age or 0,
        skills=tuple(formed.skills or ()),
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


def order_verified(heard: Heard) -> Iterable[Step]:
    """What was done stands in the volunteer record; of what providers did there is no entry, and nothing happens."""
    verified = orders.OrderVerified.model_validate_json(heard.body)
    yield _entry(verified.visit_id, service_entry.Count(at=verified.at))


def verification_undone(heard: Heard) -> Iterable[Step]:
    """It stands there no more."""
    undone = orders.VerificationUndone.model_validate_json(heard.body)
    yield _entry(undone.visit_id, service_entry.Void(at=undone.at))


def order_turned_down(heard: Heard) -> Iterable[Step]:
    """What a claimant did does not count, and never stands in the volunteer record."""
    down = orders.OrderTurnedDown.model_validate_json(heard.body)
    command = love_order.TurnDown(claim_id=down.visit_id, reason_code=down.reason_code, at=down.at)
    yield Step(decider=love_order.decider, stream=down.order_id, command=command)
    yield _entry(down.visit_id, service_entry.TurnDown(at=down.at))


def _entry(claim_id: UUID, command: service_entry.Command) -> Step:
    return Step(decider=service_entry.decider, stream=service_entry.stream_of(claim_id), command=command)


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
        orders.OrderVerified.TYPE: order_verified,
        orders.VerificationUndone.TYPE: verification_undone,
        orders.OrderTurnedDown.TYPE: order_turned_down,
    },
    "settlement": {settlement.MonthCloseRequested.TYPE: month_close_requested},
}
