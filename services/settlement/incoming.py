"""What the service hears: their public event to our command. Whatever carries a fact is journalled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from chassis import policies
from chassis.service import Heard, Incoming, Step
from contracts import charity, orders, providers
from contracts.registry import EVENTS
from services.settlement.domain import bearing, grade, journal, month, person
from services.settlement.domain.telling import fact_of


def fact_told(heard: Heard) -> Iterable[Step]:
    """Keep the fact, under the id and position of its event; an event without one (a gift) is nothing to us."""
    event: Any = EVENTS[heard.type].model_validate_json(heard.body)
    if event.fact is None:
        return
    told = event.fact.model_dump(mode="json")
    fact = fact_of(told, fact_id=str(heard.event_id), source=heard.source, position=heard.position)
    yield Step(decider=journal.decider, stream=heard.event_id, command=journal.Journal(fact=fact))


def month_sealed(heard: Heard) -> Iterable[Step]:
    """The seal is a fact, and one thing less to wait for."""
    yield from fact_told(heard)
    sealed: Any = EVENTS[heard.type].model_validate_json(heard.body)
    command = month.NoteSeal(
        month=sealed.month,
        source=heard.source,
        position=heard.position,
        public_hash=heard.hash,
        waiting=getattr(sealed, "waiting", 0),
        at=sealed.at,
    )
    yield Step(decider=month.decider, stream=month.stream_of(heard.county, sealed.month), command=command)


def notice_posted(heard: Heard) -> Iterable[Step]:
    """A person's review was posted: payments for it may be approved."""
    posted = orders.NoticePosted.model_validate_json(heard.body)
    command = person.Note(plan_id=posted.plan_id, posted_on=posted.posted_on, at=posted.at)
    yield Step(decider=person.decider, stream=posted.person, command=command)


def review_pending(heard: Heard) -> Iterable[Step]:
    """Urgent help nobody has reviewed yet: no payment for the person until the notice is posted again."""
    pending = orders.ReviewPending.model_validate_json(heard.body)
    hold = person.Hold(plan_id=pending.plan_id, need_id=pending.need_id, at=pending.at)
    yield Step(decider=person.decider, stream=pending.person, command=hold)


def townships_drawn(heard: Heard) -> Iterable[Step]:
    """Only their grades are due for the month (S10)."""
    drawn = providers.TownshipsDrawn.model_validate_json(heard.body)
    command = month.NoteDrawn(month=drawn.month, townships=drawn.townships, at=drawn.at)
    yield Step(decider=month.decider, stream=month.stream_of(heard.county, drawn.month), command=command)


def month_graded(heard: Heard) -> Iterable[Step]:
    """The sheet's grade becomes a fact of settlement's own log; a later one replaces it."""
    graded = providers.MonthGraded.model_validate_json(heard.body)
    month_id, payee = month.stream_of(heard.county, graded.month), str(graded.provider)
    command = grade.Give(
        month_id=month_id,
        month=graded.month,
        payee=payee,
        township=graded.township,
        grade=graded.grade,
        at=graded.at,
    )
    yield Step(decider=grade.decider, stream=grade.stream_of(month_id, payee, graded.township), command=command)


def order_verified(heard: Heard) -> Iterable[Step]:
    """The fact takes the place of what was reserved for the order, if anything was."""
    yield from fact_told(heard)
    verified = orders.OrderVerified.model_validate_json(heard.body)
    if verified.fact is not None:
        use = bearing.Use(month=verified.fact.day.isoformat()[:7], at=verified.at)
        yield Step(decider=bearing.decider, stream=verified.order_id, command=use)


def purchase_considered(heard: Heard) -> Iterable[Step]:
    """Can a fund bear what nobody claimed?"""
    asked = orders.PurchaseConsidered.model_validate_json(heard.body)
    command = bearing.Consider(
        item=asked.item,
        units=asked.units,
        day=asked.day,
        policy=asked.policy,
        at=asked.at,
        agreed_fen=asked.agreed_fen or 0,
        rule=asked.rule or "",
    )
    yield Step(decider=bearing.decider, stream=asked.order_id, command=command)


def order_cancelled(heard: Heard) -> Iterable[Step]:
    """What was reserved for the order is free again."""
    cancelled = orders.OrderCancelled.model_validate_json(heard.body)
    yield Step(decider=bearing.decider, stream=cancelled.order_id, command=bearing.Release(at=cancelled.at))


def order_turned_down(heard: Heard) -> Iterable[Step]:
    """Nothing is paid for it: what was reserved is free again."""
    turned_down = orders.OrderTurnedDown.model_validate_json(heard.body)
    yield Step(decider=bearing.decider, stream=turned_down.order_id, command=bearing.Release(at=turned_down.at))


def _carrying(source: str) -> Mapping[str, Incoming]:
    """Every type of a source that carries a fact."""
    return {
        name: fact_told
        for name, kind in EVENTS.items()
        if name.startswith(f"{source}.") and "fact" in kind.model_fields
    }


HEARS: Mapping[str, Mapping[str, Incoming]] = {
    "orders": {
        **_carrying("orders"),
        orders.OrderVerified.TYPE: order_verified,
        orders.PurchaseConsidered.TYPE: purchase_considered,
        orders.OrderCancelled.TYPE: order_cancelled,
        orders.OrderTurnedDown.TYPE: order_turned_down,
        orders.PolicyAdopted.TYPE: policies.incoming("settlement"),
        orders.NoticePosted.TYPE: notice_posted,
        orders.ReviewPending.TYPE: review_pending,
        orders.MonthSealed.TYPE: month_sealed,
    },
    "providers": {
        **_carrying("providers"),
        providers.MonthSealed.TYPE: month_sealed,
        providers.TownshipsDrawn.TYPE: townships_drawn,
        providers.MonthGraded.TYPE: month_graded,
    },
    "charity": {**_carrying("charity"), charity.MonthSealed.TYPE: month_sealed},
}
