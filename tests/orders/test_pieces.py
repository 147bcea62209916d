"""A love order in pieces: ten bags of rice, claimed 3 + 7; each paid for what it brought, at its own low price too."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.kernel import Rejected
from chassis.testing import Specification
from services.orders.domain import order
from services.orders.domain.policy import LovingRules
from services.orders.outgoing import outgoing
from tests.orders.examples import (
    CLAIMANT,
    NINGJIN,
    ORDER,
    OTHER_PROVIDER,
    OTHER_VISIT,
    VISIT,
    at,
    complete,
    known_order,
    love_formed,
    verify,
)

an_order = Specification(order.decider)
OTHER_CHARITY = UUID("00000000-0000-4000-8000-00000000f202")
THIRD = UUID("00000000-0000-4000-8000-00000000f103")
lapse = order.FallBack(at=at("2024-10-16"))
refer = order.ReferElsewhere(
    charity_id=OTHER_CHARITY, expires_at=at("2024-10-30"), role="bureau", at=at("2024-10-17")
)  # fmt: skip


def under(**rules: Any) -> order.Known:
    """Ningjin with these rules of loving."""
    return replace(known_order, policies=(replace(NINGJIN, loving=LovingRules(**rules)),))


bags = replace(love_formed, places=10, form="goods", price_fen=300, rule="love_order")
three = order.Matched(provider=CLAIMANT, road="charity", at=at("2024-10-02"), pieces=3)
seven = order.Match(provider=OTHER_PROVIDER, road="charity", at=at("2024-10-02"), pieces=7)


def bring(who: UUID, visit: UUID, pieces: int) -> order.Complete:
    """A claimant tells that the pieces were brought."""
    return replace(complete, provider=who, visit_id=visit, item=None, units=None, pieces=pieces)


def accept(visit: UUID) -> order.Verify:
    """The bureau has looked."""
    return replace(verify, visit_id=visit)


def test_three_and_seven_of_ten_make_it_whole():
    both = an_order.given(bags, three).when(seven, known_order)
    assert (both.state.left, both.events[0].pieces) == (0, 7)
    one = both.when(bring(CLAIMANT, VISIT, 3), known_order).when(accept(VISIT), known_order)
    assert (one.state.stage, one.state.accepted_pieces, one.state.visits[0].units) == ("matched", 3, 3)
    whole = one.when(bring(OTHER_PROVIDER, OTHER_VISIT, 7), known_order).when(accept(OTHER_VISIT), known_order)
    assert whole.state.stage == "accepted"


def fact_of(done: order.Complete) -> Any:
    """The settlement fact told when what three pieces' claimant brought is accepted."""
    told = an_order.given(bags, three).when(done, known_order).when(accept(VISIT), known_order)
    recorded = type("R", (), {"originator_id": ORDER, "event": told.events[0]})
    [public] = outgoing(recorded, told.state)  # type: ignore[arg-type]
    return public.data.fact


def test_each_is_paid_for_the_pieces_it_brought():
    fact = fact_of(bring(CLAIMANT, VISIT, 3))
    assert (fact.amount_fen, fact.rule) == (900, "love_order")


def test_a_company_is_paid_what_its_low_price_offer_asks_by_the_rule_for_such_offers():
    asked = order.LowPrice(price_fen=250, rule="low_price_offer")
    fact = fact_of(replace(bring(CLAIMANT, VISIT, 3), low_price=asked))
    assert (fact.amount_fen, fact.rule) == (750, "low_price_offer")


def test_an_offer_that_names_no_rule_is_paid_by_the_one_agreed():
    fact = fact_of(replace(bring(CLAIMANT, VISIT, 3), low_price=order.LowPrice(price_fen=250)))
    assert (fact.amount_fen, fact.rule) == (750, "love_order")


def test_never_more_is_paid_than_was_agreed():
    dear = order.LowPrice(price_fen=301, rule="low_price_offer")
    fact = fact_of(replace(bring(CLAIMANT, VISIT, 3), low_price=dear))
    assert (fact.amount_fen, fact.rule) == (900, "love_order")


def test_mended_it_is_paid_at_the_price_it_was_done_for_first():
    asked = order.LowPrice(price_fen=250, rule="low_price_offer")
    done = replace(bring(CLAIMANT, VISIT, 3), low_price=asked)
    returned = replace(accept(VISIT), result="returned", note_code="torn_bag")
    once = an_order.given(bags, three).when(done, known_order).when(returned, known_order)
    again = once.when(replace(done, low_price=None), known_order)
    assert (again.state.visits[0].price_fen, again.state.visits[0].rule) == (250, "low_price_offer")


