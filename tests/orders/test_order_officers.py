"""Orders as officers decide on them: only for approved needs, nobody found, called off, put off, help recorded."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from chassis.kernel import Sealed
from chassis.testing import Specification
from services.orders.domain import order
from tests.orders.examples import (
    CHARITY,
    NEED,
    NINGJIN,
    VISIT,
    at,
    completed,
    day,
    known_order,
    matched,
    open_order,
    opened,
    verify,
)

NEIGHBOUR = UUID("00000000-0000-4000-8000-00000000f301")
an_order = Specification(order.decider)
nobody = order.NobodyFound(reason_codes=("no_capacity",), at=at("2024-10-02"))
search = order.SearchAgain(role="bureau", at=at("2024-10-03"))
to_love = order.TurnToLove(charity_id=CHARITY, expires_at=at("2024-10-20"), role="bureau", at=at("2024-10-03"))
aid = replace(opened, kind="aid", mode="neighbour_mutual_aid", helper=NEIGHBOUR, need_id=None)
record = order.Record(
    visit_id=VISIT,
    units=1,
    day=day("2024-10-03"),
    time="09:00",
    content=Sealed(box="1.n.content"),
    by="village-1",
    at=at("2024-10-03", "18:00"),
)


def test_is_opened_only_for_what_was_approved():
    an_order.when(open_order, replace(known_order, holding=None)).rejected("order.need_not_approved")


def test_for_an_emergency_needs_an_urgent_need_and_few_days():
    short = replace(open_order, emergency=True)
    an_order.when(short, known_order).rejected("order.emergency_needs_urgent_need")
    urgent = replace(known_order, holding=order.Holding(need_id=NEED, urgent=True))
    assert an_order.when(short, urgent).state.emergency
    long = replace(short, window_to=day("2024-10-16"))
    an_order.when(long, urgent).rejected("order.emergency_too_long", days=15)


@pytest.mark.parametrize("hand", ["surveyor", "aide", "township-1", "assessor"])
def test_is_not_verified_by_who_had_a_hand_in_a_need_of_the_person(hand: str):
    known = replace(known_order, hands=frozenset({"surveyor", "aide", "township-1", "assessor"}))
    done = an_order.given(opened, matched, completed)
    done.when(replace(verify, by=hand), known).rejected("order.verifier_handled_the_need")
    assert done.when(replace(verify, by="somebody-else"), known).state.stage == "accepted"


def test_nobody_found_is_searched_for_again():
    again = an_order.given(opened, nobody).when(search, known_order)
    again.then(order.SearchedAgain(at=at("2024-10-03")))
    assert again.state.stage == "opened"
    again.when(search, known_order).then()
    an_order.given(opened, matched).when(search, known_order).rejected("order.somebody_was_found")
    an_order.given(opened, nobody).when(replace(search, at=at("2024-10-08")), known_order).rejected(
        "order.window_wrong"
    )


def test_nobody_found_becomes_a_gift_and_goes_back_unclaimed():
    given = an_order.given(opened, nobody).when(to_love, known_order)
    assert (given.state.kind, given.state.stage, given.state.price_fen) == ("love", "opened", 0)
    given.when(to_love, known_order).then()
    back = given.when(order.FallBack(at=at("2024-10-20", "12:00")), known_order)
    assert (back.state.kind, back.state.mode) == ("purchase", "purchase")


def test_nobody_found_goes_only_the_ways_the_policy_allows():
    only = replace(NINGJIN, plans=replace(NINGJIN.plans, nobody=frozenset({"search_again"})))
    known = replace(known_order, policies=(only,))
    an_order.given(opened, nobody).when(to_love, known).rejected("order.not_this_way")
    an_order.given(opened, nobody).when(replace(to_love, role="township"), known).rejected("order.not_yours_to_form")


def test_is_called_off_until_it_is_done():
    off = order.CallOff(reason_code="not_at_home", at=at("2024-10-03"))
    assert an_order.given(opened, matched).when(off, known_order).state.stage == "cancelled"
    an_order.given(opened, matched).when(off, known_order).when(off, known_order).then()
    an_order.given(opened, matched, completed).when(off, known_order).rejected("order.already_done")


def test_is_put_off_until_somebody_takes_it():
    later = order.ChangeWindow(
        window_from=day("2024-10-08"), window_to=day("2024-10-14"), reason_code="asked", at=at("2024-10-03")
    )
    put_off = an_order.given(opened, nobody).when(later, known_order)
    assert (put_off.state.stage, put_off.state.window_to) == ("opened", day("2024-10-14"))
    put_off.when(later, known_order).then()
    an_order.given(opened, matched).when(later, known_order).rejected("order.taken_already")


def test_of_a_neighbour_is_recorded_by_the_village_and_verified_by_the_township():
    recorded = an_order.given(aid).when(record, known_order)
    assert (recorded.state.stage, recorded.state.visits[0].accepts_at) == ("completed", None)
    recorded.when(record, known_order).then()
    by_township = replace(verify, by="township-2", role="township")
    assert recorded.when(by_township, known_order).state.stage == "accepted"
    recorded.when(replace(verify, by="village-1"), known_order).rejected("order.verifier_reported_it")


def test_of_a_provider_is_not_recorded_by_the_village():
    an_order.given(opened, matched).when(record, known_order).rejected("order.not_recorded_here")


def test_is_not_recorded_before_it_was_done():
    tomorrow = replace(record, day=day("2024-10-04"))
    an_order.given(aid).when(tomorrow, known_order).rejected("order.recorded_in_the_future")
