"""A love order: formed, claimed, fulfilled, fallen back."""

from __future__ import annotations

from dataclasses import replace

from chassis.testing import Specification
from services.orders.domain import order
from tests.orders.examples import (
    CLAIMANT,
    OTHER_PROVIDER,
    OTHER_VISIT,
    PROVIDER,
    VISIT,
    at,
    claimed,
    complete,
    completed,
    day,
    form_love,
    known_love,
    known_order,
    love_formed,
    match,
    matched,
    opened,
    verify,
)

an_order = Specification(order.decider)
waiting = an_order.given(opened, matched, completed)
accepted = order.Accepted(visit_id=VISIT, how="person", by="bureau-1", at=at("2024-10-04"))
wait_over = order.AcceptUnsampled(at=at("2024-10-10", "11:00"))


def test_a_love_order_is_formed_from_a_need_approved_for_charity():
    an_order.when(form_love, known_love).then(love_formed)


def test_a_love_order_is_formed_once_for_a_need_and_item():
    an_order.given(love_formed).when(form_love, known_love).rejected("order.love_order_exists")


def test_a_love_order_is_formed_by_the_bureau():
    an_order.when(replace(form_love, role="township"), known_love).rejected("order.not_yours_to_form", body="bureau")


def test_a_love_order_needs_an_approved_need():
    an_order.when(form_love, replace(known_love, need=None)).rejected("order.need_not_for_charity")


def test_a_love_order_gives_no_more_than_was_approved():
    an_order.when(replace(form_love, units=3), known_love).rejected("order.not_in_the_need")
    an_order.when(replace(form_love, price_fen=5001, rule="love_order"), known_love).rejected(
        "order.price_not_approved", approved_fen=5000
    )
    an_order.when(replace(form_love, price_fen=1, rule="other"), known_love).rejected("order.price_not_approved")


def test_a_love_order_is_not_taken_by_a_provider():
    an_order.given(love_formed).when(match, known_order).then()


def test_a_love_order_never_is_accepted_by_itself():
    fulfilled = replace(complete, provider=CLAIMANT, item=None, units=None)
    told = an_order.given(love_formed, claimed).when(fulfilled, known_order)
    assert told.events[0].accepts_at is None
    assert told.events[0].item == "home_cleaning"
    told.when(wait_over, known_order).then()


def test_a_released_place_is_claimed_by_another():
    release = order.Release(provider=CLAIMANT, at=at("2024-10-03"))
    released = an_order.given(love_formed, claimed).when(release, known_order)
    released.then(order.Released(provider=CLAIMANT, at=at("2024-10-03")))
    other = order.Match(provider=OTHER_PROVIDER, road="charity", at=at("2024-10-04"))
    assert released.when(other, known_order).state.servers == (OTHER_PROVIDER,)


def test_two_places_are_fulfilled_by_two():
    for_two = replace(love_formed, places=2)
    both = an_order.given(for_two, claimed, replace(claimed, provider=OTHER_PROVIDER))
    one = both.when(replace(complete, provider=CLAIMANT), known_order).when(verify, known_order)
    assert one.state.stage == "matched"
    second = replace(complete, provider=OTHER_PROVIDER, visit_id=OTHER_VISIT)
    assert one.when(second, known_order).when(verify, known_order).state.stage == "accepted"


def test_unclaimed_it_falls_back_to_purchase_in_a_window_as_long():
    back = an_order.given(love_formed).when(order.FallBack(at=at("2024-10-16")), known_order)
    back.then(
        order.FellBack(
            window_from=day("2024-10-16"),
            window_to=day("2024-10-31"),
            policy="130528/0001",
            at=at("2024-10-16"),
            units=1,
        )
    )
    assert back.when(match, known_order).state.servers == (PROVIDER,)


def test_unclaimed_and_not_to_be_bought_it_lapses():
    companionship = replace(love_formed, item="family_companionship")
    back = an_order.given(companionship).when(order.FallBack(at=at("2024-10-16")), known_order)
    assert back.state.stage == "lapsed"


def test_claimed_it_does_not_fall_back():
    an_order.given(love_formed, claimed).when(order.FallBack(at=at("2024-10-16")), known_order).then()
