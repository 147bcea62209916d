"""What others are told: facts with quantities and never a price, gifts without a fact, nothing personal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from chassis.service import Recorded
from contracts import orders as told
from contracts.facts import FACT
from services.orders.domain import month, order, plan
from services.orders.outgoing import outgoing
from tests.orders.examples import (
    CLAIMANT,
    COUNTY,
    ORDER,
    PLAN,
    POLICIES,
    PROVIDER,
    TOWNSHIP,
    VISIT,
    ZHAO,
    assigned,
    at,
    claimed,
    completed,
    drawn,
    love_formed,
    matched,
    opened,
    started,
)

accepted = order.Accepted(visit_id=VISIT, how="unsampled", by="", at=at("2024-10-10"))
gift_fulfilled = replace(completed, provider=CLAIMANT, accepts_at=None)


def tell(stream: UUID, decider: Any, *history: Any) -> list[Any]:
    """What the last event of a stream tells."""
    recorded = Recorded(originator_id=stream, originator_version=len(history), event=history[-1])
    return [public.data for public in outgoing(recorded, decider.fold(history))]


def test_an_accepted_service_is_a_fact_with_day_time_item_and_units():
    [verified] = tell(ORDER, order.decider, opened, matched, completed, accepted)
    assert verified.how == "unsampled"
    assert FACT.dump_python(verified.fact, exclude_none=True) == {
        "kind": "service",
        "day": date(2024, 10, 3),
        "time": "09:00",
        "payee": str(PROVIDER),
        "purchaser": COUNTY,
        "township": TOWNSHIP,
        "person": str(ZHAO),
        "item": "home_cleaning",
        "units": 1,
    }


def test_accepted_goods_are_a_fact_of_goods():
    [verified] = tell(ORDER, order.decider, replace(opened, kind="goods"), matched, completed, accepted)
    assert verified.fact.kind == "goods"


def test_a_gift_makes_no_fact():
    [verified] = tell(ORDER, order.decider, love_formed, claimed, gift_fulfilled, accepted)
    assert verified.fact is None
    assert b"fact" not in verified.model_dump_json().encode()


def test_a_love_order_with_a_price_is_paid_as_agreed_to_the_claimant():
    priced = replace(love_formed, price_fen=5000, rule="love_order")
    [verified] = tell(ORDER, order.decider, priced, claimed, gift_fulfilled, accepted)
    assert (verified.fact.kind, verified.fact.payee, verified.fact.amount_fen, verified.fact.rule) == (
        "agreed", str(CLAIMANT), 5000, "love_order",
    )  # fmt: skip


def test_a_love_order_tells_neither_person_nor_need():
    [formed] = tell(ORDER, order.decider, love_formed)
    assert str(ZHAO) not in formed.model_dump_json()


def test_a_fallen_back_love_order_is_opened_for_providers():
    back = order.FellBack(
        window_from=date(2024, 10, 16), window_to=date(2024, 10, 31), policy="130528/0001", at=at("2024-10-16")
    )
    [again] = tell(ORDER, order.decider, love_formed, back)
    assert isinstance(again, told.OrderOpened)
    assert (again.kind, again.window_from) == ("purchase", date(2024, 10, 16))


def test_a_rejection_and_a_return_name_the_server():
    rejected = order.TurnedDown(visit_id=VISIT, reason_code="nobody_came", by="bureau-1", at=at("2024-10-04"))
    [down] = tell(ORDER, order.decider, opened, matched, completed, rejected)
    assert isinstance(down, told.OrderTurnedDown)
    assert down.provider == PROVIDER


def test_a_counted_month_is_a_fact_that_reads_back_the_same():
    before = plan.decider.fold([drawn, started, assigned])
    [counted] = plan.decider.decide(
        plan.CountMonth(month="2024-10", at=at("2024-10-02")), before, plan.Known(policies=POLICIES)
    )
    [bundle] = tell(PLAN, plan.decider, drawn, started, assigned, counted)
    assert [(days.from_day.day, days.to_day.day, days.age) for days in bundle.fact.days] == [
        (1, 1, 83), (2, 15, 83), (16, 31, 84),
    ]  # fmt: skip
    assert told.BundleMonth.model_validate_json(bundle.model_dump_json(exclude_none=True)) == bundle


def test_a_sealed_month_is_a_fact():
    sealed = month.Sealed(month="2024-10", waiting=2, at=at("2024-11-05"))
    begun = month.SealBegun(month="2024-10", plans=(), waiting=2, at=at("2024-11-05"))
    [seal] = tell(month.stream_of(COUNTY, "2024-10"), month.decider, begun, sealed)
    assert (seal.waiting, seal.fact.kind, seal.fact.month) == (2, "seal", "2024-10")