def test_what_was_bought_meanwhile_is_paid_by_tariff_whatever_was_asked():
    bought = an_order.given(bags).when(lapse, under(unclaimed="purchase"))
    asked = order.LowPrice(price_fen=250, rule="low_price_offer")
    told = bought.when(replace(bring(CLAIMANT, VISIT, 3), low_price=asked), known_order)
    assert told.events[0].low_price is None


def test_no_more_pieces_are_taken_than_there_are():
    an_order.given(bags, three).when(replace(seven, pieces=8), known_order).then()


def test_seven_that_nobody_brought_are_free_for_another():
    both = an_order.given(bags, three, order.Matched(**vars(seven)))
    released = both.when(order.Release(provider=OTHER_PROVIDER, at=at("2024-10-08")), known_order)
    assert released.state.left == 7
    assert released.when(replace(seven, provider=THIRD), known_order).state.left == 0


def test_only_what_is_left_is_bought():
    partly = an_order.given(bags, three).when(bring(CLAIMANT, VISIT, 3), known_order).when(accept(VISIT), known_order)
    asked = partly.when(lapse, under(unclaimed="purchase_if_borne"))
    assert asked.events[0].units == 7
    yes = order.NoteBorne(borne=True, fund="county_budget", reason_code="", at=at("2024-10-16", "11:00"))
    bought = asked.when(yes, known_order)
    assert (bought.state.units, bought.state.stage) == (7, "opened")
    found = bought.when(order.Match(provider=THIRD, road="providers", at=at("2024-10-17")), known_order)
    assert found.state.stage == "matched"


def test_a_gift_that_waits_for_its_verification_stays_a_gift_when_the_rest_is_bought():
    waiting = an_order.given(bags, three).when(bring(CLAIMANT, VISIT, 3), known_order)
    bought = waiting.when(lapse, under(unclaimed="purchase"))
    assert (bought.state.kind, bought.state.units) == ("purchase", 7)
    judged = bought.when(accept(VISIT), known_order)
    assert judged.state.visits[0].price_fen * judged.state.visits[0].pieces == 900
    returned = bought.when(replace(accept(VISIT), result="returned", note_code="torn_bag"), known_order)
    again = returned.when(bring(CLAIMANT, VISIT, 3), known_order)
    assert again.events[0].accepts_at is None
    assert again.state.visits[0].love


def test_who_was_confirmed_is_forgotten_with_the_claim():
    note = order.NoteConfirmed(claimant=CLAIMANT, until=at("2024-10-12"), at=at("2024-10-03"))
    sure = an_order.given(bags, three).when(note, known_order)
    assert sure.state.confirmed == ((CLAIMANT, at("2024-10-12")),)
    assert sure.when(order.Release(provider=CLAIMANT, at=at("2024-10-04")), known_order).state.confirmed == ()
    an_order.given(bags).when(note, known_order).then()


CLAIMANTS = tuple(UUID(int=0xF500 + number) for number in range(4))
steps = st.lists(
    st.tuples(st.sampled_from(["claim", "release", "bring", "accept", "reject", "lapse", "refer", "wait"]),
              st.integers(0, 3), st.integers(1, 10)),
    max_size=14,
)  # fmt: skip


def _command(word: str, who: int, pieces: int, refers: int) -> order.Command:
    claimant, visit = CLAIMANTS[who], UUID(int=0xE500 + who)
    instant = at("2024-10-17")
    match word:
        case "claim":
            return order.Match(provider=claimant, road="charity", at=instant, pieces=pieces)
        case "release":
            return order.Release(provider=claimant, at=instant)
        case "bring":
            return bring(claimant, visit, pieces)
        case "accept":
            return accept(visit)
        case "reject":
            return replace(accept(visit), result="rejected", note_code="bad")
        case "lapse":
            return lapse
        case "refer":
            return replace(refer, charity_id=UUID(int=refers))
    return order.AcceptUnsampled(at=at("2025-10-17"))


@given(steps)
@settings(max_examples=120, deadline=None)
def test_pieces_are_never_promised_twice_and_nothing_is_accepted_by_itself(played):
    known = under(unclaimed="bureau")
    state = order.decider.fold([bags])
    judged = 0
    for number, (word, who, pieces) in enumerate(played, 1):
        try:
            events = order.decide(_command(word, who, pieces, number), state, known)
        except Rejected:
            continue
        state = order.decider.fold(events, state)
        judged += word == "accept" and bool(events)
        expected = {one.provider for one in state.visits}
        held = sum(pieces for server, pieces in state.taken if server not in expected)
        assert 0 <= state.left <= 10
        assert held + state.left <= 10
        assert sum(one.verdict == "accepted" for one in state.visits) <= judged


def test_a_love_order_in_pieces_waits_for_a_person_for_ever():
    told = an_order.given(bags, three).when(bring(CLAIMANT, VISIT, 3), known_order)
    told.when(order.AcceptUnsampled(at=at("2029-01-01")), known_order).then()
