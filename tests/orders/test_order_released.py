"""An order that is taken from its provider is the next one's; what was done before stays who did it."""

from __future__ import annotations

from dataclasses import replace

from chassis.testing import Specification
from services.orders.domain import order
from tests.orders.examples import OTHER_PROVIDER, PROVIDER, at, complete, known_order, match, matched, opened

RELEASE = order.Release(provider=PROVIDER, at=at("2024-10-03"))
RELEASED = order.Released(provider=PROVIDER, at=at("2024-10-03"))
NEXT = replace(match, provider=OTHER_PROVIDER)
TAKEN = Specification(order.decider).given(opened, matched)


def test_an_order_taken_from_its_provider_is_matched_with_the_next() -> None:
    freed = TAKEN.when(RELEASE, known_order)
    freed.then(RELEASED)
    assert freed.state.stage == "opened"
    taken_again = freed.when(NEXT, known_order)
    assert (taken_again.state.stage, taken_again.state.servers) == ("matched", (OTHER_PROVIDER,))


def test_it_is_taken_once_and_from_who_has_it() -> None:
    TAKEN.when(RELEASE, known_order).when(RELEASE, known_order).then()
    TAKEN.when(replace(RELEASE, provider=OTHER_PROVIDER), known_order).then()


def test_what_was_done_already_stays_with_who_did_it() -> None:
    done = TAKEN.when(complete, known_order)
    done.when(RELEASE, known_order).then()
