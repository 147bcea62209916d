"""The seal of a month: not while messages are parked, and once."""

from __future__ import annotations

from datetime import timedelta

from chassis.testing import Specification
from services.orders.domain import month
from tests.orders.examples import PLAN, at

a_month = Specification(month.decider)
NOW = at("2024-11-05")
seal = month.Seal(month="2024-10", at=NOW)
clear = month.Known(parked=0, plans=(PLAN,), waiting=2)
blocked = month.Known(parked=3, plans=(), waiting=0)
begun = month.SealBegun(month="2024-10", plans=(PLAN,), waiting=2, at=NOW)
sealed = month.Sealed(month="2024-10", waiting=2, at=NOW)


def delayed(seconds: int) -> month.SealDelayed:
    """A delay that is looked at again after so many seconds."""
    return month.SealDelayed(month="2024-10", parked=3, again_at=NOW + timedelta(seconds=seconds), at=NOW)


def test_is_begun_with_the_plans_that_are_not_counted_yet():
    a_month.when(seal, clear).then(begun)


def test_is_finished_and_tells_what_waits():
    a_month.given(begun).when(month.FinishSeal(at=NOW), clear).then(sealed)


def test_is_sealed_once():
    a_month.given(begun, sealed).when(seal, clear).then()
    a_month.given(begun, sealed).when(month.FinishSeal(at=NOW), clear).then()


def test_is_delayed_while_messages_are_parked():
    a_month.when(seal, blocked).then(delayed(30))


def test_is_tried_at_growing_intervals_up_to_an_hour():
    a_month.given(delayed(30)).when(seal, blocked).then(delayed(60))
    a_month.given(*[delayed(30)] * 20).when(seal, blocked).then(delayed(3600))


def test_is_sealed_after_the_parked_messages_are_gone():
    a_month.given(delayed(30)).when(seal, clear).then(begun)


def test_is_not_finished_before_it_is_begun():
    a_month.when(month.FinishSeal(at=NOW), clear).rejected("month.seal_not_begun")
