"""The books of pots and orders under any sequence: nothing below zero, no order promised twice, every fen found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.kernel import Rejected
from chassis.service import Due, Recorded
from services.charity.domain import pledge, pot, support
from services.charity.domain.ledger import MONEY
from services.charity.reactions.giving import of_giving
from tests.charity.examples import CHARITY, NOW

FUND, ORDER = UUID(int=0xF1), UUID(int=0xA1)
PRICE, PLACES = 100, 3
POT = pot.Known(item="meal_help", township="130528100", village="130528100201", offered=True, fund=True)
CLAIMS = [UUID(int=0xC00 + number) for number in range(PLACES)]


@dataclass
class County:
    """The deciders of giving over streams in memory, with what follows from each event."""

    states: dict[UUID, Any] = field(default_factory=dict)
    open: bool = True

    def ask(self, decider: Any, stream: UUID, command: Any) -> bool:
        """All or nothing, as the dispatch does it; whether it was accepted."""
        states = dict(self.states)
        steps = [(decider, stream, command)]
        try:
            while steps:
                decider, stream, command = steps.pop(0)
                state = states.get(stream, decider.initial)
                events = decider.decide(command, state, self.known(command, states))
                for event in events:
                    state = decider.evolve(state, event)
                states[stream] = state
                steps += self.follow(stream, events, state)
        except Rejected:
            return False
        self.states = states
        return True

    def follow(self, stream: UUID, events: Iterable[Any], state: Any) -> list[tuple[Any, UUID, Any]]:
        steps = (
            step
            for event in events
            for step in of_giving(Recorded(originator_id=stream, originator_version=1, event=event), state)
        )
        return [(step.decider, step.stream, step.command) for step in steps if not isinstance(step, Due)]

    def known(self, command: Any, states: dict[UUID, Any]) -> Any:
        book = states.get(support.stream_of(ORDER), support.Support())
        if isinstance(command, support.Promise):
            counted = sum(book.counted.values())
            wanted = support.Wanted(item="meal_help", price_fen=PRICE, places=PLACES - counted)
            return support.Known(charity=CHARITY, open=self.open, wanted=wanted)
        if isinstance(command, pledge.Make):
            return pledge.Known(anonymity=True, days=30, receives=True)
        return POT

    @property
    def book(self) -> support.Support:
        found = self.states.get(support.stream_of(ORDER), support.Support())
        assert isinstance(found, support.Support)
        return found

    @property
    def pots(self) -> list[pot.Pot]:
        return [one for one in self.states.values() if isinstance(one, pot.Pot) and one.terms]


def a_county() -> County:
    county = County()
    terms = pot.Terms(kind="village_fund", charity=CHARITY)
    assert county.ask(pot.decider, FUND, pot.Open(terms=terms, at=NOW))
    return county


def receive(county: County, number: int, amount: int, where: UUID = FUND) -> bool:
    command = pot.Receive(
        donation_id=UUID(int=number), charity=CHARITY, what=MONEY, amount=amount, day=NOW.date(), at=NOW
    )
    return county.ask(pot.decider, where, command)


def allot(county: County, number: int, amount: int) -> bool:
    command = pot.Allot(allotment_id=UUID(int=number), order_id=ORDER, what=MONEY, amount=amount, at=NOW)
    return county.ask(pot.decider, FUND, command)


def promise(county: County, number: int, amount: int) -> bool:
    stream = UUID(int=number)
    terms = pledge.Terms(
        charity=CHARITY, pot=pot.bound_to(stream), order_id=ORDER, donor=None, name=None, masked="",
        shown="anonymous", what=MONEY, amount=amount, leftover_to=FUND,
    )  # fmt: skip
    return county.ask(pledge.decider, stream, pledge.Make(terms=terms, at=NOW))


def keep(county: County, number: int, gift: int, amount: int) -> bool:
    command = pledge.Pay(donation_id=UUID(int=gift), charity=CHARITY, what=MONEY, amount=amount, at=NOW)
    return county.ask(pledge.decider, UUID(int=number), command)


def of_order(county: County, command: support.Command) -> bool:
    return county.ask(support.decider, support.stream_of(ORDER), command)


def end(county: County) -> None:
    county.open = False
    of_order(county, support.End(at=NOW))


def sums(county: County) -> tuple[int, int, int]:
    """What came in, what is left or set aside, what was spent."""
    lines = [one.line(MONEY) for one in county.pots]
    return (
        sum(line.received for line in lines),
        sum(line.left + line.bound for line in lines),
        sum(line.spent for line in lines),
    )


AMOUNT = st.integers(1, 250)
PLEDGES = st.integers(0x901, 0x903)
ACTIONS = st.one_of(
    st.tuples(st.just("receive"), AMOUNT),
    st.tuples(st.just("allot"), AMOUNT),
    st.tuples(st.just("promise"), PLEDGES, AMOUNT),
    st.tuples(st.just("keep"), PLEDGES, AMOUNT),
    st.tuples(st.sampled_from(["withdraw", "lapse"]), PLEDGES),
    st.tuples(st.sampled_from(["await", "count", "uncount", "drop", "send_back"]), st.sampled_from(CLAIMS)),
    st.tuples(st.sampled_from(["end", "take_back"])),
)


def play(county: County, number: int, action: tuple[Any, ...]) -> None:
    match action:
        case "receive", amount:
            receive(county, number, amount)
        case "allot", amount:
            allot(county, number, amount)
        case "promise", which, amount:
            promise(county, which, amount)
        case "keep", which, amount:
            keep(county, which, number, amount)
        case "withdraw", which:
            county.ask(pledge.decider, UUID(int=which), pledge.Withdraw(at=NOW))
        case "lapse", which:
            county.ask(pledge.decider, UUID(int=which), pledge.Lapse(at=NOW + timedelta(days=31)))
        case "await", claim:
            of_order(county, support.Await(claim_id=claim, pieces=1, at=NOW))
        case "count", claim:
            of_order(county, support.Count(claim_id=claim, pieces=1, at=NOW))
        case "uncount", claim:
            of_order(county, support.Uncount(claim_id=claim, at=NOW))
        case "drop", claim:
            of_order(county, support.Drop(claim_id=claim, open=False, at=NOW))
        case "send_back", claim:
            of_order(county, support.Drop(claim_id=claim, open=True, at=NOW))
        case ("end",):
            end(county)
        case ("take_back",):
            county.ask(pot.decider, FUND, pot.TakeBack(donation_id=UUID(int=number - 1), at=NOW))


@settings(max_examples=150, deadline=None)
@given(st.lists(ACTIONS, max_size=25))
def test_any_sequence_keeps_every_book_above_zero_and_no_order_promised_twice(actions: list[tuple[Any, ...]]) -> None:
    county = a_county()
    for number, action in enumerate(actions, 1):
        play(county, number, action)
        for one in county.pots:
            line = one.line(MONEY)
            assert line.left >= 0
            assert line.bound == one.share(ORDER, MONEY).bound >= 0
        book = county.book
        assert book.promised(MONEY) <= PRICE * PLACES
        for (source, what), share in book.given.items():
            assert 0 <= share.used <= share.funded <= share.amount
            assert county.states[source].share(ORDER, what).bound == share.funded - share.used
        came_in, there, spent = sums(county)
        assert came_in == there + spent
        assert spent == sum(one.used for one in book.given.values()) <= PRICE * len(book.counted)


def test_an_allotment_is_never_more_than_what_is_left() -> None:
    county = a_county()
    receive(county, 1, 150)
    assert allot(county, 2, 100)
    assert not allot(county, 3, 51)
    assert allot(county, 4, 50)


def test_all_pots_together_never_promise_an_order_more_than_its_price() -> None:
    county = a_county()
    receive(county, 1, 1000)
    assert allot(county, 2, 200)
    assert promise(county, 0x901, 100)
    assert not promise(county, 0x902, 1)
    assert not allot(county, 3, 1)


def test_a_verified_claim_uses_the_first_promise_first() -> None:
    county = a_county()
    receive(county, 1, 60)
    allot(county, 2, 60)
    promise(county, 0x901, 100)
    keep(county, 0x901, 3, 100)
    of_order(county, support.Count(claim_id=CLAIMS[0], pieces=1, at=NOW))
    assert [(one.source, one.amount) for one in county.book.used] == [(FUND, 60), (pot.bound_to(UUID(int=0x901)), 40)]


def test_a_pledge_that_is_kept_late_still_pays_for_what_was_verified() -> None:
    county = a_county()
    promise(county, 0x901, 100)
    of_order(county, support.Await(claim_id=CLAIMS[0], pieces=1, at=NOW))
    end(county)
    of_order(county, support.Count(claim_id=CLAIMS[0], pieces=1, at=NOW))
    assert keep(county, 0x901, 2, 100)
    assert sums(county) == (100, 0, 100)


def test_what_the_order_did_not_need_is_in_the_fund_again() -> None:
    county = a_county()
    receive(county, 1, 200)
    allot(county, 2, 200)
    promise(county, 0x901, 100)
    keep(county, 0x901, 3, 100)
    of_order(county, support.Await(claim_id=CLAIMS[0], pieces=1, at=NOW))
    end(county)
    fund = county.states[FUND].line(MONEY)
    assert (fund.left, fund.moved_in, fund.bound) == (200, 100, 100)
    of_order(county, support.Drop(claim_id=CLAIMS[0], open=False, at=NOW))
    assert county.states[FUND].line(MONEY).left == 300


def test_undoing_a_verification_gives_back_what_was_used() -> None:
    county = a_county()
    receive(county, 1, 100)
    allot(county, 2, 100)
    of_order(county, support.Count(claim_id=CLAIMS[0], pieces=1, at=NOW))
    assert sums(county) == (100, 0, 100)
    of_order(county, support.Uncount(claim_id=CLAIMS[0], at=NOW))
    assert sums(county) == (100, 100, 0)


def test_goods_are_kept_by_the_piece() -> None:
    county = a_county()
    rice = pot.Receive(donation_id=UUID(int=1), charity=CHARITY, what="meal_help", amount=5, day=None, at=NOW)
    assert county.ask(pot.decider, FUND, rice)
    give = pot.Allot(allotment_id=UUID(int=2), order_id=ORDER, what="meal_help", amount=4, at=NOW)
    assert not county.ask(pot.decider, FUND, give)
    three = pot.Allot(allotment_id=UUID(int=2), order_id=ORDER, what="meal_help", amount=PLACES, at=NOW)
    assert county.ask(pot.decider, FUND, three)
    of_order(county, support.Count(claim_id=CLAIMS[0], pieces=2, at=NOW))
    line = county.states[FUND].line("meal_help")
    assert (line.left, line.bound, line.spent) == (2, 1, 2)


def test_a_donation_that_orders_rest_on_is_not_taken_back() -> None:
    county = a_county()
    receive(county, 1, 100)
    allot(county, 2, 60)
    assert not county.ask(pot.decider, FUND, pot.TakeBack(donation_id=UUID(int=1), at=NOW))


def test_a_village_s_fund_pays_for_its_village_only() -> None:
    there = pot.Pot(terms=pot.Terms(kind="village_fund", charity=CHARITY, village="130528100202"))
    command = pot.Allot(allotment_id=UUID(int=1), order_id=ORDER, what=MONEY, amount=1, at=NOW)
    with pytest.raises(Rejected) as refusal:
        pot.decide(command, there, POT)
    assert refusal.value.code == "pot.not_covered"
