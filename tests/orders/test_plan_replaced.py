"""A provider that is replaced, or whose orders are taken away, serves and is paid to the day before."""

from __future__ import annotations

from chassis.testing import Specification
from services.orders.domain import plan
from tests.orders.examples import NINGJIN, OTHER_PROVIDER, PROVIDER, assigned, at, day, drawn, noticed, started

KNOWN = plan.Known(policies=(NINGJIN,))
a_plan = Specification(plan.decider)
adjust = plan.Adjust(reason_code="changed", at=at("2024-10-09"))


def test_a_provider_that_is_replaced_serves_to_the_day_before():
    ended = (
        a_plan.given(drawn, noticed, started, assigned)
        .when(plan.OpenMonth(month="2024-10", at=at("2024-10-02")), KNOWN)
        .when(plan.EndProvider(from_day=day("2024-10-15"), reason_code="not_rectified", at=at("2024-10-09")), KNOWN)
        .when(adjust, KNOWN)
    )
    [changed] = ended.events
    assert [one.window_from.day for one in changed.opened] == [15, 22]
    assert changed.provider is None
    back = ended.when(plan.AssignProvider(provider=PROVIDER, at=at("2024-10-10")), KNOWN)
    back.then()
    taken = ended.when(plan.AssignProvider(provider=OTHER_PROVIDER, at=at("2024-10-10")), KNOWN)
    counted = taken.when(plan.CountMonth(month="2024-10", at=at("2024-10-10")), KNOWN).events[0]
    days = {
        bundle.payee: [(part.first.day, part.last.day) for part in bundle.days if part.assigned]
        for bundle in counted.bundles
    }
    assert days[OTHER_PROVIDER][0][0] == 15
    assert days[PROVIDER][-1][1] == 14


def test_a_provider_whose_orders_were_taken_away_serves_no_day_more_even_if_nobody_follows():
    lost = plan.LoseProvider(
        provider=PROVIDER, from_day=day("2024-10-15"), reason_code="not_rectified", at=at("2024-10-16")
    )
    left = (
        a_plan.given(drawn, noticed, started, assigned)
        .when(plan.OpenMonth(month="2024-10", at=at("2024-10-02")), KNOWN)
        .when(lost, KNOWN)
    )
    left.then(
        plan.ProviderLost(
            provider=PROVIDER, from_day=day("2024-10-15"), reason_code="not_rectified", at=at("2024-10-16")
        )
    )
    counted = left.when(plan.CountMonth(month="2024-10", at=at("2024-11-01")), KNOWN).events[0]
    [bundle] = counted.bundles
    assert [(part.first.day, part.last.day) for part in bundle.days if part.assigned] == [(2, 14)]
    left.when(lost, KNOWN).then()
    taken = left.when(plan.AssignProvider(provider=PROVIDER, at=at("2024-10-20")), KNOWN)
    assert [event.from_day for event in taken.events] == [day("2024-10-20")]


def test_another_provider_that_lost_an_order_changes_nothing():
    lost = plan.LoseProvider(
        provider=OTHER_PROVIDER, from_day=day("2024-10-15"), reason_code="not_rectified", at=at("2024-10-16")
    )
    a_plan.given(drawn, noticed, started, assigned).when(lost, KNOWN).then()
